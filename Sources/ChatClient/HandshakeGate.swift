internal import NIOCore
internal import NIOTLS
internal import TLS
internal import TLSNIO

/// Tells how the TLS handshake ended: with an agreement, or with the first error.
final class HandshakeGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let tls: TLSHandler
    private let done: EventLoopPromise<TLSAgreement>

    init(_ tls: TLSHandler, _ done: EventLoopPromise<TLSAgreement>) {
        self.tls = tls
        self.done = done
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event, let agreement = tls.agreement { done.succeed(agreement) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.fireErrorCaught(error)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Only the first outcome counts.
        done.fail(ChannelError.eof)
    }
}
