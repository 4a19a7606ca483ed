/// What can go wrong with TLS, told so that a caller can act on it.
public enum TLSError: Error, Sendable, Equatable {
    /// A certificate, key or authority file could not be used.
    case file(path: String, FileProblem)
    /// OpenSSL refused a setting or ran out of memory; `what` names the C function.
    case setup(what: String, [OpenSSLError])
    /// Something that is to be set is not as it has to be, such as the name of a cipher suite; the text says it all.
    case setting(String)
    /// The peer's certificate did not stand up to verification. Nothing was sent to that peer.
    case untrusted(VerificationFailure)
    /// The peer ended the connection with this fatal alert (RFC 8446, section 6).
    case alert(TLSAlert)
    /// The stream ended without close_notify: whatever came last may be cut off.
    case truncated
    /// The peer broke the protocol, or it was not TLS at all.
    case `protocol`([OpenSSLError])
    /// The session had ended, or not begun, when it was asked to send.
    case notOpen
    /// The session is of TLS 1.2 without the extended master secret (RFC 7627): its secrets may be another's too.
    case noExtendedMasterSecret

    /// What is wrong with a file.
    public enum FileProblem: Sendable, Equatable {
        /// It could not be read; the text is the system's reason.
        case unreadable(String)
        /// It holds no PEM block of the kind that belongs there.
        case noCertificate
        case noKey
        /// The key is encrypted with a passphrase, which nobody is there to type, and no file was named that has it.
        case encryptedKey
        /// The passphrase in `file` does not open the key.
        case wrongPassphrase(file: String)
        /// The first line has no passphrase, or one of more than 1,023 bytes.
        case noPassphrase
        /// It holds no revocation list in PEM form.
        case noRevocations
        /// It could not be opened to be written; the text is the system's reason.
        case unwritable(String)
        /// The key is not the one that the certificate in `certificate` was made for.
        case keyMismatch(certificate: String)
        /// There is a key of the same type already, and a server can have one of each.
        case sameKeyType(as: String)
        /// OpenSSL refused what is in it, for instance a key that is too short.
        case refused([OpenSSLError])
    }
}

/// Why a peer's certificate was not accepted.
public struct VerificationFailure: Sendable, Equatable {
    /// The kinds that a person can do something about.
    public enum Reason: Sendable, Equatable {
        case expired, notYetValid, wrongName, unknownAuthority
        /// There are pins, and its key is none of them.
        case wrongKey
        /// Its authority has taken it back.
        case revoked
        case other
    }

    /// An `X509_V_ERR_…`.
    public let code: Int
    /// OpenSSL's own words, from `X509_verify_cert_error_string(3)`.
    public let text: String
    public let reason: Reason
    /// What was shown, which nobody has vouched for. That its owner has the key is not proven either.
    public let certificate: TLSCertificate?
}

/// A TLS alert by its number.
public struct TLSAlert: Sendable, Equatable {
    public let number: Int
    /// OpenSSL's name for it, such as "no application protocol".
    public let text: String
}

extension TLSError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let path, let problem): "\(path): \(problem)"
        case .setup(let what, let errors): "\(what) failed: \(errors.summary)"
        case .untrusted(let failure): "the peer's certificate is not trusted: \(failure.text)"
        case .alert(let alert): "the peer ended the connection: \(alert.text) (alert \(alert.number))"
        case .setting(let text): text
        case .noExtendedMasterSecret: "this is TLS 1.2 without the extended master secret; use TLS 1.3"
        case .truncated: "the connection was cut off without close_notify"
        case .protocol(let errors): "TLS failed: \(errors.summary)"
        case .notOpen: "the TLS session is not open"
        }
    }
}

extension TLSError.FileProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .noCertificate: "holds no certificate in PEM form"
        case .noKey: "holds no private key in PEM form"
        case .encryptedKey: "holds a key that is encrypted with a passphrase"
        case .wrongPassphrase(let file): "is not opened by the passphrase in \(file)"
        case .noPassphrase: "has no passphrase in its first line"
        case .noRevocations: "holds no revocation list in PEM form"
        case .unwritable(let reason): "cannot be written: \(reason)"
        case .keyMismatch(let certificate): "is not the key of the certificate in \(certificate)"
        case .sameKeyType(let other): "holds a key of the same type as \(other)"
        case .refused(let errors): "was refused: \(errors.summary)"
        }
    }
}

extension [OpenSSLError] {
    /// The first entry is nearest to the cause; the others are those who called it.
    var summary: String { first?.description ?? "no reason given" }
}
