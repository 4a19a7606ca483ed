import ArgumentParser
import ChatCore
import Glibc
import TLS

/// Makes a key, as the next one of a server.
struct NewKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-key",
        abstract: "Make a private key, and print its fingerprint.",
        discussion: """
            It is for --next-key, and later, with a certificate that was made for it, for --key. The file is for nobody but \
            its owner.
            """
    )

    enum Problem: Error, Equatable {
        case exists(String)
        /// With the `errno`.
        case cannotWrite(String, Int32)
    }

    @Argument(help: ArgumentHelp("Where to put it; nothing is overwritten.", valueName: "file"))
    var file: String

    func run() throws {
        let key = try TLSKey.generate(.p256)
        try Self.write(Array(key.pem.utf8), to: file)
        if let pin = KeyFingerprint(key.fingerprint) { print(pin) }
        guard fflush(nil) == 0 else { throw Terminal.Problem.cannotPrint(errno) }
    }

    private static func write(_ bytes: [UInt8], to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? Problem.exists(file) : .cannotWrite(file, errno) }
        let written = Glibc.write(descriptor, bytes, bytes.count)
        let problem = written == bytes.count && fsync(descriptor) == 0 ? nil : Problem.cannotWrite(file, errno)
        close(descriptor)
        if let problem {
            unlink(file)
            throw problem
        }
    }
}
