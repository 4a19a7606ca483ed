internal import COpenSSL

/// A configuration made ready: files read, keys checked, every default set. Immutable, so that any number of sessions
/// on any number of threads can share it.
///
/// Making one reads files, so never make one on an event loop. To reload certificates make a new one and use it for new
/// sessions; live sessions keep theirs.
///
/// Corresponds to `SSL_CTX`.
public final class TLSContext: @unchecked Sendable {  // nothing changes after init; libssl locks what sessions share
    public let configuration: TLSConfiguration
    /// A server's own leaf certificates, in the order of its identities.
    public let certificates: [TLSCertificate]

    private let handle: Handle<ContextHandle>
    /// Lives as long as the context because OpenSSL keeps a pointer to it and answers with pointers into it.
    private let protocols: ALPNList

    /// - Throws: ``TLSError/file(path:_:)`` for a certificate, key or authority that cannot be used, and
    ///   ``TLSError/setup(what:_:)`` for anything else that OpenSSL refuses.
    public init(_ configuration: TLSConfiguration) throws(TLSError) {
        guard OpenSSL.started else { throw .setup(what: "OPENSSL_init_ssl", OpenSSLError.drain()) }
        ERR_clear_error()
        let method =
            switch configuration.role {
            case .server: TLS_server_method()
            case .client: TLS_client_method()
            }
        guard let handle = Handle<ContextHandle>(owning: SSL_CTX_new(method)) else {
            throw .setup(what: "SSL_CTX_new", OpenSSLError.drain())
        }
        let context = handle.pointer
        self.configuration = configuration
        protocols = try ALPNList(configuration.applicationProtocols)
        try Self.applyPolicy(to: context, versions: configuration.versions)
        switch configuration.role {
        case .server(let identities):
            var leaves: [TLSCertificate] = []
            var keys: [CInt: String] = [:]
            for identity in identities { leaves.append(try identity.install(in: context, beside: &keys)) }
            certificates = leaves
            protocols.install(inServer: context)
        case .client(let trust):
            certificates = []
            try trust.install(in: context)
            try protocols.install(inClient: context)
        }
        self.handle = handle
    }

    /// Everything that does not depend on who we are.
    private static func applyPolicy(
        to context: OpaquePointer,
        versions: ClosedRange<TLSVersion>
    ) throws(TLSError) {
        func check(_ done: Bool, _ what: String) throws(TLSError) {
            guard done else { throw .setup(what: what, OpenSSLError.drain()) }
        }
        SSL_CTX_set_security_level(context, TLSPolicy.securityLevel)
        try check(
            COpenSSL_SSL_CTX_set_min_proto_version(context, versions.lowerBound.rawValue) == 1
                && COpenSSL_SSL_CTX_set_max_proto_version(context, versions.upperBound.rawValue) == 1,
            "SSL_CTX_set_min_proto_version"
        )
        try check(SSL_CTX_set_cipher_list(context, TLSPolicy.ciphers12) == 1, "SSL_CTX_set_cipher_list")
        try check(SSL_CTX_set_ciphersuites(context, TLSPolicy.ciphers13) == 1, "SSL_CTX_set_ciphersuites")
        try check(COpenSSL_SSL_CTX_set1_groups_list(context, TLSPolicy.groups) == 1, "SSL_CTX_set1_groups_list")

        SSL_CTX_set_options(
            context,
            COpenSSL_SSL_OP_NO_RENEGOTIATION | COpenSSL_SSL_OP_NO_COMPRESSION | COpenSSL_SSL_OP_NO_TICKET
                | COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE | COpenSSL_SSL_OP_PRIORITIZE_CHACHA
        )
        SSL_CTX_clear_options(context, COpenSSL_SSL_OP_IGNORE_UNEXPECTED_EOF)
        // A chat session lasts; resuming one saves little, and tickets would need keys to rotate.
        try check(SSL_CTX_set_num_tickets(context, 0) == 1, "SSL_CTX_set_num_tickets")
        _ = COpenSSL_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        try check(SSL_CTX_set_max_early_data(context, 0) == 1, "SSL_CTX_set_max_early_data")
        // An idle connection then holds no record buffers: 16 KiB instead of 25.
        _ = COpenSSL_SSL_CTX_set_mode(context, Int(SSL_MODE_RELEASE_BUFFERS))
    }

    /// A new `SSL`, which holds its own reference to the context.
    func makeSSL() throws(TLSError) -> Handle<SSLHandle> {
        ERR_clear_error()
        guard let ssl = Handle<SSLHandle>(owning: SSL_new(handle.pointer)) else {
            throw .setup(what: "SSL_new", OpenSSLError.drain())
        }
        return ssl
    }
}

extension TLSTrust {
    fileprivate func install(in context: OpaquePointer) throws(TLSError) {
        switch self {
        case .system:
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw .setup(what: "SSL_CTX_set_default_verify_paths", OpenSSLError.drain())
            }
        case .authorities(let file):
            try PEMFile(file).addAuthorities(to: SSL_CTX_get_cert_store(context))
        case .dangerouslyAcceptAny:
            SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
            return
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), UInt(X509_V_FLAG_X509_STRICT))
    }
}

extension TLSIdentity {
    /// Loads the certificate, its chain and its key into the context, beside those of other key types.
    /// - Parameter keys: which file holds the key of each type so far; OpenSSL would silently replace it.
    fileprivate func install(
        in context: OpaquePointer,
        beside keys: inout [CInt: String]
    ) throws(TLSError) -> TLSCertificate {
        let chain = try PEMFile(certificateFile).chain()
        let key = try PEMFile(keyFile).privateKey()
        guard X509_check_private_key(chain.leaf.pointer, key.pointer) == 1 else {
            ERR_clear_error()
            throw .file(path: keyFile, .keyMismatch(certificate: certificateFile))
        }
        if let other = keys.updateValue(keyFile, forKey: EVP_PKEY_get_base_id(key.pointer)) {
            throw .file(path: keyFile, .sameKeyType(as: other))
        }
        // Takes its own references to all three.
        guard SSL_CTX_use_cert_and_key(context, chain.leaf.pointer, key.pointer, chain.issuers.pointer, 1) == 1 else {
            throw .file(path: certificateFile, .refused(OpenSSLError.drain()))
        }
        return TLSCertificate(reading: chain.leaf.pointer)
    }
}
