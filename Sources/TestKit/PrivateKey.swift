internal import COpenSSL

/// The kinds of key that a certificate can be made for.
public enum KeyKind: Sendable {
    case p256
    case rsa(bits: Int)
}

/// A key pair that exists only for tests.
///
/// Corresponds to `EVP_PKEY`.
final class PrivateKey: @unchecked Sendable {  // nothing changes after init; libcrypto counts references atomically
    let pointer: OpaquePointer

    init(_ kind: KeyKind) throws {
        LibCrypto.start()
        let made =
            switch kind {
            case .p256: COpenSSL_EVP_EC_gen("P-256")
            case .rsa(let bits): COpenSSL_EVP_RSA_gen(bits)
            }
        pointer = try LibCrypto.unwrap(made, "making a key")
    }

    deinit { EVP_PKEY_free(pointer) }

    /// Writes the key in PKCS #8 form, encrypted if there is a passphrase.
    func write(to path: String, passphrase: String? = nil) throws {
        let file = try LibCrypto.unwrap(BIO_new_file(path, "w"), "opening \(path)")
        defer { BIO_free_all(file) }
        let done =
            if let passphrase {
                passphrase.withCString { text in
                    // Only read, in spite of its type; without a length it is a C string.
                    let secret = UnsafeMutableRawPointer(mutating: text)
                    return PEM_write_bio_PrivateKey(file, pointer, EVP_aes_128_cbc(), nil, 0, nil, secret)
                }
            } else {
                PEM_write_bio_PrivateKey(file, pointer, nil, nil, 0, nil, nil)
            }
        try LibCrypto.require(done == 1, "writing \(path)")
    }
}
