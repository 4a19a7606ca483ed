import NIOCore
import NIOEmbedded
import TLS
@testable import TLSNIO
import TestKit
import Testing

/// The application acts inside the very call that tells it something.
@Suite struct ReentrancyTests {
    @Test("closing when the handshake is told")
    func closeInHandshake() throws {
        let pair = try ChannelPair()
        pair.client.write("held")
        pair.client.application.reaction = { event, context in
            if event == .established(nil) { context.close(promise: nil) }
        }
        try pair.establish()
        #expect(pair.server.application.text == "held")
        #expect(pair.client.application.events == [.active, .established(nil), .outputClosed, .inactive])
        #expect(pair.server.application.events == [.active, .established(nil), .plaintext, .inputClosed, .inactive])
    }

    @Test("aborting when the handshake is told, though plaintext came with it")
    func abortInHandshake() throws {
        let pair = try ChannelPair()
        pair.client.write("held")
        pair.server.application.reaction = { [tls = pair.server.tls] event, _ in
            if event == .established(nil) { tls.abort() }
        }
        try pair.establish()
        #expect(pair.server.application.events == [.active, .established(nil), .inactive])
    }

    @Test("closing when the channel becomes active")
    func closeInActive() throws {
        let pair = try ChannelPair()
        pair.client.application.reaction = { event, context in
            if event == .active { context.close(promise: nil) }
        }
        try pair.establish()
        #expect(pair.client.application.events == [.active, .inactive])
        #expect(pair.client.socket.takeSent().isEmpty)
    }

