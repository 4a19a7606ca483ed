internal import COpenSSL

/// What callbacks of OpenSSL's note on an `SSL`, to be read when the call that caused them is over.
///
/// Corresponds to `SSL_set_ex_data(3)`.
enum SessionNote {
    private static let refused = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nil, nil, nil) {
        _,
        pointer,
        _,
        _,
        _,
        _ in
        // Called for each SSL that is freed, with nil where nothing was noted.
        X509_free(OpaquePointer(pointer))
    }

    /// What is noted by being there.
    enum Mark {
        /// We have an identity, were asked for it, and kept it back.
        case identityWithheld
        /// The session is with ourselves.
        case rehearsal

        fileprivate var index: CInt {
            switch self {
            case .identityWithheld: SessionNote.withheld
            case .rehearsal: SessionNote.rehearsal
            }
        }
    }

    private static let withheld = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nil, nil, nil, nil)
    private static let rehearsal = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nil, nil, nil, nil)

    /// Keeps a certificate that was refused; the session itself forgets it.
    static func refuse(_ certificate: OpaquePointer?, on ssl: OpaquePointer) {
        guard let certificate, SSL_get_ex_data(ssl, refused) == nil, X509_up_ref(certificate) == 1 else { return }
        if SSL_set_ex_data(ssl, refused, UnsafeMutableRawPointer(certificate)) != 1 { X509_free(certificate) }
    }

    static func refusedCertificate(on ssl: OpaquePointer) -> TLSCertificate? {
        SSL_get_ex_data(ssl, refused).map { TLSCertificate(reading: OpaquePointer($0)) }
    }

    static func note(_ mark: Mark, on ssl: OpaquePointer) {
        // Never followed.
        _ = SSL_set_ex_data(ssl, mark.index, UnsafeMutableRawPointer(bitPattern: 1))
    }

    static func has(_ mark: Mark, on ssl: OpaquePointer) -> Bool { SSL_get_ex_data(ssl, mark.index) != nil }
}
