internal import COpenSSL

/// A server's identities by the name that the client asks for.
///
/// A class because OpenSSL keeps a pointer to it.
final class HostIdentities {
    private var hosts: [String: [LoadedIdentity]] = [:]

    /// - Throws: ``TLSError/setting(_:)`` for what is no name of a host, or stands there twice.
    init(_ named: [NamedIdentities]) throws(TLSError) {
        for entry in named {
            let isWildcard = entry.host.hasPrefix("*.")
            guard case .dns(let name)? = TLSPeerName(String(entry.host.dropFirst(isWildcard ? 2 : 0))) else {
                throw .setting(
                    "\"\(entry.host)\" is not the name of a host; only names can be asked for, not addresses"
                )
            }
            guard !entry.identities.isEmpty else { throw .setting("there is no certificate for \(entry.host)") }
            let loaded = try LoadedIdentity.load(entry.identities)
            for identity in loaded { try identity.check() }
            guard hosts.updateValue(loaded, forKey: (isWildcard ? "*." : "") + name.lowercased()) == nil else {
                throw .setting("\(entry.host) is named twice; name it once, with all its certificates")
            }
        }
    }

    var isEmpty: Bool { hosts.isEmpty }

    func certificates(of host: String) -> [TLSCertificate] { find(host).map { $0.map(\.certificate) } ?? [] }

    /// Corresponds to `SSL_CTX_set_cert_cb(3)`, and to `SSL_CTX_set_tlsext_servername_callback(3)`, which lets the
    /// client know that we went by the name.
    func install(in context: OpaquePointer) {
        let unretained = Unmanaged.passUnretained(self).toOpaque()
        SSL_CTX_set_cert_cb(
            context,
            { ssl, argument in
                guard let ssl, let argument else { return 0 }
                let hosts = Unmanaged<HostIdentities>.fromOpaque(argument).takeUnretainedValue()
                guard let identities = hosts.asked(of: ssl) else { return 1 }
                // Also those of other types of key, or an old client would be shown another host's.
                SSL_certs_clear(ssl)
                return identities.allSatisfy { $0.install(on: ssl) } ? 1 : 0
            },
            unretained
        )
        COpenSSL_SSL_CTX_set_tlsext_servername_callback(
            context,
            { ssl, _, argument in
                guard let ssl, let argument else { return SSL_TLSEXT_ERR_NOACK }
                let hosts = Unmanaged<HostIdentities>.fromOpaque(argument).takeUnretainedValue()
                return hosts.asked(of: ssl) == nil ? SSL_TLSEXT_ERR_NOACK : SSL_TLSEXT_ERR_OK
            },
            unretained
        )
    }

    private func asked(of ssl: OpaquePointer) -> [LoadedIdentity]? {
        SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).flatMap { find(String(cString: $0)) }
    }

    private func find(_ name: String) -> [LoadedIdentity]? {
        let name = (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
        if let exact = hosts[name] { return exact }
        // A wildcard stands for one label, never for two.
        return name.firstIndex(of: ".").flatMap { hosts["*" + name[$0...]] }
    }
}
