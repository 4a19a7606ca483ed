public import NIOCore

/// What an `EmbeddedChannel` lacks of a socket: half-closure, a kernel that takes no more, reads that have to be asked
/// for, and connections that break. It goes first into the pipeline.
public final class EmbeddedSocket: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    public private(set) var isClosed = false
    /// Our FIN is behind everything that was sent.
    public private(set) var hasSentFIN = false
    /// Somebody has called `read()` since bytes came last.
    public private(set) var readIsPending = false

    /// Whether the channel asks for more whenever nobody else has.
    public var autoRead = true
    /// Whether the peer's FIN leaves the channel open.
    public var allowsHalfClosure = false
    /// Whether the kernel takes nothing.
    public var isFull = false {
        didSet { drain() }
    }
    /// If not nil, the next flush finds the connection broken. A channel then reads what is left, which is this, and
    /// closes, all before the flush returns.
    public var leftoverOfBrokenConnection: [UInt8]?

    private var context: ChannelHandlerContext?
    private var queue: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var flushedCount = 0
    private var taken: [UInt8] = []
    private var isEnding = false
    private var ended: [EventLoopPromise<Void>] = []

    public init() {}

    // MARK: The test's side

    /// Takes what was sent.
    public func takeSent() -> [UInt8] {
        defer { taken = [] }
        return taken
    }

    /// Lets bytes arrive, all in one read.
    public func deliver(_ bytes: [UInt8]) {
        guard let context, !isClosed else { return }
        readIsPending = false
        context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: bytes)))
        context.fireChannelReadComplete()
        readIfNeeded()
    }

    /// Lets the peer's FIN arrive.
    public func deliverFIN() {
        guard let context, !isClosed else { return }
        context.fireChannelReadComplete()
        if allowsHalfClosure {
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            close(context: context, mode: .all, promise: nil)
        }
    }

    /// Lets reading fail, for instance with a reset.
    public func fail(_ error: any Error) {
        guard let context, !isClosed else { return }
        context.fireErrorCaught(error)
        close(context: context, mode: .all, promise: nil)
    }

    // MARK: The channel's side

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    public func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        readIfNeeded()
    }

    public func read(context: ChannelHandlerContext) {
        readIsPending = !isClosed
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isClosed || isEnding {
            promise?.fail(isClosed ? ChannelError.ioOnClosedChannel : ChannelError.outputClosed)
        } else {
            queue.append((unwrapOutboundIn(data), promise))
        }
    }

    public func flush(context: ChannelHandlerContext) {
        guard !isClosed else { return }
        flushedCount = queue.count
        if let leftover = leftoverOfBrokenConnection {
            leftoverOfBrokenConnection = nil
            if !leftover.isEmpty { deliver(leftover) }
            close(context: context, mode: .all, promise: nil)
        } else {
            drain()
        }
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .input: promise?.fail(ChannelError.operationUnsupported)
        case .output where hasSentFIN || isClosed: promise?.fail(ChannelError.outputClosed)
        case .output:
            isEnding = true
            if let promise { ended.append(promise) }
            drain()
        case .all where isClosed: promise?.fail(ChannelError.alreadyClosed)
        case .all:
            isClosed = true
            let waiting = queue.compactMap(\.promise) + ended
            (queue, ended, flushedCount) = ([], [], 0)
            for promise in waiting { promise.fail(ChannelError.ioOnClosedChannel) }
            context.close(promise: promise)
        }
    }

    private func drain() {
        while !isFull, flushedCount > 0 {
            let (bytes, promise) = queue.removeFirst()
            flushedCount -= 1
            taken += bytes.readableBytesView
            promise?.succeed()
        }
        guard isEnding, !hasSentFIN, !isClosed, queue.isEmpty else { return }
        hasSentFIN = true
        let promises = ended
        ended = []
        for promise in promises { promise.succeed() }
        context?.fireUserInboundEventTriggered(ChannelEvent.outputClosed)
    }

    private func readIfNeeded() {
        guard let context, autoRead, !readIsPending, !isClosed else { return }
        context.pipeline.syncOperations.read()
    }
}

@available(*, unavailable)
extension EmbeddedSocket: Sendable {}
