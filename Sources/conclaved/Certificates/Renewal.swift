import ChatServer
import ServiceLifecycle
import UnixSignals

/// Reads the certificates again at each SIGHUP.
struct Renewal: Service {
    private let server: Server
    private let signals: UnixSignalsSequence

    /// - Parameter signals: of SIGHUP, which kills the process until they are trapped.
    init(_ server: Server, at signals: UnixSignalsSequence) {
        self.server = server
        self.signals = signals
    }

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() { await server.reloadCertificates() }
    }
}
