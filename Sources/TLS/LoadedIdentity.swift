internal import COpenSSL

/// An identity whose files have been read, and whose key is that of its certificate.
final class LoadedIdentity {
    let identity: TLSIdentity
    let certificate: TLSCertificate

    private let chain: CertificateChain
    private let key: Handle<KeyHandle>

    init(_ identity: TLSIdentity) throws(TLSError) {
        self.identity = identity
        chain = try PEMFile(identity.certificateFile).chain()
        key = try PEMFile(identity.keyFile).privateKey(passphraseFile: identity.passphraseFile)
        guard X509_check_private_key(chain.leaf.pointer, key.pointer) == 1 else {
            ERR_clear_error()
            throw .file(path: identity.keyFile, .keyMismatch(certificate: identity.certificateFile))
        }
        certificate = TLSCertificate(reading: chain.leaf.pointer)
    }

    /// Reads identities of which each has a key of another type; OpenSSL would silently replace one by the other.
    static func load(_ identities: [TLSIdentity]) throws(TLSError) -> [LoadedIdentity] {
        var loaded: [LoadedIdentity] = []
        for identity in identities {
            let next = try LoadedIdentity(identity)
            if let other = loaded.first(where: { $0.keyType == next.keyType }) {
                throw .file(path: identity.keyFile, .sameKeyType(as: other.identity.keyFile))
            }
            loaded.append(next)
        }
        return loaded
    }

    private var keyType: CInt { EVP_PKEY_get_base_id(key.pointer) }

    /// Makes it one that all sessions of the context show. OpenSSL takes its own references to all three parts.
    func install(in context: OpaquePointer) throws(TLSError) {
        guard SSL_CTX_use_cert_and_key(context, chain.leaf.pointer, key.pointer, chain.issuers.pointer, 1) == 1 else {
            throw .file(path: identity.certificateFile, .refused(OpenSSLError.drain()))
        }
    }

    /// Makes it one that this session shows.
    func install(on ssl: OpaquePointer) -> Bool {
        SSL_use_cert_and_key(ssl, chain.leaf.pointer, key.pointer, chain.issuers.pointer, 1) == 1
    }

    /// Finds out whether OpenSSL will take it, with a context of the same strictness that is then thrown away.
    func check() throws(TLSError) {
        let scratch = try Handle<ContextHandle>.scratch()
        SSL_CTX_set_security_level(scratch.pointer, TLSPolicy.securityLevel)
        try install(in: scratch.pointer)
    }
}

extension Handle where Kind == ContextHandle {
    /// A context to try things with.
    static func scratch() throws(TLSError) -> Handle<ContextHandle> {
        guard let context = Handle<ContextHandle>(owning: SSL_CTX_new(TLS_method())) else {
            throw .setup(what: "SSL_CTX_new", OpenSSLError.drain())
        }
        return context
    }
}
