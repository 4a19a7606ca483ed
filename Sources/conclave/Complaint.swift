import ArgumentParser
import ChatClient
import Glibc
import TLS

/// What a user sees when something is wrong: one line, with what to do.
enum Complaint {
    /// Prints what the error means and says with which status to exit; `--help` and `--version` come this way too.
    static func tell(_ error: any Error) -> Int32 {
        let code = Conclave.exitCode(for: error)
        if code.isSuccess {
            print(Conclave.fullMessage(for: error))
            return 0
        }
        if code == .validationFailure {
            let message = Conclave.message(for: error).split(separator: "\n").joined(separator: " ")
            warn("\(message); see 'conclave --help'")
            return EX_USAGE
        }
        warn(advice(on: error))
        return EXIT_FAILURE
    }

    private static func warn(_ message: String) {
        let line = Array("conclave: \(message)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)  // there is nowhere to complain if this fails
    }

    private static func advice(on error: any Error) -> String {
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
