internal import COpenSSL

/// What the two ends of a session agreed on in the handshake.
public struct TLSAgreement: Sendable, Equatable {
    public let version: TLSVersion?
    /// OpenSSL's name of the cipher suite, such as "TLS_AES_128_GCM_SHA256".
    public let cipher: String
    /// The key-exchange group, such as "X25519" or "P-256".
    public let group: String
    /// The ALPN protocol, if the client offered one that the server has.
    public let applicationProtocol: String?
    /// The leaf certificate that the peer presented, if it did.
    public let peerCertificate: TLSCertificate?
    /// The server asked who we are, and we did not say: TLS 1.2 would have shown it to everybody on the way.
    public let identityWithheld: Bool

    init(reading ssl: OpaquePointer) {
        version = TLSVersion(rawValue: SSL_version(ssl))
        cipher = String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)))
        group = Self.name(ofGroup: COpenSSL_SSL_get_negotiated_group(ssl))
        var bytes: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &bytes, &count)
        applicationProtocol = bytes.map {
            String(decoding: UnsafeBufferPointer(start: $0, count: Int(count)), as: UTF8.self)
        }
        peerCertificate = SSL_get0_peer_certificate(ssl).map { TLSCertificate(reading: $0) }
        identityWithheld = SessionNote.has(.identityWithheld, on: ssl)
    }

    private static func name(ofGroup nid: CInt) -> String {
        // NIST's name where there is one; OpenSSL's own for P-256 is "prime256v1".
        if let name = EC_curve_nid2nist(nid) ?? OBJ_nid2sn(nid) { return String(cString: name) }
        return "unknown"
    }
}
