import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct CloseTests {
    @Test("one end closes, the other is told, closes too, and both have shut down")
    func bothClose() throws {
        let pair = try ChannelPair.established()
        pair.conveysFIN = false
        let first = pair.client.close()
        pair.pump()
        #expect(pair.server.application.events == [.active, .established(nil), .inputClosed])
        #expect(first.isPending && pair.client.socket.hasSentFIN)

        let second = pair.server.close()
        pair.pump()
        #expect(first.hasSucceeded && second.isPending)
        #expect(
            pair.client.application.events == [
                .active, .established(nil), .outputClosed, .shutdownCompleted, .inactive,
            ]
        )
        pair.conveysFIN = true
        pair.pump()
        #expect(second.hasSucceeded)
        #expect(
            pair.server.application.events == [
                .active, .established(nil), .inputClosed, .shutdownCompleted, .outputClosed, .inactive,
            ]
        )
    }

    @Test("both ends close at once")
    func crossing() throws {
        let pair = try ChannelPair.established()
        let closes = [pair.client.close(), pair.server.close()]
        pair.pump()
        #expect(ChannelEnd.allSucceeded(closes))
        for end in [pair.client, pair.server] {
            #expect(end.application.errors.isEmpty)
            #expect(end.application.events.last == .inactive)
        }
    }

    @Test("FIN right behind close_notify is a clean end for both")
    func finBehind() throws {
        let pair = try ChannelPair.established()
        let close = pair.client.close()
        pair.pump()
        #expect(close.hasSucceeded)
        #expect(pair.server.application.events == [.active, .established(nil), .inputClosed, .inactive])
        #expect(pair.client.application.errors.isEmpty)
    }

    @Test("after a half-close plaintext still flows the other way")
    func halfClose() throws {
        let pair = try ChannelPair.established()
        pair.client.write("last words")
        #expect(pair.client.close(.output).hasSucceeded)
        pair.pump()
        #expect(pair.server.application.events == [.active, .established(nil), .plaintext, .inputClosed])
        #expect(!pair.client.socket.hasSentFIN)

        let reply = pair.server.write("a reply")
        pair.pump()
        #expect(reply.hasSucceeded && pair.client.application.text == "a reply")

        let close = pair.server.close()
        pair.pump()
        #expect(close.hasSucceeded)
        #expect(
            pair.client.application.events == [
                .active, .established(nil), .plaintext, .shutdownCompleted, .outputClosed, .inactive,
            ]
        )
        #expect(pair.server.application.events.suffix(3) == [.shutdownCompleted, .outputClosed, .inactive])
    }

    @Test("a half-close may be followed by a close")
    func halfThenWhole() throws {
        let pair = try ChannelPair.established()
        pair.client.close(.output)
        let close = pair.client.close()
        #expect(close.isPending && pair.client.socket.hasSentFIN)
        pair.pump()
        #expect(close.hasSucceeded && pair.client.application.errors.isEmpty)
    }

    @Test("what was written before closing arrives, flushed or not")
    func unflushed() throws {
        let pair = try ChannelPair.established()
        let writes = [pair.client.write("one ", flush: false), pair.client.write("two", flush: false)]
        pair.client.close()
        pair.pump()
        #expect(ChannelEnd.allSucceeded(writes) && pair.server.application.text == "one two")
    }

    @Test("what the socket has yet to take arrives, though the peer has closed", arguments: [CloseMode.output, .all])
    func unsent(mode: CloseMode) throws {
        let pair = try ChannelPair.established()
        pair.conveysFIN = false
        let bytes = [UInt8](repeating: 7, count: 100_000)
        pair.client.socket.isFull = true
        let write = pair.client.write(bytes)
        pair.client.close(mode)
        pair.server.close(.output)
        pair.pump()
        #expect(pair.client.application.events == [.active, .established(nil), .shutdownCompleted])
        #expect(write.isPending && !pair.client.socket.isClosed)

        pair.client.socket.isFull = false
        pair.pump()
        #expect(write.hasSucceeded && pair.client.socket.isClosed)
        let isWhole = pair.server.application.plaintext == bytes  // a report of every difference would take minutes
        #expect(isWhole)
        #expect(pair.server.application.events.contains(.shutdownCompleted))
    }

    @Test("what the socket never takes is given up at the deadline")
    func neverSent() throws {
        let pair = try ChannelPair.established(deadlines: DeadlineTests.deadlines)
        pair.client.socket.isFull = true
        let write = pair.client.write("hello")
        pair.client.close(.output)
        pair.server.close(.output)
        pair.pump()
        pair.loop.advanceTime(by: .seconds(3) - DeadlineTests.moment)
        #expect(!pair.client.socket.isClosed)
        pair.loop.advanceTime(by: DeadlineTests.moment)
        #expect(pair.client.socket.isClosed && write.error != nil)
    }

    @Test("an alert of the peer does not leave unflushed writes hanging")
    func unflushedAtFailure() throws {
        let pair = try ChannelPair.established()
        let write = pair.server.write("unsaid", flush: false)
        pair.client.socket.deliver([23, 3, 3, 0, 32] + [UInt8](repeating: 0, count: 32))
        pair.conveysFIN = false
        pair.pump()
        #expect(pair.server.application.errors.count == 1)
        #expect(!write.isPending && pair.server.socket.hasSentFIN)
    }

    @Test("closing during the handshake closes at once")
    func duringHandshake() throws {
        let pair = try ChannelPair()
        try pair.connect()
        let held = pair.client.write("unsaid")
        let close = pair.client.close()
        #expect(close.hasSucceeded && pair.client.socket.isClosed)
        #expect(held.error as? ChannelError == .ioOnClosedChannel)
        #expect(pair.client.application.events == [.active, .inactive])
    }

    @Test("closing twice waits for the same end, and after it there is nothing to close")
    func twice() throws {
        let pair = try ChannelPair.established()
        let closes = [pair.client.close(), pair.client.close(), pair.client.close()]
        #expect(closes.allSatisfy { $0.isPending })
        pair.pump()
        #expect(ChannelEnd.allSucceeded(closes))
        #expect(pair.client.close().error as? ChannelError == .alreadyClosed)
        #expect(pair.server.application.events.filter { $0 == .inputClosed }.count == 1)
    }

    @Test("nothing can be written after closing", arguments: [CloseMode.output, .all])
    func writeAfter(mode: CloseMode) throws {
        let pair = try ChannelPair.established()
        pair.client.close(mode)
        let write = pair.client.write("too late")
        #expect(write.error as? ChannelError == .outputClosed)
        pair.pump()
        #expect(pair.server.application.plaintext.isEmpty && pair.client.application.errors.isEmpty)
    }

    @Test("the input cannot be closed, nor the output twice or in the handshake")
    func refused() throws {
        let pair = try ChannelPair()
        try pair.connect()
        #expect(pair.client.close(.output).error as? ChannelError == .operationUnsupported)
        pair.pump()
        #expect(pair.client.close(.input).error as? ChannelError == .operationUnsupported)
        #expect(pair.client.close(.output).hasSucceeded)
        #expect(pair.client.close(.output).error != nil)
        #expect(pair.client.application.events == [.active, .established(nil)])
    }

    @Test("a handler that is removed from a channel that never was active fails what was held")
    func neverActive() throws {
        let pair = try ChannelPair()
        let held = pair.client.write("unsaid")
        let tls = pair.client.tls
        // Such a channel tells no other end than this.
        tls.handlerRemoved(context: try pair.client.channel.pipeline.syncOperations.context(handler: tls))
        #expect(held.error as? ChannelError == .ioOnClosedChannel)
        pair.client.socket.fail(ChannelError.eof)  // the handler does not close it any more
    }
}
