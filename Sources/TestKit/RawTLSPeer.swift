internal import COpenSSL
public import TLS

/// libssl driven by hand, to be the peer that our own sessions never are: old, picky or ill-mannered.
///
/// It shares no code with ``TLSSession``, so it also judges it. It verifies nothing.
public final class RawTLSPeer: TLSPeer {
    /// Settings by the names of SSL_CONF_cmd(3), section "configuration files", such as "MaxProtocol".
    public typealias Options = KeyValuePairs<String, String>

    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer

    public private(set) var plaintext: [UInt8] = []
    /// The reason of the first thing that failed.
    public private(set) var failure: String?
    /// The types of the handshake messages that came (RFC 8446, section 4), also those that were encrypted.
    public private(set) var messages: [UInt8] = []

    /// - Parameter identity: is shown to a server that asks.
    public static func client(
        _ options: Options = [:],
        identity: TLSIdentity? = nil,
        asksFor host: String? = nil
    ) throws -> RawTLSPeer {
        let peer = try RawTLSPeer(TLS_client_method(), options)
        if let identity { try peer.load(identity) }
        if let host {
            try LibCrypto.require(COpenSSL_SSL_set_tlsext_host_name(peer.ssl, host) == 1, "asking for \(host)")
        }
        SSL_set_connect_state(peer.ssl)
        return peer
    }

    /// With the option "VerifyMode": "Request" it asks for a certificate, and takes any.
    public static func server(_ identity: TLSIdentity, _ options: Options = [:]) throws -> RawTLSPeer {
        let peer = try RawTLSPeer(TLS_server_method(), options)
        try peer.load(identity)
        SSL_set_accept_state(peer.ssl)
        return peer
    }

    private func load(_ identity: TLSIdentity) throws {
        let loaded =
            SSL_use_certificate_chain_file(ssl, identity.certificateFile) == 1
            && SSL_use_PrivateKey_file(ssl, identity.keyFile, SSL_FILETYPE_PEM) == 1
        try LibCrypto.require(loaded, "loading \(identity.certificateFile)")
    }

    private init(_ method: OpaquePointer?, _ options: Options) throws {
        LibCrypto.start()
        context = try LibCrypto.unwrap(SSL_CTX_new(method), "SSL_CTX_new")
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        SSL_CTX_set_cert_verify_callback(context, { _, _ in 1 }, nil)
        let settings = try LibCrypto.unwrap(SSL_CONF_CTX_new(), "SSL_CONF_CTX_new")
        defer { SSL_CONF_CTX_free(settings) }
        SSL_CONF_CTX_set_flags(
            settings,
            UInt32(SSL_CONF_FLAG_FILE | SSL_CONF_FLAG_CLIENT | SSL_CONF_FLAG_SERVER)
        )
        SSL_CONF_CTX_set_ssl_ctx(settings, context)
        for (name, value) in options {
            try LibCrypto.require(SSL_CONF_cmd(settings, name, value) > 0, "\(name) = \(value)")
        }
        try LibCrypto.require(SSL_CONF_CTX_finish(settings) == 1, "SSL_CONF_CTX_finish")
        ssl = try LibCrypto.unwrap(SSL_new(context), "SSL_new")
        input = try LibCrypto.unwrap(BIO_new(BIO_s_mem()), "BIO_new")
        output = try LibCrypto.unwrap(BIO_new(BIO_s_mem()), "BIO_new")
        SSL_set_bio(ssl, input, output)
        SSL_set_msg_callback(ssl) { isSent, _, content, bytes, count, _, argument in
            guard isSent == 0, content == SSL3_RT_HANDSHAKE, count > 0, let bytes, let argument else { return }
            let peer = Unmanaged<RawTLSPeer>.fromOpaque(argument).takeUnretainedValue()
            peer.messages.append(bytes.load(as: UInt8.self))
        }
        // Its argument; a macro over this.
        SSL_ctrl(ssl, SSL_CTRL_SET_MSG_CALLBACK_ARG, 0, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    public var isEstablished: Bool { SSL_is_init_finished(ssl) == 1 }
    public var version: String { String(cString: SSL_get_version(ssl)) }
    public var cipher: String { String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }

    /// The server name that the client indicated.
    public var serverName: String? {
        SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// Bytes from the session's secrets, with no context; nothing before the handshake.
    public func keyingMaterial(label: String, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = SSL_export_keying_material(ssl, &bytes, count, label, label.utf8.count, nil, 0, 0) == 1
        ERR_clear_error()
        return done ? bytes : []
    }

    /// SHA-256 of the certificate that the peer presented; empty if it presented none.
    public var peerFingerprint: [UInt8] {
        guard let certificate = SSL_get0_peer_certificate(ssl) else { return [] }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: CUnsignedInt = 0
        X509_digest(certificate, EVP_sha256(), &digest, &count)
        return Array(digest.prefix(Int(count)))
    }

    public func receive(_ ciphertext: [UInt8]) {
        ciphertext.withUnsafeBytes { bytes in
            _ = BIO_write(input, bytes.baseAddress, CInt(bytes.count))
        }
        guard failure == nil else { return }
        if !isEstablished {
            guard check(SSL_do_handshake(ssl)) else { return }
        }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var count = 0
        while check(SSL_read_ex(ssl, &buffer, buffer.count, &count)) { plaintext += buffer[..<count] }
    }

    public func takeOutput() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
        let count = BIO_read(output, &buffer, CInt(buffer.count))
        return Array(buffer.prefix(max(0, Int(count))))
    }

    public func endInput() {
        receive([])
    }

    public func send(_ text: String) {
        var count = 0
        _ = check(SSL_write_ex(ssl, text, text.utf8.count, &count))
    }

    /// Asks for a new handshake in the running session (TLS 1.2 only).
    public func renegotiate() {
        _ = check(SSL_renegotiate(ssl)) && check(SSL_do_handshake(ssl))
    }

    /// Changes the keys of this direction and asks for the other's too (TLS 1.3 only).
    public func updateKeys() {
        _ = check(SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED)) && check(SSL_do_handshake(ssl))
    }

    private func check(_ result: CInt) -> Bool {
        defer { ERR_clear_error() }
        guard result <= 0 else { return true }
        let kind = SSL_get_error(ssl, result)
        if kind != SSL_ERROR_WANT_READ && kind != SSL_ERROR_ZERO_RETURN && failure == nil {
            failure = ERR_reason_error_string(ERR_peek_error()).map { String(cString: $0) } ?? "no reason given"
        }
        return false
    }
}
