import ArgumentParser
import ChatCore
import CommandKit
import TLS

/// The command line of the measuring tool.
@main
struct ConclaveBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conclave-bench",
        abstract: "Measure a chat server behind TLS.",
        discussion: """
            `load` drives a server with many clients. `floor` is the least that a server can do with the same TLS: \
            whatever conclaved takes more than that is its own. `table` runs the standard loads against both, and says \
            which targets are met; scripts/bench builds all that is needed and runs it.
            """,
        version: "conclave-bench \(conclaveVersion) with \(OpenSSL.version)",
        subcommands: [LoadCommand.self, FloorCommand.self, TableCommand.self]
    )

    static func main() { runProgram(advice: Complaint.advice(on:)) }
}
