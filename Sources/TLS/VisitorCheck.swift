internal import COpenSSL

extension Visitors {
    /// More is no honest chain: four certificates have less.
    private static var largestChain: Int { 16 * 1024 }

    /// Sets up whom the context's sessions ask for a certificate, and what becomes of it.
    /// - Returns: who decides; nil if nobody is asked.
    func install(in context: OpaquePointer) throws(TLSError) -> Verifier? {
        // Without one of these, resuming a session with a certificate fails. We resume none, but that is not for here.
        _ = "conclave".withCString { SSL_CTX_set_session_id_context(context, $0, 8) }
        let verifier: Verifier
        switch self {
        case .notAsked:
            return nil
        case .anyKey:
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
            verifier = Verifier(.possession)
        case .authorities(let file, let revoked):
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
            let store = SSL_CTX_get_cert_store(context)
            try PEMFile(file).addAuthorities(to: store, namedIn: context)
            var flags = X509_V_FLAG_X509_STRICT
            if let revoked {
                try PEMFile(revoked).addRevocations(to: store)
                flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL
            }
            X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), UInt(flags))
            verifier = Verifier(.chain)
        }
        _ = COpenSSL_SSL_CTX_set_max_cert_list(context, Self.largestChain)
        verifier.install(in: context)
        return verifier
    }
}

extension TLSTrust {
    /// Sets up whom the context's sessions believe. Returns who decides.
    func install(in context: OpaquePointer) throws(TLSError) -> Verifier {
        var rule = Verifier.Rule.chain
        var mode = SSL_VERIFY_PEER
        switch self {
        case .system:
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw .setup(what: "SSL_CTX_set_default_verify_paths", OpenSSLError.drain())
            }
        case .authorities(let file):
            try PEMFile(file).addAuthorities(to: SSL_CTX_get_cert_store(context))
        case .pins(let pins):
            guard !pins.isEmpty, pins.allSatisfy({ $0.count == SHA256_DIGEST_LENGTH }) else {
                throw .setting("a pin has \(SHA256_DIGEST_LENGTH) bytes, and there has to be one")
            }
            rule = .pins(pins)
        case .dangerouslyAcceptAny:
            rule = .anything
            mode = SSL_VERIFY_NONE
        }
        SSL_CTX_set_verify(context, mode, nil)
        X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), UInt(X509_V_FLAG_X509_STRICT))
        let verifier = Verifier(rule)
        verifier.install(in: context)
        return verifier
    }
}
