import ChatClient
import NIOCore
import NIOPosix
import Synchronization

/// Stands between clients and a server, and breaks their connections when a test wants it to.
final class Relay: Sendable {
    let endpoint: Endpoint
    private let listener: any Channel
    private let open: Connections

    private final class Connections: Sendable {
        private let channels = Mutex<[any Channel]>([])
        /// Whether who is connected hears of what happens to the other side.
        let tells = Atomic(true)

        func add(_ channel: any Channel) { channels.withLock { $0.append(channel) } }

        func take() -> [any Channel] {
            channels.withLock { channels in
                defer { channels = [] }
                return channels
            }
        }
    }

    /// Runs `body` with a relay to a port of this machine.
    static func run(to port: Int, _ body: (Relay) async throws -> Void) async throws {
        let open = Connections()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { $0.pipeline.addHandler(Forward(to: client, open)) }
                    .connect(host: "127.0.0.1", port: port)
                    .flatMap { server in
                        open.add(client)
                        return client.pipeline.addHandler(Forward(to: server, open))
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let relay = Relay(listener, open)
        do {
            try await body(relay)
        } catch {
            try await relay.stop()
            throw error
        }
        try await relay.stop()
    }

    private init(_ listener: any Channel, _ open: Connections) {
        self.listener = listener
        self.open = open
        endpoint = Endpoint(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
    }

    /// Breaks all connections, without a word in TLS.
    /// - Parameter tellingServer: if not, the server's side stays open.
    func cut(tellingServer: Bool = true) async {
        open.tells.store(tellingServer, ordering: .relaxed)
        for channel in open.take() { try? await channel.close() }
    }

    private func stop() async throws {
        try await listener.close()
        await cut()
    }

    private final class Forward: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let open: Connections

        init(to other: any Channel, _ open: Connections) {
            self.other = other
            self.open = open
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            other.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            if open.tells.load(ordering: .relaxed) { other.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
