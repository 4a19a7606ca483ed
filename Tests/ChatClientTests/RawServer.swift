import ChatClient
import Glibc
import NIOCore
import NIOPosix
import NIOTLS
import TLS
import TLSNIO
import TestKit

/// A TLS server that says what a test wants it to, and ends the connection as the test wants it to.
struct RawServer {
    enum End {
        case closeNotify, fin, reset
        /// It goes on listening.
        case none
    }

    let endpoint: Endpoint

    /// Runs `body` with a server that greets the first who enters with `greeting`.
    static func run(
        _ identity: TLSIdentity? = nil,
        saying greeting: [UInt8] = [],
        then end: End = .none,
        _ body: (RawServer) async throws -> Void
    ) async throws {
        let context = try TLSContext(.server(identity ?? CertificateFixtures.shared.server))
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = TLSHandler(session: try TLSSession(server: context))
                    try channel.pipeline.syncOperations.addHandlers([tls, Greeter(greeting, end)])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(RawServer(endpoint: Endpoint(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)))
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    func connect() async throws -> ChatConnection {
        let trust = try CertificateFixtures.shared.ca
        return try await ChatConnection.connect(
            to: endpoint,
            expecting: .dns("localhost"),
            tls: TLSContext(.client(trust: trust))
        )
    }
}

/// Says its greeting after the handshake.
private final class Greeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let greeting: [UInt8]
    private let end: RawServer.End

    init(_ greeting: [UInt8], _ end: RawServer.End) {
        self.greeting = greeting
        self.end = end
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted = event else { return }
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: greeting)), promise: nil)
        guard let below = try? context.pipeline.syncOperations.context(handlerType: TLSHandler.self) else {
            preconditionFailure("a greeter without TLS")
        }
        switch end {
        case .none: break
        case .closeNotify: context.close(promise: nil)
        case .fin: below.close(mode: .output, promise: nil)
        case .reset:
            let abortive = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(abortive)
            below.close(promise: nil)
        }
    }
}
