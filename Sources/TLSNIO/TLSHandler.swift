public import NIOCore
internal import NIOTLS
public import TLS

/// Runs a ``TLSSession`` in a channel: ciphertext on the socket's side, plaintext on the application's.
///
/// It says what happens as other TLS handlers for NIO do: `TLSUserEvent.handshakeCompleted` when plaintext may flow,
/// `ChannelEvent.inputClosed` when the peer has said close_notify (and may still be listening),
/// `TLSUserEvent.shutdownCompleted` when both have said it, and ``TLSError`` or ``TLSTimeout`` through `errorCaught`.
///
/// - `close()` says close_notify and FIN, then waits for the peer to close, for ``TLSDeadlines/shutdown`` at most.
/// - `close(mode: .output)` says close_notify and goes on listening.
/// - Back-pressure: what is written counts as the channel's pending bytes, so `isWritable` means what it says; and as
///   long as nobody calls `read()` nothing is taken from the socket, except in the handshake and while closing.
public final class TLSHandler: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    let session: TLSSession
    let deadlines: TLSDeadlines
    var state = TLSConnectionState()
    var context: ChannelHandlerContext?

    /// What was written before the handshake was complete.
    private var held = CircularBuffer<(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)>(initialCapacity: 0)
    private var closing: EventLoopPromise<Void>?
    private var deadline: Scheduled<Void>?
    /// The application has asked for bytes and got none so far.
    private var owesRead = false

    public init(session: TLSSession, deadlines: TLSDeadlines = TLSDeadlines()) {
        self.session = session
        self.deadlines = deadlines
    }

    /// What the two ends agreed on; nil until the handshake is complete.
    public var agreement: TLSAgreement? { session.agreement }

    // MARK: Beginning and end

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { start(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        failHeld(with: ChannelError.ioOnClosedChannel)
        closing?.succeed()
        closing = nil
        self.context = nil
    }

    public func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    public func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        let action = state.inactive()
        failHeld(with: ChannelError.ioOnClosedChannel)
        if action == .reportTruncation { context.fireErrorCaught(TLSError.truncated) }
        closing?.succeed()
        closing = nil
        context.fireChannelInactive()
    }

    private func start(_ context: ChannelHandlerContext) {
        guard state.start() else { return }
        setDeadline(deadlines.handshake, .handshake, context)
        // A client speaks first.
        receive(RawSpan(), context)
        context.read()
    }

    // MARK: From the socket

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state.wantsCiphertext else { return }
        let ciphertext = unwrapInboundIn(data)
        receive(ciphertext.readableBytesSpan, context)
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if owesRead || state.readsOnItsOwn { context.read() }
    }

    public func read(context: ChannelHandlerContext) {
        owesRead = true
        context.read()
    }

    /// Gives ciphertext to the session, sends what it answers, then tells the application what came of it.
    private func receive(_ ciphertext: RawSpan, _ context: ChannelHandlerContext) {
        let outcome = session.take(ciphertext, allocator: context.channel.allocator)
        sendOutput(context)
        if outcome.isEstablished {
            deadline?.cancel()
            deadline = nil
            state.established()
            sendHeld(context)
            let negotiated = session.agreement?.applicationProtocol
            context.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: negotiated))
        }
        if let plaintext = outcome.plaintext, state.wantsPlaintext {
            owesRead = false
            context.fireChannelRead(wrapInboundOut(plaintext))
        }
        switch outcome.end {
        case nil: break
        case .closed: peerClosed(context)
        case .failed(let error): failed(error, context)
        }
    }

    private func peerClosed(_ context: ChannelHandlerContext) {
        switch state.peerClosed() {
        case .tell: context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .finish:
            context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
            session.close()
            sendOutput(context)
            context.close(promise: nil)
        case .ignore: break
        }
    }

    private func failed(_ error: any Error, _ context: ChannelHandlerContext) {
        switch state.failed() {
        case .report:
            failHeld(with: error)
            linger(context)
            context.fireErrorCaught(error)
        case .ignore: break
        }
    }

    // MARK: From the application

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let plaintext = unwrapOutboundIn(data)
        switch state.write {
        case .hold: held.append((plaintext, promise))
        case .encrypt: encrypt(plaintext.readableBytesSpan, promise, context)
        case .refuse: promise?.fail(ChannelError.outputClosed)
        }
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch state.close(mode) {
        case .abort: context.close(promise: promise)
        case .sayCloseNotify:
            session.close()
            sendOutput(context)
            promise?.succeed()
        case .sayGoodbye:
            join(promise, context)
            session.close()
            sendOutput(context)
            linger(context)
        case .join: join(promise, context)
        case .refuse: promise?.fail(ChannelError.operationUnsupported)
        }
    }

    private func join(_ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        guard let promise else { return }
        if let closing {
            closing.futureResult.cascade(to: promise)
        } else {
            closing = promise
        }
    }

    /// Closes the socket now, without a word to the peer: for one that would not listen.
    public func abort() {
        context?.close(promise: nil)
    }

    /// Encrypts `plaintext` and sends it at once: the short way for a caller on the channel's event loop that has bytes
    /// and no buffer to hand over. Does nothing unless the connection is open.
    public func send(_ plaintext: RawSpan) {
        guard let context, state.write == .encrypt else { return }
        encrypt(plaintext, nil, context)
        context.flush()
    }

    private func encrypt(_ plaintext: RawSpan, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        do {
            try session.send(plaintext)
        } catch {
            promise?.fail(error)
            failed(error, context)
            return
        }
        let ciphertext = session.output.take { context.channel.allocator.buffer(copying: $0) }
        context.write(wrapOutboundOut(ciphertext), promise: promise)
    }

    private func sendHeld(_ context: ChannelHandlerContext) {
        guard !held.isEmpty else { return }
        while let (bytes, promise) = held.popFirst() { encrypt(bytes.readableBytesSpan, promise, context) }
        context.flush()
    }

    private func failHeld(with error: any Error) {
        while let (_, promise) = held.popFirst() { promise?.fail(error) }
    }

    // MARK: Shared by both

    /// Sends what the session wants to say for itself: handshake messages, alerts, close_notify.
    private func sendOutput(_ context: ChannelHandlerContext) {
        guard !session.output.isEmpty else { return }
        let ciphertext = session.output.take { context.channel.allocator.buffer(copying: $0) }
        context.writeAndFlush(wrapOutboundOut(ciphertext), promise: nil)
    }

    /// Our last word is out: FIN behind it, and then until the peer has closed, or the deadline comes, nothing.
    private func linger(_ context: ChannelHandlerContext) {
        setDeadline(deadlines.shutdown, .shutdown, context)
        context.close(mode: .output, promise: nil)
        context.read()
    }

    private func setDeadline(_ time: TimeAmount, _ timeout: TLSTimeout, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: time) { bound.value.expired(timeout) }
    }

    private func expired(_ timeout: TLSTimeout) {
        guard let context else { return }
        deadline = nil
        if state.failed() == .report { context.fireErrorCaught(timeout) }
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension TLSHandler: Sendable {}
