import ArgumentParser
import ChatClient
import ChatCore
import TLS

/// `conclave trust`: whose keys are known.
struct TrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Show, keep and forget the keys that servers are known by.",
        discussion: """
            They are kept in ~/.config/conclave/known_hosts, one server a line. A server of which a key is kept has to \
            have it, whatever an authority says.
            """,
        subcommands: [List.self, Add.self, Remove.self],
        defaultSubcommand: List.self
    )

    static func file() throws -> KnownHostsFile {
        guard let directory = ConfigDirectory.standard else { throw NoHome() }
        return directory.knownHosts
    }

    struct NoHome: Error, CustomStringConvertible {
        let description = "there is nowhere to keep keys: neither HOME nor XDG_CONFIG_HOME is set"
    }

    struct NotKnown: Error, CustomStringConvertible {
        let description: String
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the servers that are known, and their keys.")

        func run() async throws {
            let output = StandardOutput()
            try await output.write(try await TrustCommand.file().read().hosts.map { CleanText("\($0)") })
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget a server and all its keys.")

        @Argument(help: ArgumentHelp("The server.", valueName: "host[:port]"), transform: Reading.endpoint(of:))
        var server: Endpoint

        func run() async throws {
            let host = HostPort(server)
            guard let known = try await TrustCommand.file().update({ $0.remove(host) }) else {
                throw NotKnown(description: "no key of \(host) is kept; conclave trust list shows what is")
            }
            try await StandardOutput().write([CleanText("forgotten: \(known)")])
        }
    }
}
