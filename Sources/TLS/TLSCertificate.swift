internal import COpenSSL
internal import Glibc

/// What a certificate says, copied out of it (RFC 5280).
public struct TLSCertificate: Sendable, Equatable {
    /// The distinguished name, most specific part first, such as "CN=localhost,O=Conclave" (RFC 2253).
    ///
    /// Its author chose every character: clean it before it is shown.
    public let subject: String
    /// The names it is good for. Its author chose these too.
    public let subjectAlternativeNames: [TLSPeerName]
    /// Seconds since 1970 between which it holds.
    public let notBefore: Int64
    public let notAfter: Int64
    /// SHA-256 of the whole certificate (DER).
    public let fingerprint: [UInt8]
    /// SHA-256 of the public key (DER of SubjectPublicKeyInfo): what a pin is made of, for it outlives a renewal.
    public let publicKeyFingerprint: [UInt8]

    /// Reads a borrowed `X509 *`.
    init(reading certificate: OpaquePointer) {
        subject = Self.text(of: X509_get_subject_name(certificate))
        subjectAlternativeNames = Self.names(of: certificate)
        notBefore = Self.seconds(X509_get0_notBefore(certificate))
        notAfter = Self.seconds(X509_get0_notAfter(certificate))
        fingerprint = Self.sha256 { i2d_X509(certificate, $0) }
        publicKeyFingerprint = Self.sha256 { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), $0) }
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

    private static func sha256(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> CInt) -> [UInt8] {
        var der: UnsafeMutablePointer<UInt8>?
        let count = encode(&der)
        defer { COpenSSL_OPENSSL_free(der) }
        guard let der, count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, filled in
            SHA256(der, Int(count), digest.baseAddress)
            filled = Int(SHA256_DIGEST_LENGTH)
        }
    }
}
