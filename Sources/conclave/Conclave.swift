import ArgumentParser
import ChatCore
import CommandKit
import TLS

/// The client's command line.
@main
struct Conclave: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conclave",
        abstract: "Enter a chat room behind TLS.",
        discussion: """
            Without a subcommand it is chat that runs: 'conclave chat --help' lists its options. The server's certificate has to be from an authority that this system trusts, or \
            that --ca names, and for the host that you connect to.

            Exit status: 0 all went well; 1 the server refused something, or ended the connection; 64 wrong usage; 69 the \
            server cannot be reached, or was lost; 76 what answered does not speak TLS, or not this protocol; 77 its \
            certificate is not accepted.
            """,
        version: "conclave \(conclaveVersion) with \(OpenSSL.version)",
        subcommands: [ChatCommand.self, SendCommand.self, TailCommand.self],
        defaultSubcommand: ChatCommand.self
    )

    static func main() { runProgram(advice: Complaint.advice(on:), status: Complaint.status(of:)) }
}
