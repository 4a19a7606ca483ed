public import TLS

/// What makes a certificate that can be loaded one that nobody would accept.
public enum CertificateProblem: Error, Sendable, Equatable {
    case expired(file: String)
    case notYetValid(file: String)

    /// - Parameter now: seconds since 1970.
    /// - Throws: the first problem of all certificates that a server with this context would show.
    public static func check(_ context: TLSContext, at now: Int64) throws(CertificateProblem) {
        for shown in context.shown {
            if shown.certificate.notAfter < now { throw .expired(file: shown.file) }
            if shown.certificate.notBefore > now { throw .notYetValid(file: shown.file) }
        }
    }
}

extension CertificateProblem: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .expired(let file):
            "the certificate in \(file) has expired; renew it, a local one with scripts/make-certs --force"
        case .notYetValid(let file):
            "the certificate in \(file) is not valid yet; check this machine's clock"
        }
    }
}

/// One certificate of a server.
struct ShownCertificate {
    /// Who asks for this host is shown it; nil: who asks for none that has its own.
    let host: String?
    let file: String
    let certificate: TLSCertificate
}

extension TLSContext {
    /// All that a server may show, those for everybody first. A client shows nothing.
    var shown: [ShownCertificate] {
        guard case .server(let identities, _) = configuration.role else { return [] }
        func pair(_ host: String?, _ identities: [TLSIdentity], _ certificates: [TLSCertificate]) -> [ShownCertificate]
        {
            zip(identities, certificates).map {
                ShownCertificate(host: host, file: $0.certificateFile, certificate: $1)
            }
        }
        return pair(nil, identities, certificates)
            + zip(configuration.namedIdentities, namedCertificates).flatMap { named, loaded in
                pair(named.host, named.identities, loaded.certificates)
            }
    }
}
