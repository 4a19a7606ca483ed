import ArgumentParser
import ChatClient
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
            Lines from standard input go to the room, and what the room says goes to standard output. The end of input \
            leaves the room. The server's certificate has to be from an authority that this system trusts, or that --ca \
            names, and for the host that you connect to.
            """,
        version: "conclave \(conclaveVersion) with \(OpenSSL.version)"
    )

    @Argument(help: ArgumentHelp("Where the room is.", valueName: "host[:port]"), transform: endpoint(of:))
    var server = Endpoint(host: "localhost")

    @Option(help: ArgumentHelp("Trust the authorities in this PEM file, and no others.", valueName: "file"))
    var ca: String?

    @Option(
        help: ArgumentHelp("The name that the certificate has to be for, if it is not the host's.", valueName: "name")
    )
    var serverName: String?

    @Option(help: ArgumentHelp("Take this name.", valueName: "name"), transform: nickname(of:))
    var nick: Nickname?

    @Option(help: ArgumentHelp("Go to this room, and not to #lobby.", valueName: "room"), transform: room(of:))
    var room: RoomName?

    @Flag(help: "Believe any certificate. Whoever sits between you and the server can then read and change everything.")
    var dangerouslyAcceptAnyCertificate = false

    func validate() throws {
        if ca != nil, dangerouslyAcceptAnyCertificate {
            throw ValidationError("--ca and --dangerously-accept-any-certificate exclude each other")
        }
        if TLSPeerName(serverName ?? server.host) == nil {
            throw ValidationError("'\(serverName ?? server.host)' is not a host name or an IP address")
        }
    }

    func run() async throws {
        let trust: TLSTrust =
            if dangerouslyAcceptAnyCertificate {
                .dangerouslyAcceptAny
            } else if let ca {
                .authorities(file: ca)
            } else {
                .system
            }
        let tls = try TLSContext(.client(trust: trust))
        guard let name = TLSPeerName(serverName ?? server.host) else { preconditionFailure("validated before") }
        let connection = try await ChatConnection.connect(to: server, expecting: name, tls: tls)
        let (input, output) = (StandardInput(), StandardOutput())
        try await LineClient(connection, as: nick, in: room).run(
            input: { try await input.next() },
            output: { try await output.write($0) }
        )
    }

    private static func nickname(of text: String) throws -> Nickname {
        do {
            return try Nickname(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private static func room(of text: String) throws -> RoomName {
        do {
            return try RoomName(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func main() { runProgram(advice: Complaint.advice(on:)) }

    private static func endpoint(of text: String) throws -> Endpoint {
        guard let endpoint = Endpoint(text) else {
            throw ValidationError("'\(text)' is not HOST or HOST:PORT; an IPv6 address with a port stands in brackets")
        }
        return endpoint
    }
}
