internal import ChatWire
internal import NIOCore
internal import NIOPosix
public import TLS

/// A TLS server that asks for a certificate, says nothing, and notes all that its clients let it know.
///
/// It shares no code with our own end of TLS: what it has not seen, nobody on that side of the connection has.
public final class WatchingServer: Sendable {
    /// What came of one connection, from its beginning to its end.
    public struct Visit: Sendable, Equatable {
        /// Whether the client has ended its side of the handshake.
        public var isEstablished: Bool
        /// SHA-256 of the client's certificate; empty: it showed none.
        public var certificate: [UInt8]
        /// The application data that came.
        public var plaintext: [UInt8]
        /// The types of the client's handshake messages (RFC 8446, section 4).
        public var messages: [UInt8]
        /// What its end of the connection derives for ``ChatWire/VerificationWords``; empty before the handshake.
        public var exported: [UInt8]

        /// What whoever is not believed may be told: that somebody wants to connect, and to which host.
        public var isOnlyHello: Bool {
            !isEstablished && certificate.isEmpty && plaintext.isEmpty && messages == [Self.clientHello]
        }

        private static let clientHello: UInt8 = 1
    }

    public let port: Int
    private let ended: AsyncStream<Visit>

    /// - Parameter version: the newest that it speaks.
    public static func run(
        _ identity: TLSIdentity,
        upTo version: TLSVersion = .v1_3,
        _ body: (WatchingServer) async throws -> Void
    ) async throws {
        let (ended, end) = AsyncStream.makeStream(of: Visit.self)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Watch(identity, version) { end.yield($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(WatchingServer(port: channel.localAddress?.port ?? 0, ended))
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private init(port: Int, _ ended: AsyncStream<Visit>) {
        self.port = port
        self.ended = ended
    }

    /// Waits for the next connection that ends.
    public func visit() async -> Visit? {
        await ended.first { _ in true }
    }
}

/// Runs a ``RawTLSPeer`` on a socket.
private final class Watch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let peer: RawTLSPeer
    private let report: (WatchingServer.Visit) -> Void

    init(
        _ identity: TLSIdentity,
        _ version: TLSVersion,
        _ report: @escaping (WatchingServer.Visit) -> Void
    ) throws {
        peer = try RawTLSPeer.server(identity, ["VerifyMode": "Request", "MaxProtocol": "\(version)"])
        self.report = report
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        peer.receive(Array(unwrapInboundIn(data).readableBytesView))
        let answer = peer.takeOutput()
        if !answer.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        report(
            WatchingServer.Visit(
                isEstablished: peer.isEstablished,
                certificate: peer.peerFingerprint,
                plaintext: peer.plaintext,
                messages: peer.messages,
                exported: peer.isEstablished
                    ? peer.keyingMaterial(label: VerificationWords.label, count: VerificationWords.exportedCount) : []
            )
        )
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
