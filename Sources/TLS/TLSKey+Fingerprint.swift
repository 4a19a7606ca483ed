internal import COpenSSL

extension TLSKey {
    /// SHA-256 of a public key that came from elsewhere, as DER of a SubjectPublicKeyInfo: its ``fingerprint``.
    public static func fingerprint(of publicKey: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, filled in
            SHA256(publicKey, publicKey.count, digest.baseAddress)
            filled = Int(SHA256_DIGEST_LENGTH)
        }
    }
}
