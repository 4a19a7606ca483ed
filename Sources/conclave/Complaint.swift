import ChatClient
import Glibc
import TLS

/// What a user is told when something is wrong: what it is, and what to do; and what a program is.
enum Complaint {
    static func advice(on error: any Error) -> String {
        switch error {
        case TLSError.file(let path, let problem), ClientError.setup(.file(let path, let problem)):
            "\(path) \(problem); give --ca the authority's certificate in PEM form"
        case let unreadable as StandardInput.Unreadable:
            "standard input cannot be read: \(unreadable.reason)"
        case let closed as StandardOutput.Closed:
            "standard output cannot be written: \(closed.reason)"
        case ClientError.noStructuredProtocol(let endpoint):
            "\(endpoint) does not speak conclave/1; is it older? conclave --text does without"
        default:
            "\(error)"
        }
    }

    /// The exit status, which Conclave's help lists.
    static func status(of error: any Error) -> Int32 {
        switch error {
        case let error as ClientError: status(of: error)
        case RequestError.ended(let reason?): status(of: reason)
        case RequestError.interrupted, is SendCommand.NotTaken: EX_UNAVAILABLE
        case is ConfigurationProblem, is SettingsFile.Problem: EX_CONFIG
        default: EXIT_FAILURE
        }
    }

    private static func status(of error: ClientError) -> Int32 {
        switch error {
        case .unknownHost, .refused, .timedOut, .unreachable, .cutOff, .silent: EX_UNAVAILABLE
        case .noHandshake, .noStructuredProtocol, .notUnderstood: EX_PROTOCOL
        case .untrusted, .wrongKey, .changedKey, .notBelieved, .otherFingerprint, .knownHosts: EX_NOPERM
        case .identity, .setup, .notAdmitted, .ended, .closing, .notAllSaid, .noName, .noEntry, .givenUp: EXIT_FAILURE
        }
    }
}
