internal import COpenSSL

/// The kinds of key that a certificate can be made for.
public enum KeyKind: Sendable {
    case p256
    case rsa(bits: Int)
    case ed25519
    /// A curve that is in no browser.
    case secp256k1
    /// P-256 again, with its numbers in place of its name.
    case explicitP256
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
            case .ed25519: COpenSSL_EVP_ED25519_gen()
            case .secp256k1: COpenSSL_EVP_EC_gen("secp256k1")
            case .explicitP256: COpenSSL_EVP_EC_gen("P-256")
            }
        pointer = try LibCrypto.unwrap(made, "making a key")
        if case .explicitP256 = kind {
            let done = EVP_PKEY_set_utf8_string_param(pointer, OSSL_PKEY_PARAM_EC_ENCODING, "explicit")
            try LibCrypto.require(done == 1, "spelling out a curve")
        }
    }

    deinit { EVP_PKEY_free(pointer) }

    /// What to sign with; Ed25519 brings its own.
    var hash: OpaquePointer? { EVP_PKEY_get_base_id(pointer) == EVP_PKEY_ED25519 ? nil : EVP_sha256() }

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
