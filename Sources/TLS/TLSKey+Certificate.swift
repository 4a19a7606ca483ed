internal import COpenSSL

extension TLSKey {
    /// A certificate that this key signs for itself, as PEM. It says who has the key and vouches for nothing.
    /// - Parameters:
    ///   - commonName: 1 to 64 characters.
    ///   - from: seconds since 1970.
    ///   - to: seconds since 1970, not before `from`.
    /// - Throws: ``TLSError/setup(what:_:)`` for a name that is too long, among other things.
    public func selfSignedCertificate(commonName: String, from: Int64, to: Int64) throws(TLSError) -> String {
        ERR_clear_error()
        guard let made = Handle<CertificateHandle>(owning: X509_new()) else {
            throw .setup(what: "X509_new", OpenSSLError.drain())
        }
        let certificate = made.pointer
        let name = X509_get_subject_name(certificate)
        func check(_ done: Bool, _ what: String) throws(TLSError) {
            guard done else { throw .setup(what: what, OpenSSLError.drain()) }
        }
        try check(X509_set_version(certificate, 2) == 1, "X509_set_version")  // 2 means version 3
        try check(
            // Positive, and not 0 (RFC 5280, section 4.1.2.2).
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), .random(in: 1...(.max >> 1))) == 1,
            "ASN1_INTEGER_set_uint64"
        )
        try check(
            ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(from)) != nil
                && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(to)) != nil,
            "ASN1_TIME_set"
        )
        try check(
            X509_NAME_add_entry_by_txt(
                name,
                "CN",
                MBSTRING_UTF8,
                commonName,
                CInt(clamping: commonName.utf8.count),
                -1,
                0
            ) == 1,
            "X509_NAME_add_entry_by_txt"
        )
        try check(X509_set_issuer_name(certificate, name) == 1, "X509_set_issuer_name")
        try check(X509_set_pubkey(certificate, handle.pointer) == 1, "X509_set_pubkey")
        try add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
        try add(NID_key_usage, "critical,digitalSignature", to: certificate)
        try add(NID_subject_key_identifier, "hash", to: certificate)
        try check(X509_sign(certificate, handle.pointer, Self.hash(for: handle.pointer)) > 0, "X509_sign")
        return try PEMText.write("PEM_write_bio_X509") { PEM_write_bio_X509($0, certificate) }
    }

    private func add(_ kind: CInt, _ value: String, to certificate: OpaquePointer) throws(TLSError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
            throw .setup(what: "X509V3_EXT_conf_nid", OpenSSLError.drain())
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(certificate, made, -1) == 1 else {
            throw .setup(what: "X509_add_ext", OpenSSLError.drain())
        }
    }
}

/// PEM that is not for a file of ours.
enum PEMText {
    /// - Parameters:
    ///   - what: the C function that `body` calls.
    ///   - body: is given a memory BIO.
    static func write(_ what: String, _ body: (OpaquePointer) -> CInt) throws(TLSError) -> String {
        guard let memory = Handle<BIOHandle>(owning: BIO_new(BIO_s_mem())), body(memory.pointer) == 1 else {
            throw .setup(what: what, OpenSSLError.drain())
        }
        var bytes: UnsafeMutablePointer<CChar>?
        let count = COpenSSL_BIO_get_mem_data(memory.pointer, &bytes)
        guard let bytes, count > 0 else { throw .setup(what: what, OpenSSLError.drain()) }
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}
