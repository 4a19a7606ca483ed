public import NIOCore
internal import NIOTLS
internal import TLS

/// What goes out: what the application writes, what the session has to say for itself, and the last word of both.
extension TLSHandler {
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let plaintext = unwrapOutboundIn(data)
        switch state.write {
        case .hold: held.append((plaintext, promise))
        // Written from inside `writeHeld`: it has to wait its turn.
        case .encrypt where isHolding: held.append((plaintext, promise))
        case .encrypt: encrypt(plaintext.readableBytesSpan, promise, context)
        case .refuse: promise?.fail(ChannelError.outputClosed)
        }
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch state.close(mode) {
        case .abort: context.close(promise: promise)
        case .sayCloseNotify:
            session.close()
            if writeOutput(context) { context.flush() }
            promise?.succeed()
        case .sayGoodbye:
            join(promise)
            session.close()
            writeOutput(context)
            linger(context)
        case .answerGoodbye:
            join(promise)
            session.close()
            writeOutput(context)
            context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
            linger(context)
        case .join: join(promise)
        case .refuse: promise?.fail(ChannelError.operationUnsupported)
        }
    }

    private func join(_ promise: EventLoopPromise<Void>?) {
        guard let promise else { return }
        if let closing {
            closing.futureResult.cascade(to: promise)
        } else {
            closing = promise
        }
    }

    /// Closes the socket now, without a word to the peer: for one that would not listen.
    public func abort() {
        state.cutOff()
        context?.close(promise: nil)
    }

    /// Encrypts `plaintext` and sends it at once: the short way for a caller on the channel's event loop that has bytes
    /// and no buffer to hand over. Does nothing unless the connection is open.
    ///
    /// This is where a chat room spends its time. It looks at as few objects as it can: with a thousand members each is
    /// out of the processor's cache when its turn comes.
    public func send(_ plaintext: RawSpan) {
        guard state.write == .encrypt else { return }
        guard !isHolding else { return hold(plaintext) }
        if case .failed = end { return }
        do {
            try session.send(plaintext)
        } catch {
            return sendingFailed(error)
        }
        if let rest = sendOutput() { queue(rest) }
    }

    /// Sends what is in the session's output straight to the socket, if nothing waits before it.
    /// - Returns: what the socket has not taken, which is then to be handed to the channel.
    private func sendOutput() -> ByteBuffer? {
        session.output.take { ciphertext in
            let sent = if unsent == 0, let socket { socket.send(ciphertext) } else { 0 }
            guard sent < ciphertext.byteCount else { return nil }
            return allocator.buffer(copying: ciphertext.extracting(droppingFirst: sent))
        }
    }

    // The rest of `send`, for when all is not as it should be.

    @inline(never)
    private func hold(_ plaintext: RawSpan) {
        held.append((allocator.buffer(copying: plaintext), nil))
    }

    @inline(never)
    private func queue(_ ciphertext: ByteBuffer) {
        guard let context else { return }
        pass(ciphertext, nil, context)
        context.flush()
    }

    @inline(never)
    private func sendingFailed(_ error: any Error) {
        guard let context else { return session.output.take { _ in } }
        // Not even a failed session may leave anything in an output that others use.
        writeOutput(context)
        failed(error, context)
    }

    private func encrypt(_ plaintext: RawSpan, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        if case .failed(let error) = end {
            promise?.fail(error)
            return
        }
        do {
            try session.send(plaintext)
        } catch {
            sendingFailed(error)
            promise?.fail(error)
            return
        }
        pass(session.output.take { allocator.buffer(copying: $0) }, promise, context)
    }

    /// Hands ciphertext to the channel, and counts it until the socket has taken it.
    private func pass(_ ciphertext: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        unsent += 1
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { result in
            // A channel that fails its writes may have closed its socket already. Nobody may send there any more, least of
            // all whoever hears of it now.
            if case .failure = result { self.socket = nil }
            self.unsent -= 1
            self.completed += 1
            if self.unsent == 0 { self.answers = 0 }
            promise?.completeWith(result)
        }
        context.write(wrapOutboundOut(ciphertext), promise: written)
    }

    /// - Returns: whether there was anything.
    func writeHeld(_ context: ChannelHandlerContext) -> Bool {
        guard isHolding else { return false }
        while let (bytes, promise) = held.popFirst() { encrypt(bytes.readableBytesSpan, promise, context) }
        return true
    }

    func failHeld(with error: any Error) {
        while let (_, promise) = held.popFirst() { promise?.fail(error) }
    }

    /// Sends what the session wants to say for itself: handshake messages, alerts, close_notify.
    /// - Returns: whether the channel has some of it to flush.
    @discardableResult
    func writeOutput(_ context: ChannelHandlerContext) -> Bool {
        guard !session.output.isEmpty else { return false }
        if state.isHandshaking { flights += 1 }
        guard let rest = sendOutput() else { return false }
        answers += 1
        pass(rest, nil, context)
        return true
    }

    /// Our last word is written: FIN behind it, and then until the peer has closed, or the deadline comes, nothing.
    func linger(_ context: ChannelHandlerContext) {
        setDeadline(deadlines.shutdown, .shutdown, context)
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
    }

    /// Both ends have said all. The socket can go as soon as it has taken what we said.
    func closeWhenSent(_ context: ChannelHandlerContext) {
        if deadline == nil { setDeadline(deadlines.shutdown, .shutdown, context) }
        let sent = context.eventLoop.makePromise(of: Void.self)
        let loop = context.eventLoop.assumeIsolated()
        // Not at once, for the channel has yet to say that its output is closed.
        sent.futureResult.assumeIsolated().whenComplete { _ in loop.execute { self.context?.close(promise: nil) } }
        context.close(mode: .output, promise: sent)
    }
}
