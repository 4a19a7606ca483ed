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
            Without a subcommand it is chat that runs: 'conclave chat --help' lists its options. A \
            server is believed if it has the key that --pin or the link names; else the one that it is known by; else if \
            an authority that this system trusts, or that --ca names, vouches for it; else you are asked.

            Exit status: 0 all went well; 1 the server refused something, or ended the connection; 64 wrong usage; 69 the \
            server cannot be reached, or was lost; 76 what answered does not speak TLS, or not this protocol; 77 it \
            is not believed to be who it should be; 78 the file of settings is wrong.
            """,
        version: "conclave \(conclaveVersion) with \(OpenSSL.version)",
        subcommands: [ChatCommand.self, SendCommand.self, TailCommand.self, TrustCommand.self, IdentityCommand.self],
        defaultSubcommand: ChatCommand.self
    )

    static func main() { runProgram(advice: Complaint.advice(on:), status: Complaint.status(of:)) }
}
