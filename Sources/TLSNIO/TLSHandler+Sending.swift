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
        case .encrypt where !held.isEmpty: held.append((plaintext, promise))
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
    public func send(_ plaintext: RawSpan) {
        guard state.write == .encrypt, let context else { return }
        guard unsent == 0, held.isEmpty, let socket, socket.isOpen else { return queue(plaintext, context) }
        guard encrypt(plaintext, context) == nil else { return }
        let rest = session.output.take { ciphertext -> ByteBuffer? in
            let sent = socket.send(ciphertext)
            guard sent < ciphertext.byteCount else { return nil }
            return context.channel.allocator.buffer(copying: ciphertext.extracting(droppingFirst: sent))
        }
        if let rest {
            pass(rest, nil, context)
            context.flush()
        }
    }

    /// The way through the channel's queue. Not part of `send`, which would pay for its accesses with each delivery.
    @inline(never)
    private func queue(_ plaintext: RawSpan, _ context: ChannelHandlerContext) {
        guard held.isEmpty else { return held.append((context.channel.allocator.buffer(copying: plaintext), nil)) }
        encrypt(plaintext, nil, context)
        context.flush()
    }

    private func encrypt(_ plaintext: RawSpan, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        if let error = encrypt(plaintext, context) {
            promise?.fail(error)
        } else {
            pass(session.output.take { context.channel.allocator.buffer(copying: $0) }, promise, context)
        }
    }

    /// Puts the ciphertext into the session's output.
    /// - Returns: why not, if it failed; then the failure has been dealt with.
    private func encrypt(_ plaintext: RawSpan, _ context: ChannelHandlerContext) -> (any Error)? {
        if case .failed(let error) = end { return error }
        do {
            try session.send(plaintext)
            return nil
        } catch {
            // Not even a failed session may leave anything in an output that others use.
            writeOutput(context)
            failed(error, context)
            return error
        }
    }

    /// Hands ciphertext to the channel, and counts it until the socket has taken it.
    private func pass(_ ciphertext: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        let promise = promise ?? context.eventLoop.makePromise()
        unsent += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.unsent -= 1
            self.completed += 1
            if self.unsent == 0 { self.answers = 0 }
        }
        context.write(wrapOutboundOut(ciphertext), promise: promise)
    }

    /// - Returns: whether there was anything.
    func writeHeld(_ context: ChannelHandlerContext) -> Bool {
        guard !held.isEmpty else { return false }
        while let (bytes, promise) = held.popFirst() { encrypt(bytes.readableBytesSpan, promise, context) }
        return true
    }

    func failHeld(with error: any Error) {
        while let (_, promise) = held.popFirst() { promise?.fail(error) }
    }

    /// Writes what the session wants to say for itself: handshake messages, alerts, close_notify.
    /// - Returns: whether there was anything.
    @discardableResult
    func writeOutput(_ context: ChannelHandlerContext) -> Bool {
        guard !session.output.isEmpty else { return false }
        answers += 1
        pass(session.output.take { context.channel.allocator.buffer(copying: $0) }, nil, context)
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
