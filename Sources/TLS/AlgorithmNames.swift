internal import COpenSSL

/// The names of suites and groups that somebody wrote down, made sure of. OpenSSL passes over a suite that it does not
/// know, and takes any whatever; a typing error would then be a weaker server than one thinks.
enum AlgorithmNames {
    /// - Returns: the list in OpenSSL's names.
    static func ciphers(_ list: String, for version: TLSVersion) throws(TLSError) -> String {
        let known = try suites()
        var names: [String] = []
        for name in try parts(of: list, called: "a cipher suite") {
            guard let suite = known.first(where: { $0.name == name || $0.standardName == name }) else {
                throw .setting("\"\(name)\" is not a cipher suite of \(OpenSSL.version.prefix { $0 != "(" })")
            }
            guard suite.version == version else {
                throw .setting("\(name) is not a cipher suite of \(version)")
            }
            guard suite.isGood else {
                throw .setting("\(name) has no forward secrecy or no authenticated encryption, so it is not to be had")
            }
            names.append(suite.name)
        }
        return names.joined(separator: ":")
    }

    static func groups(_ list: String) throws(TLSError) -> String {
        let scratch = try Handle<ContextHandle>.scratch()
        let names = try parts(of: list, called: "a group")
        for name in names {
            ERR_clear_error()
            let isKnown = COpenSSL_SSL_CTX_set1_groups_list(scratch.pointer, name) == 1
            ERR_clear_error()
            guard isKnown else { throw .setting("\"\(name)\" is not a group for the key exchange, as X25519 is") }
        }
        // As with the rest of what it does not like, OpenSSL gives no reason: one is there twice, under two names perhaps.
        let list = names.joined(separator: ":")
        defer { ERR_clear_error() }
        guard COpenSSL_SSL_CTX_set1_groups_list(scratch.pointer, list) == 1 else {
            throw .setting("\"\(list)\" names a group twice, or more groups than there can be")
        }
        return list
    }

    struct Suite {
        let name: String
        let standardName: String
        let version: TLSVersion?
        let isGood: Bool
    }

    /// All that this libssl has, also what we would never use.
    static func suites() throws(TLSError) -> [Suite] {
        let scratch = try Handle<ContextHandle>.scratch()
        SSL_CTX_set_security_level(scratch.pointer, 0)
        guard SSL_CTX_set_cipher_list(scratch.pointer, "ALL:COMPLEMENTOFALL") == 1,
            SSL_CTX_set_ciphersuites(scratch.pointer, all13) == 1
        else { throw .setup(what: "SSL_CTX_set_cipher_list", OpenSSLError.drain()) }
        let stack = SSL_CTX_get_ciphers(scratch.pointer)
        return (0..<max(0, COpenSSL_sk_SSL_CIPHER_num(stack))).compactMap { index in
            guard let cipher = COpenSSL_sk_SSL_CIPHER_value(stack, index), let name = SSL_CIPHER_get_name(cipher) else {
                return nil
            }
            let version = SSL_CIPHER_get_version(cipher).map { String(cString: $0) }
            let exchange = SSL_CIPHER_get_kx_nid(cipher)
            return Suite(
                name: String(cString: name),
                standardName: SSL_CIPHER_standard_name(cipher).map { String(cString: $0) } ?? "",
                version: [TLSVersion.v1_2, .v1_3].first { $0.description == version },
                isGood: SSL_CIPHER_is_aead(cipher) == 1 && (exchange == NID_kx_ecdhe || exchange == NID_kx_any)
            )
        }
    }

    private static let all13 = "\(TLSPolicy.ciphers13):TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"

    private static func parts(of list: String, called what: String) throws(TLSError) -> [String] {
        let names = list.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard !names.contains("") else { throw .setting("\"\(list)\" has an empty place where \(what) belongs") }
        return names
    }
}

extension TLSConfiguration {
    /// Sets ``ciphers12`` and ``ciphers13`` from one list of suites of both kinds, by OpenSSL's or IANA's names, best
    /// first, with colons between. The suites of a version that is not in it stay as they are.
    /// - Throws: ``TLSError/setting(_:)`` for a name that no suite has.
    public mutating func setCiphers(_ list: String) throws(TLSError) {
        let known = try AlgorithmNames.suites()
        let names = list.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let of13 = names.filter { name in known.contains { $0.name == name && $0.version == .v1_3 } }
        let others = names.filter { !of13.contains($0) }
        // What is not known at all is told when it is looked up.
        if !of13.isEmpty { ciphers13 = try AlgorithmNames.ciphers(of13.joined(separator: ":"), for: .v1_3) }
        if !others.isEmpty { ciphers12 = try AlgorithmNames.ciphers(others.joined(separator: ":"), for: .v1_2) }
    }
}
