internal import COpenSSL
internal import Glibc

/// What a certificate says, copied out of it (RFC 5280).
public struct TLSCertificate: Sendable, Equatable {
    /// The distinguished name, most specific part first, such as "CN=localhost,O=Conclave" (RFC 2253).
    ///
    /// Its author chose every character: clean it before it is shown.
    public let subject: String
    /// The common name in it; nil if it has none, or more than one.
    ///
    /// Its author chose every character of this too.
    public let commonName: String?
    /// The names it is good for. Its author chose these too.
    public let subjectAlternativeNames: [TLSPeerName]
    /// Seconds since 1970 between which it holds.
    public let notBefore: Int64
    public let notAfter: Int64
    /// SHA-256 of the whole certificate (DER).
    public let fingerprint: [UInt8]
    /// SHA-256 of the public key (DER of SubjectPublicKeyInfo): what a pin is made of, for it outlives a renewal.
    public let publicKeyFingerprint: [UInt8]

    /// Reads the first certificate in a PEM file.
    /// - Throws: ``TLSError/file(path:_:)``.
    public init(pemFile path: String) throws(TLSError) {
        let chain = try PEMFile(path).chain()
        self.init(reading: chain.leaf.pointer)
    }

    /// Reads a borrowed `X509 *`.
    init(reading certificate: OpaquePointer) {
        subject = Self.text(of: X509_get_subject_name(certificate))
        commonName = Self.commonName(in: X509_get_subject_name(certificate))
        subjectAlternativeNames = Self.names(of: certificate)
        notBefore = Self.seconds(X509_get0_notBefore(certificate))
        notAfter = Self.seconds(X509_get0_notAfter(certificate))
        fingerprint = DER.sha256 { i2d_X509(certificate, $0) }
        publicKeyFingerprint = Self.publicKeyFingerprint(of: certificate)
    }

    /// SHA-256 of the SubjectPublicKeyInfo of a borrowed `X509 *`.
    static func publicKeyFingerprint(of certificate: OpaquePointer) -> [UInt8] {
        DER.sha256 { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), $0) }
    }

    private static func commonName(in name: OpaquePointer?) -> String? {
        let first = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard first >= 0, X509_NAME_get_index_by_NID(name, NID_commonName, first) < 0 else { return nil }
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first)))
        defer { COpenSSL_OPENSSL_free(bytes) }
        guard let bytes, count >= 0 else {
            ERR_clear_error()
            return nil
        }
        return String(validating: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let name, let memory = Handle<BIOHandle>(owning: BIO_new(BIO_s_mem())) else { return "" }
        X509_NAME_print_ex(memory.pointer, name, 0, COpenSSL_XN_FLAG_RFC2253_UTF8)
        var bytes: UnsafeMutablePointer<CChar>?
        let count = COpenSSL_BIO_get_mem_data(memory.pointer, &bytes)
        guard let bytes, count > 0 else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private static func names(of certificate: OpaquePointer) -> [TLSPeerName] {
        guard let raw = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(raw)
        defer { GENERAL_NAMES_free(names) }
        return (0..<COpenSSL_sk_GENERAL_NAME_num(names)).compactMap { index in
            let name = COpenSSL_sk_GENERAL_NAME_value(names, index)
            var length = 0
            if let bytes = COpenSSL_GENERAL_NAME_dns(name, &length) {
                return .dns(String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self))
            }
            if let bytes = COpenSSL_GENERAL_NAME_ip(name, &length), length == 4 || length == 16 {
                var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
                inet_ntop(length == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
                return text.withUnsafeBufferPointer { .ip(String(cString: $0.baseAddress!)) }  // never empty
            }
            return nil
        }
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var civil = tm()
        guard ASN1_TIME_to_tm(time, &civil) == 1 else { return 0 }
        return Int64(timegm(&civil))
    }
}
