internal import ChatWire
internal import NIOCore
internal import NIOTLS
internal import TLS
internal import TLSNIO

/// Says to a connection behind its TLS handler that the server is full, and closes it.
final class TurnAway: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The server stops: nobody waits for the peer any longer.
    struct Enough: Sendable {}

    /// Five seconds for all of it: others want to be told as well.
    static let deadlines = TLSDeadlines(handshake: .seconds(3), shutdown: .seconds(2))

    private let tls: TLSHandler

    init(tls: TLSHandler) {
        self.tls = tls
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            let line = context.channel.allocator.buffer(
                bytes: Self.words(in: Dialect(tls.agreement?.applicationProtocol))
            )
            context.writeAndFlush(wrapOutboundOut(line), promise: nil)
            context.close(promise: nil)
        case is Enough: tls.abort()
        default: break
        }
    }

    private static func words(in dialect: Dialect) -> [UInt8] {
        switch dialect {
        case .text: return Array(TextCodec.full.utf8)
        case .structured:
            var bytes: [UInt8] = []
            StructuredFrame.closing(Closing(.full, "the server is full; try again later")).encode(into: &bytes)
            return bytes
        }
    }

    /// Whatever it says, nobody listens.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The TLS handler and the channel close what is broken.
    }
}
