internal import NIOCore
internal import NIOTLS

/// Reads lines on demand, one waiter at a time; between demands nothing is read from the socket.
final class PeerLines: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let ready: EventLoopPromise<Void>
    private var context: ChannelHandlerContext?
    private var held = ByteBuffer()
    private var waiter: EventLoopPromise<[String]>?
    /// How the stream ended: nil while it has not.
    private var end: Result<[String], any Error>?

    init(_ ready: EventLoopPromise<Void>) {
        self.ready = ready
    }

    /// The lines that are there, or the next ones that come; none at the end.
    func next() -> EventLoopFuture<[String]> {
        precondition(waiter == nil, "two readers wait for one line")
        let loop = ready.futureResult.eventLoop
        let lines = takeLines()
        if !lines.isEmpty { return loop.makeSucceededFuture(lines) }
        if let end { return loop.makeCompletedFuture(end) }
        let promise = loop.makePromise(of: [String].self)
        waiter = promise
        context?.read()
        return promise.futureResult
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        // If nothing has been heard of it by now, nobody could connect.
        ready.fail(ChannelError.ioOnClosedChannel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted: ready.succeed()
        case ChannelEvent.inputClosed: finish(.success([]))
        default: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        held.discardReadBytes()
        held.writeBuffer(&bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard let waiter else { return }
        let lines = takeLines()
        if lines.isEmpty {
            context.read()
        } else {
            self.waiter = nil
            waiter.succeed(lines)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ready.fail(error)
        finish(.failure(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        ready.fail(ChannelError.eof)
        finish(.success([]))
    }

    private func finish(_ result: Result<[String], any Error>) {
        if end == nil { end = result }
        guard let waiter, let end else { return }
        self.waiter = nil
        let lines = takeLines()
        if lines.isEmpty { waiter.completeWith(end) } else { waiter.succeed(lines) }
    }

    private func takeLines() -> [String] {
        guard let last = held.readableBytesView.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let whole = held.readString(length: last - held.readerIndex) ?? ""
        held.moveReaderIndex(forwardBy: 1)
        return whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