    @Test("closing inside a read drops what comes after, and close_notify in the same piece still counts")
    func closeInRead() throws {
        let pair = try ChannelPair.established()
        pair.server.application.reaction = { event, context in
            if event == .plaintext { context.close(promise: nil) }
        }
        pair.client.write("hello")
        pair.client.close(.output)
        pair.pump()
        #expect(
            pair.server.application.events == [
                .active, .established(nil), .plaintext, .outputClosed, .shutdownCompleted, .inactive,
            ]
        )
        #expect(pair.client.application.events.suffix(3) == [.shutdownCompleted, .outputClosed, .inactive])
    }

    @Test("closing when the peer's end is told")
    func closeInInputClosed() throws {
        let pair = try ChannelPair.established()
        pair.server.application.reaction = { event, context in
            if event == .inputClosed { context.close(promise: nil) }
        }
        let close = pair.client.close()
        pair.pump()
        #expect(close.hasSucceeded)
        #expect(
            pair.server.application.events == [
                .active, .established(nil), .inputClosed, .shutdownCompleted, .outputClosed, .inactive,
            ]
        )
        #expect(pair.client.application.errors.isEmpty)
    }

    @Test("closing when an error is told waits for the peer like the handler itself")
    func closeInError() throws {
        let pair = try ChannelPair()
        pair.server.application.reaction = { event, context in
            if case .failed = event { context.close(promise: nil) }
        }
        try pair.server.connect()
        pair.server.socket.deliver(FailureTests.nonsense)
        #expect(pair.server.socket.takeSent().first == 21)  // the alert
        #expect(pair.server.socket.hasSentFIN && !pair.server.socket.isClosed)
        #expect(pair.server.application.errors.count == 1)
    }

    @Test("answering inside a read")
    func echo() throws {
        let pair = try ChannelPair.established()
        pair.server.application.reaction = { [tls = pair.server.tls] event, context in
            guard event == .plaintext else { return }
            context.write(NIOAny(ByteBuffer(string: "an ")), promise: nil)
            tls.send("answer ".utf8Span.span.bytes)
        }
        pair.network = TLSPair.pieces { 100 }
        for _ in 0..<10 { pair.client.write([UInt8](repeating: 7, count: 78)) }  // 100 bytes on the wire
        pair.pump()
        #expect(pair.client.application.text == String(repeating: "an answer ", count: 10))
    }

    @Test("what is written while held bytes go out goes behind them")
    func writeWhileHeldGoOut() throws {
        let pair = try ChannelPair()
        let writer = WritesWhenWritten()
        try pair.client.channel.pipeline.syncOperations.addHandler(writer, position: .after(pair.client.socket))
        // Before that, it is the handshake that is written.
        writer.isReady = { [tls = pair.client.tls] in tls.state.phase == .open }
        writer.action = { [client = pair.client] in
            client.write("three ", flush: false)
            client.tls.send("four".utf8Span.span.bytes)
        }
        pair.client.write("one ")
        pair.client.write("two ")
        try pair.establish()
        #expect(pair.server.application.text == "one two three four")
    }

    @Test("a flush that finds the connection broken reads what is left in order, and only then ends")
    func brokenFlush() throws {
        let pair = try ChannelPair()
        pair.client.write("first ")
        pair.client.write("second")
        let held = pair.server.write("welcome")
        try pair.connect()
        pair.move(.toServer)
        pair.move(.toClient)
        let flight = pair.client.socket.takeSent()
        pair.client.write(" third")
        pair.server.socket.leftoverOfBrokenConnection = pair.client.socket.takeSent()
        pair.server.socket.deliver(flight)
        #expect(held.error != nil)
        #expect(pair.server.application.text == "first second third")
        #expect(
            pair.server.application.events == [
                .active, .established(nil), .plaintext, .failed(.truncated), .inactive,
            ]
        )
    }

    @Test("an answer to plaintext that came in one piece with garbage does not hide the error")
    func answerToFailed() throws {
        let pair = try ChannelPair.established()
        pair.client.write("hello")
        var answer: ChannelEnd.Outcome?
        pair.server.application.reaction = { [unowned server = pair.server] event, _ in
            if event == .plaintext { answer = server.write("an answer") }
        }
        pair.server.socket.deliver(pair.client.socket.takeSent() + [99, 99, 99, 99, 99])
        guard case .failed(let error) = pair.server.application.errors.first, case .protocol = error else {
            Issue.record("\(pair.server.application.events)")
            return
        }
        #expect(pair.server.application.errors.count == 1)
        #expect(answer?.error as? TLSError == error)
    }

    @Test("an answer whose flush lets more garbage in does not hide the first error")
    func brokenAnswer() throws {
        let pair = try ChannelPair.established()
        pair.client.write("hello")
        pair.server.application.reaction = { [tls = pair.server.tls] event, _ in
            if event == .plaintext { tls.send("an answer".utf8Span.span.bytes) }
        }
        pair.server.socket.leftoverOfBrokenConnection = [99, 99, 99, 99, 99]
        pair.server.socket.deliver(pair.client.socket.takeSent() + [99, 99, 99, 99, 99])
        #expect(pair.server.application.text == "hello")
        #expect(!pair.server.application.errors.contains(.failed(.notOpen)))
        #expect(pair.server.application.errors.count == 1)
    }

    @Test("the first error is told although the flush of the alert lets more come in")
    func brokenAlert() throws {
        let pair = try ChannelPair()
        try pair.server.connect()
        pair.server.socket.leftoverOfBrokenConnection = FailureTests.nonsense
        pair.server.socket.deliver(FailureTests.nonsense)
        guard case .failed(.protocol) = pair.server.application.events.dropFirst().first else {
            Issue.record("\(pair.server.application.events)")
            return
        }
        #expect(pair.server.application.events.count == 3)
        #expect(pair.server.application.events.last == .inactive)
    }

    @Test("a hello that cannot be sent is the end after the beginning")
    func brokenHello() throws {
        let pair = try ChannelPair()
        pair.client.socket.leftoverOfBrokenConnection = []
        try pair.client.connect()
        #expect(pair.client.application.events == [.active, .failed(.truncated), .inactive])
    }
}

/// Acts once, inside the write of the first application data after a handshake.
private final class WritesWhenWritten: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    var isReady: () -> Bool = { true }
    var action: (() -> Void)?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        context.write(data, promise: promise)
        guard isReady(), let action else { return }
        self.action = nil
        action()
    }
}
