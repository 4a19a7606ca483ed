internal import COpenSSL

/// Decides about the peer's certificate inside the handshake, before anything of ours is sent.
///
/// A class because OpenSSL keeps a pointer to it.
final class Verifier {
    enum Rule {
        /// By the context's authorities, and by the name that the session expects (RFC 5280, RFC 9525).
        case chain
        /// By its key alone.
        case pins([[UInt8]])
        /// Not at all, but that the key has to be one that can prove something.
        case possession
        case anything
    }

    private let rule: Rule

    init(_ rule: Rule) {
        self.rule = rule
    }

    /// Corresponds to `SSL_CTX_set_cert_verify_callback(3)`, which puts us in the place of `X509_verify_cert(3)`.
    func install(in context: OpaquePointer) {
        SSL_CTX_set_cert_verify_callback(
            context,
            { store, argument in
                guard let store, let argument else { return 0 }
                let verifier = Unmanaged<Verifier>.fromOpaque(argument).takeUnretainedValue()
                return verifier.accepts(store) ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func accepts(_ store: OpaquePointer) -> Bool {
        let leaf = X509_STORE_CTX_get0_cert(store)
        ERR_set_mark()
        let code: CInt
        switch rule {
        case .chain:
            let isGood = X509_verify_cert(store) == 1
            let found = X509_STORE_CTX_get_error(store)
            // It can also fail for a reason of its own, as without memory, and leave none.
            code = isGood ? X509_V_OK : found == X509_V_OK ? X509_V_ERR_UNSPECIFIED : found
        case .pins(let pins):
            let key = leaf.map(TLSCertificate.publicKeyFingerprint(of:)) ?? []
            code = pins.contains(key) ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION
        case .possession:
            code = X509_get0_pubkey(leaf).map(KeyRules.fault(in:)) ?? X509_V_ERR_CERT_REJECTED
        case .anything:
            code = X509_V_OK
        }
        // A server goes on in the same call, and what was tried in vain on the way to a good chain would count as its failure.
        if code == X509_V_OK { ERR_pop_to_mark() } else { ERR_clear_last_mark() }
        // What was right and wrong with the chain is told by this alone, in the alert and in the error.
        X509_STORE_CTX_set_error(store, code)
        guard code != X509_V_OK else { return true }
        if let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()) {
            SessionNote.refuse(leaf, on: OpaquePointer(ssl))
        }
        return false
    }
}
