import CommandKit
import Glibc
import TLS

/// What a certificate or key must be, beyond being readable, for a server to start with it.
enum Credentials {
    enum Problem: Error, Equatable {
        case expired(file: String)
        case notYetValid(file: String)
    }

    /// - Throws: ``Problem`` for a certificate that clients would refuse. A key that others can read is only warned of:
    ///   the server is not who decides that.
    static func check(_ identities: [TLSIdentity], of context: TLSContext, at now: Int64) throws {
        for (identity, certificate) in zip(identities, context.certificates) {
            if certificate.notAfter < now { throw Problem.expired(file: identity.certificateFile) }
            if certificate.notBefore > now { throw Problem.notYetValid(file: identity.certificateFile) }
            if let mode = System.mode(of: identity.keyFile), mode & (S_IRGRP | S_IROTH) != 0 {
                Conclaved.complain(
                    "warning: others can read the key \(identity.keyFile); chmod 600 \(identity.keyFile)"
                )
            }
        }
    }
}
