internal import COpenSSL

extension TLSError {
    /// Says what a failed call meant, from the session and the error queue it left.
    init(of ssl: OpaquePointer, queue: [OpenSSLError]) {
        for error in queue where error.isFrom(ERR_LIB_SSL) {
            switch error.reasonCode {
            case SSL_R_UNEXPECTED_EOF_WHILE_READING:
                self = .truncated
                return
            case SSL_R_CERTIFICATE_VERIFY_FAILED:
                self = .untrusted(VerificationFailure(of: ssl))
                return
            case (SSL_AD_REASON_OFFSET + 1)...(SSL_AD_REASON_OFFSET + 255):
                self = .alert(TLSAlert(number: error.reasonCode - SSL_AD_REASON_OFFSET))
                return
            default:
                continue
            }
        }
        self = .protocol(queue)
    }
}

extension TLSAlert {
    fileprivate init(number: CInt) {
        // libssl 3.0 sends this one, and has no words for it.
        let text = number == SSL_AD_CERTIFICATE_REQUIRED ? "certificate required" : nil
        self.init(number: Int(number), text: text ?? String(cString: SSL_alert_desc_string_long(number)))
    }
}

extension VerificationFailure {
    fileprivate init(of ssl: OpaquePointer) {
        let code = SSL_get_verify_result(ssl)
        let reason: Reason =
            switch CInt(truncatingIfNeeded: code) {
            case X509_V_ERR_CERT_HAS_EXPIRED: .expired
            case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
            case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .wrongName
            case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_SIGNATURE_FAILURE:
                .unknownAuthority
            case X509_V_ERR_APPLICATION_VERIFICATION: .wrongKey
            case X509_V_ERR_CERT_REVOKED: .revoked
            default: .other
            }
        let text = reason == .wrongKey ? "not the pinned key" : String(cString: X509_verify_cert_error_string(code))
        self.init(code: code, text: text, reason: reason, certificate: SessionNote.refusedCertificate(on: ssl))
    }
}
