public import ChatServer
public import Logging
public import TLS

/// A real server on a port of its own, for the time of one test, and the way into it.
public struct TestRoom: Sendable {
    public let server: Server
    public let port: Int
    /// For clients that trust the server's authority.
    public let tls: TLSContext

    /// Runs `body` with a server, and stops the server afterwards, however `body` ends.
    /// - Parameter configure: changes the configuration before the start.
    public static func run(
        threads: Int = 2,
        configure: (inout ServerConfiguration) throws -> Void = { _ in },
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (TestRoom) async throws -> Void
    ) async throws {
        let fixtures = try CertificateFixtures.shared
        var tlsConfiguration = TLSConfiguration.server(fixtures.server)
        tlsConfiguration.applicationProtocols = ServerConfiguration.applicationProtocols
        var configuration = ServerConfiguration(
            listen: [ListenAddress(host: "127.0.0.1", port: 0)],
            tls: try TLSContext(tlsConfiguration),
            threads: threads
        )
        // Tests say what they have to say at once; the one of the rate sets it.
        configuration.limits.messageRate = 0
        try configure(&configuration)
        let server = try await Server.start(configuration, logger: logger)
        let tls = try TLSContext(.client(trust: fixtures.ca))
        do {
            try await body(TestRoom(server: server, port: server.addresses[0].port, tls: tls))
        } catch {
            await server.drain()
            throw error
        }
        await server.drain()
    }

    /// Connects and waits until the room has let us in.
    public func enter() async throws -> (peer: ChatPeer, number: Int) {
        let peer = try await connect()
        guard let number = try await peer.enter() else { throw NoWelcome() }
        return (peer, number)
    }

    public func connect(receiveBuffer: Int? = nil) async throws -> ChatPeer {
        try await ChatPeer.connect(port: port, tls: tls, receiveBuffer: receiveBuffer)
    }

    /// The server's first line was not a welcome.
    public struct NoWelcome: Error {}
}
