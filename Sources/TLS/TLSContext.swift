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
    /// Those that it shows who asks for a host by its name, in the order of the configuration.
    public let namedCertificates: [(host: String, certificates: [TLSCertificate])]

    /// Those that a server shows who asks for `host`, which may also be an address: that nobody can ask for.
    public func certificates(for host: String) -> [TLSCertificate] {
        guard case .dns(let name)? = TLSPeerName(host), let named = hosts?.certificates(of: name), !named.isEmpty else {
            return certificates
        }
        return named
    }

    private let handle: Handle<ContextHandle>
    /// These live as long as the context because OpenSSL keeps pointers to them.
    private let protocols: ALPNList
    private let verifier: Verifier?
    private let hosts: HostIdentities?
    private let identity: ClientIdentity?
    private let keyLog: KeyLog?

    /// - Throws: ``TLSError/file(path:_:)`` for a certificate, key or authority that cannot be used,
    ///   ``TLSError/setting(_:)`` for what is set wrongly, and
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
        try Self.applyPolicy(configuration, to: context)
        switch configuration.role {
        case .server(let identities, let visitors):
            let loaded = try LoadedIdentity.load(identities)
            for identity in loaded { try identity.install(in: context) }
            certificates = loaded.map(\.certificate)
            let hosts = try HostIdentities(configuration.namedIdentities)
            namedCertificates = configuration.namedIdentities.map { ($0.host, hosts.certificates(of: $0.host)) }
            if !hosts.isEmpty { hosts.install(in: context) }
            self.hosts = hosts
            verifier = try visitors.install(in: context)
            identity = nil
            protocols.install(inServer: context)
        case .client(let trust, let ours):
            certificates = []
            namedCertificates = []
            hosts = nil
            verifier = try trust.install(in: context)
            if let ours {
                let offered = try ClientIdentity(ours, offersBefore13: configuration.offersIdentityBefore13)
                offered.install(in: context)
                identity = offered
            } else {
                identity = nil
            }
            try protocols.install(inClient: context)
        }
        if let file = configuration.keyLogFile {
            let log = try KeyLog(file)
            try log.install(in: context)
            keyLog = log
        } else {
            keyLog = nil
        }
        self.handle = handle
    }

    /// Everything that does not depend on who we are.
    private static func applyPolicy(
        _ configuration: TLSConfiguration,
        to context: OpaquePointer
    ) throws(TLSError) {
        let versions = configuration.versions
        let ciphers12 = try configuration.ciphers12.map { list throws(TLSError) in
            try AlgorithmNames.ciphers(list, for: .v1_2)
        }
        let ciphers13 = try configuration.ciphers13.map { list throws(TLSError) in
            try AlgorithmNames.ciphers(list, for: .v1_3)
        }
        let groups = try configuration.groups.map(AlgorithmNames.groups) ?? TLSPolicy.groups
        func check(_ done: Bool, _ what: String) throws(TLSError) {
            guard done else { throw .setup(what: what, OpenSSLError.drain()) }
        }
        SSL_CTX_set_security_level(context, TLSPolicy.securityLevel)
        try check(
            COpenSSL_SSL_CTX_set_min_proto_version(context, versions.lowerBound.rawValue) == 1
                && COpenSSL_SSL_CTX_set_max_proto_version(context, versions.upperBound.rawValue) == 1,
            "SSL_CTX_set_min_proto_version"
        )
        try check(SSL_CTX_set_cipher_list(context, ciphers12 ?? TLSPolicy.ciphers12) == 1, "SSL_CTX_set_cipher_list")
        try check(SSL_CTX_set_ciphersuites(context, ciphers13 ?? TLSPolicy.ciphers13) == 1, "SSL_CTX_set_ciphersuites")
        try check(COpenSSL_SSL_CTX_set1_groups_list(context, groups) == 1, "SSL_CTX_set1_groups_list")
        let signatures = TLSPolicy.signatures
        try check(COpenSSL_SSL_CTX_set1_sigalgs_list(context, signatures) == 1, "SSL_CTX_set1_sigalgs_list")

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
