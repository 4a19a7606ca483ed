import ArgumentParser
import ChatClient
import ChatCore
import TLS

/// Whom to believe.
struct TrustOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Trust the authorities in this PEM file, and no others.", valueName: "file"))
    var ca: String?

    @Option(
        help: ArgumentHelp("The name that the certificate has to be for, if it is not the host's.", valueName: "name")
    )
    var serverName: String?

    @Flag(help: "Believe any certificate. Whoever sits between you and the server can then read and change everything.")
    var dangerouslyAcceptAnyCertificate = false

    func validate() throws {
        if ca != nil, dangerouslyAcceptAnyCertificate {
            throw ValidationError("--ca and --dangerously-accept-any-certificate exclude each other")
        }
        if let serverName { try Self.check(serverName) }
    }

    static func check(_ name: String) throws {
        guard TLSPeerName(name) != nil else { throw ValidationError("'\(name)' is not a host name or an IP address") }
    }

    var trust: TLSTrust {
        dangerouslyAcceptAnyCertificate ? .dangerouslyAcceptAny : ca.map { .authorities(file: $0) } ?? .system
    }

    /// Whose certificate it has to be.
    func name(of server: Endpoint) -> TLSPeerName {
        guard let name = TLSPeerName(serverName ?? server.host) else { preconditionFailure("validated before") }
        return name
    }

    /// Connects over conclave/1.
    func client(of server: Endpoint) async throws -> ChatClient {
        try await ChatClient.connect(to: server, expecting: name(of: server), tls: try .structured(trust: trust))
    }
}

/// Where to go, for commands that take something else as their arguments.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where the server is.", valueName: "host[:port]"),
        transform: Reading.endpoint(of:)
    )
    var server = Endpoint(host: "localhost")

    @Option(help: ArgumentHelp("The room.", valueName: "room"), transform: Reading.room(of:))
    var room = RoomName.lobby

    @Option(help: ArgumentHelp("Take this name.", valueName: "name"), transform: Reading.nickname(of:))
    var nick: Nickname?

    @OptionGroup var trust: TrustOptions

    func validate() throws {
        if trust.serverName == nil { try TrustOptions.check(server.host) }
    }

    func connect() async throws -> ChatClient { try await trust.client(of: server) }
}

/// Arguments as values.
enum Reading {
    static func nickname(of text: String) throws -> Nickname {
        do {
            return try Nickname(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func room(of text: String) throws -> RoomName {
        do {
            return try RoomName(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func endpoint(of text: String) throws -> Endpoint {
        guard let endpoint = Endpoint(text) else {
            throw ValidationError("'\(text)' is not HOST or HOST:PORT; an IPv6 address with a port stands in brackets")
        }
        return endpoint
    }
}
