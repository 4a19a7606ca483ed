import ArgumentParser
import CommandKit
import Glibc
import TLS

/// Makes what the operator file holds of a password.
struct HashPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-password",
        abstract: "Print the hash of a password, for the file of --operator.",
        discussion: """
            The password is asked for twice, and not shown. If standard input is no terminal, its first line is the \
            password. An operator is a line of its own in the file: a name, a space, and what this prints.
            """
    )

    func run() throws {
        var password = try NewPassword.read()
        defer { PasswordHash.wipe(&password) }
        print(try PasswordHash.make(password))
        // A disk that is full must not look like success.
        guard fflush(nil) == 0 else { throw NewPassword.Problem.system("cannot print the hash", errno) }
    }
}
