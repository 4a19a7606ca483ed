import TLS

/// What a user is told when something is wrong: what it is, and what to do.
enum Complaint {
    static func advice(on error: any Error) -> String {
        switch error {
        case TLSError.file(let path, let problem):
            "\(path) \(problem); scripts/make-certs makes a certificate and key for local use"
        default:
            "\(error)"
        }
    }
}
