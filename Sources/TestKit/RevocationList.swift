internal import COpenSSL

/// Corresponds to `X509_CRL`.
final class RevocationList {
    private let pointer: OpaquePointer

    init(of certificates: [Certificate], by issuer: Certificate.Issuer, validity: ClosedRange<Int>) throws {
        pointer = try LibCrypto.unwrap(X509_CRL_new(), "X509_CRL_new")
        let from = X509_gmtime_adj(nil, validity.lowerBound)
        let to = X509_gmtime_adj(nil, validity.upperBound)
        defer {
            ASN1_TIME_free(from)
            ASN1_TIME_free(to)
        }
        let filled =
            X509_CRL_set_version(pointer, 1) == 1  // 1 means version 2
            && X509_CRL_set_issuer_name(pointer, X509_get_subject_name(issuer.certificate.pointer)) == 1
            && X509_CRL_set1_lastUpdate(pointer, from) == 1
            && X509_CRL_set1_nextUpdate(pointer, to) == 1
        try LibCrypto.require(filled, "filling in a revocation list")
        for certificate in certificates {
            let entry = try LibCrypto.unwrap(X509_REVOKED_new(), "X509_REVOKED_new")
            let added =
                X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate.pointer)) == 1
                && X509_REVOKED_set_revocationDate(entry, from) == 1
                && X509_CRL_add0_revoked(pointer, entry) == 1
            try LibCrypto.require(added, "revoking a certificate")
        }
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer.certificate.pointer, nil, nil, pointer, 0)
        let kind = NID_authority_key_identifier
        let made = try LibCrypto.unwrap(X509V3_EXT_conf_nid(nil, &context, kind, "keyid:always"), "its key identifier")
        defer { X509_EXTENSION_free(made) }
        try LibCrypto.require(X509_CRL_add_ext(pointer, made, -1) == 1, "X509_CRL_add_ext")
        try LibCrypto.require(X509_CRL_sign(pointer, issuer.key.pointer, issuer.key.hash) > 0, "X509_CRL_sign")
    }

    deinit { X509_CRL_free(pointer) }

    func write(to path: String) throws {
        let file = try LibCrypto.unwrap(BIO_new_file(path, "w"), "opening \(path)")
        defer { BIO_free_all(file) }
        try LibCrypto.require(PEM_write_bio_X509_CRL(file, pointer) == 1, "writing \(path)")
    }
}
