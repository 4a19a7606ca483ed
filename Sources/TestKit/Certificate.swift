internal import COpenSSL
internal import TLS

/// Corresponds to `X509`.
final class Certificate: @unchecked Sendable {  // complete and signed when init returns; nothing changes it after
    let pointer: OpaquePointer

    /// Who signs a certificate.
    struct Issuer {
        let certificate: Certificate
        let key: PrivateKey
    }

    /// Makes and signs a certificate for `key`; without an issuer it signs itself.
    init(_ template: CertificateTemplate, for key: PrivateKey, issuer: Issuer?) throws {
        pointer = try LibCrypto.unwrap(X509_new(), "X509_new")
        let name = X509_get_subject_name(pointer)
        let issuerName = issuer.map { X509_get_subject_name($0.certificate.pointer) } ?? name
        let filled =
            X509_set_version(pointer, 2) == 1  // 2 means version 3
            && ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), .random(in: 1..<(1 << 63))) == 1
            && X509_gmtime_adj(X509_getm_notBefore(pointer), template.validity.lowerBound) != nil
            && X509_gmtime_adj(X509_getm_notAfter(pointer), template.validity.upperBound) != nil
            && X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, "Conclave tests", -1, -1, 0) == 1
            && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, template.commonName, -1, -1, 0) == 1
            && X509_set_issuer_name(pointer, issuerName) == 1
            && X509_set_pubkey(pointer, key.pointer) == 1
        try LibCrypto.require(filled, "filling in a certificate")
        for (kind, value) in template.extensions(isSelfSigned: issuer == nil) {
            try add(kind, value, issuer: issuer?.certificate ?? self)
        }
        let signer = issuer?.key ?? key
        try LibCrypto.require(X509_sign(pointer, signer.pointer, signer.hash) > 0, "X509_sign")
    }

    deinit { X509_free(pointer) }

    private func add(_ kind: CInt, _ value: String, issuer: Certificate) throws {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer.pointer, pointer, nil, nil, 0)
        let made = try LibCrypto.unwrap(X509V3_EXT_conf_nid(nil, &context, kind, value), "the extension \(value)")
        defer { X509_EXTENSION_free(made) }
        try LibCrypto.require(X509_add_ext(pointer, made, -1) == 1, "X509_add_ext")
    }

    /// Writes certificates one after the other into a PEM file.
    static func write(_ certificates: [Certificate], to path: String) throws {
        let file = try LibCrypto.unwrap(BIO_new_file(path, "w"), "opening \(path)")
        defer { BIO_free_all(file) }
        for certificate in certificates {
            try LibCrypto.require(PEM_write_bio_X509(file, certificate.pointer) == 1, "writing \(path)")
        }
    }
}

extension CertificateTemplate {
    /// The extensions in the notation of x509v3_config(5). A subject's key identifier comes before what refers to it.
    fileprivate func extensions(isSelfSigned: Bool) -> [(kind: CInt, value: String)] {
        let constraints = "\(hasCriticalConstraints ? "critical," : "")CA:\(isAuthority ? "TRUE" : "FALSE")"
        let usage = isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment"
        let alternatives = names.map { name in
            switch name {
            case .dns(let name): "DNS:\(name)"
            case .ip(let address): "IP:\(address)"
            }
        }
        var all: [(CertificateExtension, CInt, String)] = [
            (.basicConstraints, NID_basic_constraints, constraints),
            (.keyUsage, NID_key_usage, usage),
            (.extendedKeyUsage, NID_ext_key_usage, extendedKeyUsage),
            (.alternativeNames, NID_subject_alt_name, alternatives.joined(separator: ",")),
            (.subjectKeyIdentifier, NID_subject_key_identifier, "hash"),
        ]
        if !isSelfSigned { all.append((.authorityKeyIdentifier, NID_authority_key_identifier, "keyid:always")) }
        return all.filter { !omitted.contains($0.0) }.map { ($0.1, $0.2) }
    }
}
