internal import ChatCore
internal import Logging
internal import TLS

/// What became of reading a server's certificates again.
enum CertificateNews: Sendable {
    /// They were read. Nothing need have changed.
    case read([CertificateChange])
    /// They cannot be used, so the old ones stay.
    case refused(any Error)

    func log(to logger: Logger) {
        switch self {
        case .refused(let error):
            logger.error(
                "the certificates stay as they were: the new ones cannot be used",
                metadata: ["error": "\(error)"]
            )
        case .read(let changes) where changes.isEmpty:
            logger.notice("the certificates were read again, and are the same")
        case .read(let changes):
            for change in changes { change.log(to: logger) }
        }
    }
}

/// One certificate that took the place of another.
struct CertificateChange: Sendable {
    let file: String
    /// Nil for what came besides, or went away without another.
    let old: TLSCertificate?
    let new: TLSCertificate?

    static func between(_ old: TLSContext, _ new: TLSContext) -> [CertificateChange] {
        // The configuration is the same, so both have the same in the same order.
        zip(old.shown, new.shown).filter { $0.certificate != $1.certificate }.map { old, new in
            CertificateChange(file: new.file, old: old.certificate, new: new.certificate)
        }
    }

    func log(to logger: Logger) {
        var metadata: Logger.Metadata = ["file": "\(file)"]
        for (which, certificate) in [("old", old), ("new", new)] {
            guard let certificate else { continue }
            metadata[which] = "\(KeyFingerprint.text(certificate.fingerprint))"
            metadata["\(which)-key"] = "\(KeyFingerprint.text(certificate.publicKeyFingerprint))"
            metadata["\(which)-from"] = "\(certificate.notBefore.date)"
            metadata["\(which)-until"] = "\(certificate.notAfter.date)"
        }
        logger.notice("new connections are shown another certificate from now on", metadata: metadata)
        if let old, let new, old.publicKeyFingerprint != new.publicKeyFingerprint {
            logger.warning(
                "the server's key is another one now: clients that remember the old one will refuse it",
                metadata: ["file": "\(file)"]
            )
        }
    }
}
