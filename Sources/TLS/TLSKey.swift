internal import COpenSSL

/// A private key: one that we made, or one from a file.
///
/// Corresponds to `EVP_PKEY`.
public final class TLSKey: @unchecked Sendable {  // nothing changes after init; libcrypto counts references atomically
    public enum Kind: Sendable {
        /// The curve that every TLS library has.
        case p256
        case ed25519
    }

    let handle: Handle<KeyHandle>

    /// The public half, as DER of a SubjectPublicKeyInfo (RFC 5280, section 4.1).
    public let publicKey: [UInt8]

    /// SHA-256 of the public half: what a pin is, and what ``TLSCertificate/publicKeyFingerprint`` says of the
    /// certificates that are made for it.
    public let fingerprint: [UInt8]

    /// A new key.
    public static func generate(_ kind: Kind = .p256) throws(TLSError) -> TLSKey {
        guard OpenSSL.started else { throw .setup(what: "OPENSSL_init_ssl", OpenSSLError.drain()) }
        ERR_clear_error()
        let made =
            switch kind {
            case .p256: COpenSSL_EVP_EC_gen("P-256")
            case .ed25519: COpenSSL_EVP_ED25519_gen()
            }
        return try TLSKey(Handle<KeyHandle>(owning: made), "EVP_PKEY_Q_keygen")
    }

    /// The first key in a PEM file.
    /// - Parameter passphraseFile: whose first line opens it, if it is encrypted.
    /// - Throws: ``TLSError/file(path:_:)``.
    public convenience init(file: String, passphraseFile: String? = nil) throws(TLSError) {
        guard OpenSSL.started else { throw .setup(what: "OPENSSL_init_ssl", OpenSSLError.drain()) }
        let key: Handle<KeyHandle>? = try PEMFile(file).privateKey(passphraseFile: passphraseFile)
        try self.init(key, "PEM_read_bio_PrivateKey")
    }

    private init(_ handle: consuming Handle<KeyHandle>?, _ what: String) throws(TLSError) {
        guard let handle else { throw .setup(what: what, OpenSSLError.drain()) }
        publicKey = DER.encode { i2d_PUBKEY(handle.pointer, $0) }
        fingerprint = DER.sha256 { i2d_PUBKEY(handle.pointer, $0) }
        self.handle = handle
    }

    /// The key in PKCS #8 form (RFC 5958), as PEM. Not encrypted: for a file of mode 0600, and for nothing else.
    public var pem: String {
        get throws(TLSError) {
            ERR_clear_error()
            return try PEMText.write("PEM_write_bio_PKCS8PrivateKey") { memory in
                PEM_write_bio_PKCS8PrivateKey(memory, handle.pointer, nil, nil, 0, nil, nil)
            }
        }
    }

    // MARK: Signatures

    /// Signs with SHA-256, or as Ed25519 does it (RFC 8032). `openssl pkeyutl -verify -rawin` and `openssl dgst` know
    /// how to check it.
    public func sign(_ bytes: [UInt8]) throws(TLSError) -> [UInt8] {
        ERR_clear_error()
        guard let digest = Handle<DigestHandle>(owning: EVP_MD_CTX_new()),
            EVP_DigestSignInit(digest.pointer, nil, Self.hash(for: handle.pointer), nil, handle.pointer) == 1
        else { throw .setup(what: "EVP_DigestSignInit", OpenSSLError.drain()) }
        // More than the signature of the longest key that anybody uses; that of ECDSA varies in length.
        var count = Int(EVP_PKEY_get_size(handle.pointer))
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(digest.pointer, &signature, &count, bytes, bytes.count) == 1 else {
            throw .setup(what: "EVP_DigestSign", OpenSSLError.drain())
        }
        return Array(signature.prefix(count))
    }

    /// Whether the owner of a public key has signed these bytes. Never for what is no key, or a key that proves nothing
    /// (as ``Visitors/anyKey`` has it), whoever may have sent it.
    /// - Parameter publicKey: DER of a SubjectPublicKeyInfo, and nothing behind it.
    public static func verify(_ signature: [UInt8], of bytes: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard OpenSSL.started, publicKey.count <= 1_024, signature.count <= 1_024 else { return false }
        defer { ERR_clear_error() }
        var read = 0
        let found = publicKey.withUnsafeBufferPointer { der in
            var next = der.baseAddress
            let key = d2i_PUBKEY(nil, &next, der.count)
            if key != nil, let next, let start = der.baseAddress { read = next - start }
            return key
        }
        guard let key = Handle<KeyHandle>(owning: found), read == publicKey.count,
            KeyRules.fault(in: key.pointer) == X509_V_OK,
            let digest = Handle<DigestHandle>(owning: EVP_MD_CTX_new()),
            EVP_DigestVerifyInit(digest.pointer, nil, hash(for: key.pointer), nil, key.pointer) == 1
        else { return false }
        return EVP_DigestVerify(digest.pointer, signature, signature.count, bytes, bytes.count) == 1
    }

    /// Ed25519 and Ed448 bring their own.
    static func hash(for key: OpaquePointer) -> OpaquePointer? {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_ED25519, EVP_PKEY_ED448: nil
        default: EVP_sha256()
        }
    }
}
