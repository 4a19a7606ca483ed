import TLS

/// What a user is told when something is wrong: what it is, and what to do.
enum Complaint {
    static func advice(on error: any Error) -> String {
        switch error {
        case TLSError.file(let path, let problem):
            "\(path) \(problem); give --ca the authority's certificate in PEM form"
        case let unreadable as StandardInput.Unreadable:
            "standard input cannot be read: \(unreadable.reason)"
        case let closed as StandardOutput.Closed:
            "standard output cannot be written: \(closed.reason)"
        default:
            "\(error)"
        }
    }
}
