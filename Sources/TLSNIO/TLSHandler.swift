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

    // What is shared with TLSHandler+Sending.swift, and with nobody else. First what every send looks at, side by side.
    let session: TLSSession
    var state = TLSConnectionState()
    /// How the peer's side of the session ended, which the application may be about to hear.
    var end: TLSOutcome.End?
    /// How many writes the channel has not completed.
    var unsent = 0
    /// The channel's, while it is active and no write has failed, if it has one.
    var socket: DirectSocket?
    /// Whether anything is held.
    private(set) var isHolding = false
    /// What was written before the handshake was complete.
    var held = CircularBuffer<(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)>(initialCapacity: 0) {
        didSet { isHolding = !held.isEmpty }
    }

    var context: ChannelHandlerContext?
    let deadlines: TLSDeadlines
    var closing: EventLoopPromise<Void>?
    var deadline: Scheduled<Void>?
    /// How many writes the channel has completed.
    var completed = 0
    /// How many of the unsent are the session's own: answers to the peer's key updates, when all is well.
    var answers = 0
    /// The application has asked for bytes and got none so far.
    private(set) var owesRead = false
    /// Where it waits with what comes for the handshake; nil once that is complete, and if it need not wait.
    var turns: HandshakeTurns?
    var wait: Wait?
    /// How often it has answered what came for the handshake.
    var flights = 0

    /// - Parameter turns: for a server, whose handshakes wait for their turns there.
    public init(session: TLSSession, deadlines: TLSDeadlines = TLSDeadlines(), turns: HandshakeTurns? = nil) {
        self.session = session
        self.deadlines = deadlines
        self.turns = turns
    }

    /// What the two ends agreed on; nil until the handshake is complete.
    public var agreement: TLSAgreement? { session.agreement }

    /// See ``TLS/TLSSession/exportKeyingMaterial(label:count:)``.
    public func exportKeyingMaterial(label: String, count: Int) throws(TLSError) -> [UInt8] {
        try session.exportKeyingMaterial(label: label, count: count)
    }

    /// The channel's socket, to be asked things and not to be changed; nil while there is none, and once it is no good.
    public var descriptor: NIOBSDSocket.Handle? { socket?.descriptor }

    // MARK: Beginning and end

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { start(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        socket = nil
        leaveLine()
        cancelDeadline()
        _ = state.inactive()
        failHeld(with: ChannelError.ioOnClosedChannel)
        closing?.succeed()
        closing = nil
    }

    public func channelActive(context: ChannelHandlerContext) {
        // First, because all that comes of the handshake, and be it the end, has to come after it.
        context.fireChannelActive()
        start(context)
    }

    public func channelInactive(context: ChannelHandlerContext) {
        socket = nil
        leaveLine()
        cancelDeadline()
        let action = state.inactive()
        failHeld(with: ChannelError.ioOnClosedChannel)
        if action == .reportTruncation { context.fireErrorCaught(TLSError.truncated) }
        closing?.succeed()
        closing = nil
        context.fireChannelInactive()
    }

    private func start(_ context: ChannelHandlerContext) {
        guard state.start() else { return }
        socket = DirectSocket(of: context)
        setDeadline(deadlines.handshake, .handshake, context)
        // A client speaks first.
        receive(RawSpan(), context)
        context.read()
    }

    /// The channel's, or any while there is none.
    var allocator: ByteBufferAllocator { context?.channel.allocator ?? ByteBufferAllocator() }

    // MARK: From the socket

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state.wantsCiphertext, end == nil else { return }
        let ciphertext = unwrapInboundIn(data)
        if let turns { return wait(with: ciphertext, for: turns, context) }
        receive(ciphertext.readableBytesSpan, context)
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if wait == nil, owesRead || state.readsOnItsOwn { context.read() }
    }

    public func read(context: ChannelHandlerContext) {
        owesRead = true
        if wait == nil { context.read() }
    }

    /// The socket's own error says why it ends, so the truncation that follows from it is not told.
    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        state.cutOff()
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        // FIN, in a channel that allows half-closure. Anybody can send one; only close_notify ends what the peer says.
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Gives ciphertext to the session, tells the application what came of it, and sends what the session answers.
    ///
    /// The answer is written at once, because sessions may share an output, and flushed last, because a flush that fails
    /// makes the channel read what is left and close, all in here.
    func receive(_ ciphertext: RawSpan, _ context: ChannelHandlerContext) {
        let outcome = session.take(ciphertext, allocator: allocator)
        end = outcome.end
        var isFlushNeeded = writeOutput(context)
        if outcome.isEstablished, state.established() {
            turns = nil
            cancelDeadline()
            if writeHeld(context) { isFlushNeeded = true }
            let negotiated = session.applicationProtocol
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
        if isFlushNeeded { context.flush() }
        // Application data the channel can hold back; what the session answers it cannot.
        if answers > Self.mostAnswers { failed(TLSTimeout.answers, context) }
    }

    private static let mostAnswers = 100

    private func peerClosed(_ context: ChannelHandlerContext) {
        switch state.peerClosed() {
        case .tell: context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .finish:
            context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
            closeWhenSent(context)
        case .ignore: break
        }
    }

    func failed(_ error: any Error, _ context: ChannelHandlerContext) {
        switch state.failed() {
        case .report:
            failHeld(with: error)
            context.fireErrorCaught(error)
            linger(context)
        case .ignore: break
        }
    }

    // MARK: Deadlines

    func setDeadline(_ time: TimeAmount, _ timeout: TLSTimeout, _ context: ChannelHandlerContext) {
        cancelDeadline()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let before = completed
        deadline = context.eventLoop.scheduleTask(in: time) { bound.value.expired(timeout, sentBefore: before) }
    }

    private func cancelDeadline() {
        deadline?.cancel()
        deadline = nil
    }

    private func expired(_ timeout: TLSTimeout, sentBefore: Int) {
        guard let context else { return }
        deadline = nil
        if timeout == .shutdown, unsent > 0, completed > sentBefore {
            // It is slow, but it still takes what we had to say.
            return setDeadline(deadlines.shutdown, .shutdown, context)
        }
        if state.expired() == .report {
            failHeld(with: timeout)
            context.fireErrorCaught(timeout)
        }
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension TLSHandler: Sendable {}
