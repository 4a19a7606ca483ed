internal import NIOCore

/// A server's wait for its turns: what the client sends for the handshake is looked at when one has come.
extension TLSHandler {
    /// What has come and waits, while it stands in line.
    struct Wait {
        /// Nothing more is read meanwhile; but when the client ends its side, the channel reads on by itself.
        var ciphertext: ByteBuffer
        let number: Int
    }

    /// How much may wait. Whoever sends more has its turn at once: it has paid for it.
    private static let mostWaiting = 32 * 1024

    func wait(with ciphertext: ByteBuffer, for turns: HandshakeTurns, _ context: ChannelHandlerContext) {
        guard var wait else {
            if turns.begin() { return receive(ciphertext.readableBytesSpan, context) }
            wait = Wait(ciphertext: ciphertext, number: turns.join(self))
            return
        }
        self.wait = nil  // or the bytes would be copied
        var more = ciphertext
        wait.ciphertext.writeBuffer(&more)
        self.wait = wait
        guard wait.ciphertext.readableBytes > Self.mostWaiting else { return }
        turns.leave(wait.number)
        haveTurn()
    }

    /// The turn has come.
    /// - Returns: whether it was of use: what had come was more than the beginning of a message.
    @discardableResult
    func haveTurn() -> Bool {
        guard let ciphertext = wait?.ciphertext, let context else { return false }
        let (before, readIsWanted) = (flights, owesRead)
        wait = nil
        receive(ciphertext.readableBytesSpan, context)
        let wasOfUse = flights != before || !state.isHandshaking
        guard let context = self.context else { return wasOfUse }
        context.fireChannelReadComplete()
        // From the end of the pipeline, because the application may have changed its mind.
        if readIsWanted {
            context.pipeline.syncOperations.read()
        } else if state.readsOnItsOwn {
            context.read()
        }
        return wasOfUse
    }

    /// There will be no turn any more. What a client has said behind a handshake that it had completed still counts, if
    /// nothing but the end of the connection came in between.
    func leaveLine() {
        let (wait, turns) = (wait, turns)
        self.wait = nil
        self.turns = nil
        guard let wait else { return }
        turns?.leave(wait.number)
        guard flights > 0, state.wantsCiphertext, let context else { return }
        receive(wait.ciphertext.readableBytesSpan, context)
    }
}
