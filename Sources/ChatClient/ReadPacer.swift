internal import NIOCore

/// Takes together what comes in small pieces: after bytes have come, the socket is not read again for a while.
///
/// What comes after a silence passes at once, and nothing waits longer than the interval. Meanwhile it waits in the
/// kernel, so that many small pieces cost one wake-up of the event loop, and of each task behind it.
final class ReadPacer: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never

    private let interval: TimeAmount
    /// Before that nothing is read.
    private var pause: NIODeadline?
    private var later: Scheduled<Void>?

    init(interval: TimeAmount) {
        self.interval = interval
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pause = context.eventLoop.now + interval
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard let pause, pause > context.eventLoop.now else { return context.read() }
        guard later == nil else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        later = context.eventLoop.scheduleTask(deadline: pause) {
            let (pacer, context) = bound.value
            pacer.later = nil
            context.read()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        later?.cancel()
        later = nil
    }
}

@available(*, unavailable)
extension ReadPacer: Sendable {}
