internal import COpenSSL

extension Visitors {
    /// Why nobody may ever come in, though all files can be read: no authority of the file has what RFC 5280 asks of one that
    /// others are to be judged by. Such are those that `openssl req -x509` makes unless it is told more. Reads the file again.
    /// - Returns: what the first of them lacks; nil if one of them has it all, or it is no authority that decides.
    public func doubt() throws(TLSError) -> String? {
        guard case .authorities(let file, _) = self else { return nil }
        let all = try PEMFile(file).chain()
        guard let first = Self.lack(of: all.leaf.pointer) else { return nil }
        for index in 0..<COpenSSL_sk_X509_num(all.issuers.pointer) {
            guard let other = COpenSSL_sk_X509_value(all.issuers.pointer, index) else { continue }
            if Self.lack(of: other) == nil { return nil }
        }
        return first
    }

    /// What `X509_verify_cert(3)` will miss with `X509_V_FLAG_X509_STRICT`.
    private static func lack(of authority: OpaquePointer) -> String? {
        defer { ERR_clear_error() }
        let usage = X509_get_key_usage(authority)
        if X509_check_ca(authority) != 1 { return "basicConstraints do not say that it is an authority" }
        // Without the extension all bits are set.
        if usage == .max { return "there is no keyUsage" }
        if usage & UInt32(KU_KEY_CERT_SIGN) == 0 { return "keyUsage does not let it sign certificates" }
        let constraints = X509_get_ext_by_NID(authority, NID_basic_constraints, -1)
        if X509_EXTENSION_get_critical(X509_get_ext(authority, constraints)) != 1 {
            return "basicConstraints are not critical"
        }
        if X509_get0_subject_key_id(authority) == nil { return "there is no subjectKeyIdentifier" }
        return nil
    }
}
