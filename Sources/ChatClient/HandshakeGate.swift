internal import ChatWire
internal import NIOCore
internal import NIOTLS
internal import TLS
internal import TLSNIO

/// Tells how the TLS handshake ended: with an agreement and the channel to use, or with the first error.
///
/// The asynchronous channel is made only now: one that is let go of unused, as after a failure, ends the program.
final class HandshakeGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias Passage = (TLSAgreement, ConnectionWords, NIOAsyncChannel<ByteBuffer, ByteBuffer>)

    private let tls: TLSHandler
    private let done: EventLoopPromise<Passage>

    init(_ tls: TLSHandler, _ done: EventLoopPromise<Passage>) {
        self.tls = tls
        self.done = done
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event, let agreement = tls.agreement {
            done.completeWith(
                Result { (agreement, words, try NIOAsyncChannel(wrappingChannelSynchronously: context.channel)) }
            )
        }
        context.fireUserInboundEventTriggered(event)
    }

    private var words: ConnectionWords {
        do throws(TLSError) {
            let bytes = try tls.exportKeyingMaterial(
                label: VerificationWords.label,
                count: VerificationWords.exportedCount
            )
            return VerificationWords(exported: bytes).map { .success($0) } ?? .failure(.notOpen)
        } catch {
            return .failure(error)
        }
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
