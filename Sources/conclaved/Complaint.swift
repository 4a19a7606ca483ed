import CommandKit
import Glibc
import TLS

/// What a user is told when something is wrong: what it is, and what to do.
enum Complaint {
    static func advice(on error: any Error) -> String {
        switch error {
        case TLSError.file(let path, let problem):
            "\(path) \(problem); \(remedy(problem))"
        case LinkCommand.Problem.noHost:
            "the certificate has no name that could stand in a link; give one with --host"
        case LinkCommand.Problem.tooLongForCode(let count):
            "the link of \(count) bytes is too long for a code of \(QRCode.longest); print it without --qr"
        case LinkCommand.Problem.link(let problem):
            "\(problem)"
        case ReachOptions.Problem.uselessKey(let file):
            "\(file) holds a key whose signature clients would not take: it may be ECDSA on P-256, P-384 or P-521, Ed25519, "
                + "Ed448, or RSA with 2048 to 4096 bits; 'conclaved new-key' makes one"
        case NewKey.Problem.exists(let file):
            "\(file) is there already, and is not overwritten; choose another name"
        case NewKey.Problem.cannotWrite(let file, let number):
            "cannot write \(file): \(String(cString: strerror(number)))"
        case Terminal.Problem.cannotPrint(let number):
            "cannot print: \(String(cString: strerror(number)))"
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
        case .encryptedKey:
            "give its passphrase with --key-passphrase-file, or decrypt it with: openssl pkey -in KEY -out NEWKEY"
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
