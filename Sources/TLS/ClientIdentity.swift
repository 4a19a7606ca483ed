internal import COpenSSL

/// Shows a server who we are, if it asks, and if only it can see that.
///
/// A class because OpenSSL keeps a pointer to it.
final class ClientIdentity {
    private let identity: LoadedIdentity
    private let isForTLS12: Bool

    init(_ identity: TLSIdentity, offersBefore13: Bool) throws(TLSError) {
        self.identity = try LoadedIdentity(identity)
        isForTLS12 = offersBefore13
        try self.identity.check()
    }

    /// Corresponds to `SSL_CTX_set_cert_cb(3)`, which a client calls once it was asked for a certificate: after the
    /// server's was accepted, and with the version settled.
    func install(in context: OpaquePointer) {
        SSL_CTX_set_cert_cb(
            context,
            { ssl, argument in
                guard let ssl, let argument else { return 0 }
                return Unmanaged<ClientIdentity>.fromOpaque(argument).takeUnretainedValue().answer(ssl) ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func answer(_ ssl: OpaquePointer) -> Bool {
        guard SSL_version(ssl) >= TLS1_3_VERSION || isForTLS12 else {
            SessionNote.note(.identityWithheld, on: ssl)
            return true
        }
        return identity.install(on: ssl)
    }
}
