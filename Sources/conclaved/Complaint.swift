import TLS

/// What a user is told when something is wrong: what it is, and what to do.
enum Complaint {
    static func advice(on error: any Error) -> String {
        switch error {
        case TLSError.file(let path, let problem):
            "\(path) \(problem); \(remedy(problem))"
        case Credentials.Problem.expired(let file):
            "the certificate in \(file) has expired; renew it, a local one with scripts/make-certs --force"
        case Credentials.Problem.notYetValid(let file):
            "the certificate in \(file) is not valid yet; check this machine's clock"
        default:
            "\(error)"
        }
    }

    private static func remedy(_ problem: TLSError.FileProblem) -> String {
        switch problem {
        case .unreadable:
            "check the path and who may read it; scripts/make-certs makes a certificate and key for local use"
        case .noCertificate: "give the certificate to --cert, in PEM form"
        case .noKey: "give the private key to --key, in PEM form"
        case .encryptedKey: "decrypt it with: openssl pkey -in KEY -out NEWKEY"
        case .wrongPassphrase: "try it with: openssl pkey -in KEY -noout"
        case .noPassphrase: "write the passphrase into it, and nothing before it"
        case .noRevocations: "give a revocation list (CRL) in PEM form"
        case .unwritable: "check the path, and who may write there"
        case .keyMismatch: "give each --cert the --key that it was made with"
        case .sameKeyType: "give one pair for each type: one ECDSA and one RSA, say"
        case .refused: "make a new one; scripts/make-certs shows how"
        }
    }
}
