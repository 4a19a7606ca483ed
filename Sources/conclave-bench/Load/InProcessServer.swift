import ChatServer
import Logging
import TLS

/// The chat server in this process, for a profiler or a debugger that likes to see one process only.
struct InProcessServer {
    private let server: Server
    let address: ListenAddress

    /// Listens on a port of 127.0.0.1 that the system picks, and logs nothing.
    static func start(_ identity: TLSIdentity, threads: Int) async throws -> InProcessServer {
        var configuration = ServerConfiguration(
            listen: [ListenAddress(host: "127.0.0.1", port: 0)],
            tls: try TLSContext(.server(identity)),
            threads: threads
        )
        // A load says as much as the server takes.
        configuration.limits.messageRate = 0
        let logger = Logger(label: "server") { _ in SwiftLogNoOpLogHandler() }
        let server = try await Server.start(configuration, logger: logger)
        guard let address = server.addresses.first else {
            throw BenchError.program("the server", problem: "does not say where it listens")
        }
        return InProcessServer(server: server, address: address)
    }

    func stop() async { await server.drain() }
}
