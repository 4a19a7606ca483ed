internal import COpenSSL

/// What the `i2d_…` functions of OpenSSL make.
enum DER {
    typealias Encoder = (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> CInt

    /// - Returns: nothing if there is nothing, or no memory.
    static func encode(_ encoder: Encoder) -> [UInt8] { with(encoder) { Array($0) } }

    static func sha256(_ encoder: Encoder) -> [UInt8] {
        with(encoder) { der in
            guard !der.isEmpty else { return [] }
            return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, filled in
                SHA256(der.baseAddress, der.count, digest.baseAddress)
                filled = Int(SHA256_DIGEST_LENGTH)
            }
        }
    }

    private static func with(_ encoder: Encoder, _ body: (UnsafeBufferPointer<UInt8>) -> [UInt8]) -> [UInt8] {
        var der: UnsafeMutablePointer<UInt8>?
        let count = encoder(&der)
        defer { COpenSSL_OPENSSL_free(der) }
        return body(UnsafeBufferPointer(start: der, count: der == nil ? 0 : max(0, Int(count))))
    }
}
