import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct DeadlineTests {
    static let deadlines = TLSDeadlines(handshake: .seconds(7), shutdown: .seconds(3))
    static let moment = TimeAmount.nanoseconds(1)

    @Test("a peer that says nothing is dropped at the handshake deadline, not before")
    func handshake() throws {
        let pair = try ChannelPair(deadlines: Self.deadlines)
        let held = pair.server.write("welcome")
        try pair.server.connect()
        pair.loop.advanceTime(by: .seconds(7) - Self.moment)
        #expect(pair.server.application.events == [.active])
        #expect(!pair.server.socket.isClosed)
        pair.loop.advanceTime(by: Self.moment)
        #expect(pair.server.application.events == [.active, .timedOut(.handshake), .inactive])
        #expect(pair.server.socket.isClosed)
        #expect(held.error as? TLSTimeout == .handshake)
    }

    @Test("a peer that trickles gets no more time")
    func trickle() throws {
        let pair = try ChannelPair(deadlines: Self.deadlines)
        try pair.connect()
        let hello = pair.client.socket.takeSent()
        for byte in hello.prefix(70) {
            pair.server.socket.deliver([byte])
            pair.loop.advanceTime(by: .milliseconds(100))
        }
        #expect(pair.server.application.events == [.active, .timedOut(.handshake), .inactive])
    }

    @Test("a handshake in time leaves no timer")
    func inTime() throws {
        let pair = try ChannelPair(deadlines: Self.deadlines)
        try pair.connect()
        pair.loop.advanceTime(by: .seconds(7) - Self.moment)
        pair.pump()
        pair.loop.advanceTime(by: .hours(24))
        #expect(pair.client.application.events == [.active, .established(nil)])
        #expect(pair.server.application.events == [.active, .established(nil)])
        #expect(!pair.client.socket.isClosed && !pair.server.socket.isClosed)
    }

    @Test("a peer that does not close is dropped at the shutdown deadline, not before")
    func shutdown() throws {
        let pair = try ChannelPair.established(deadlines: Self.deadlines)
        pair.loop.advanceTime(by: .seconds(100))
        let close = pair.client.close()
        pair.loop.advanceTime(by: .seconds(3) - Self.moment)
        #expect(close.isPending && !pair.client.socket.isClosed)
        #expect(pair.client.application.errors.isEmpty)
        pair.loop.advanceTime(by: Self.moment)
        #expect(close.hasSucceeded && pair.client.socket.isClosed)
        #expect(pair.client.application.errors == [.timedOut(.shutdown)])
        #expect(pair.client.application.events.last == .inactive)
    }

    @Test("a half-close has no deadline")
    func halfClose() throws {
        let pair = try ChannelPair.established(deadlines: Self.deadlines)
        pair.client.close(.output)
        pair.pump()
        pair.loop.advanceTime(by: .hours(24))
        #expect(pair.client.application.events == [.active, .established(nil)])
        #expect(!pair.client.socket.isClosed && !pair.server.socket.isClosed)
    }

    @Test("after a failure the socket stays open until the deadline, and nothing more is told")
    func afterFailure() throws {
        let pair = try ChannelPair(deadlines: Self.deadlines)
        try pair.server.connect()
        pair.server.socket.deliver(FailureTests.nonsense)
        let told = pair.server.application.events
        pair.loop.advanceTime(by: .seconds(3) - Self.moment)
        #expect(!pair.server.socket.isClosed)
        pair.loop.advanceTime(by: Self.moment)
        #expect(pair.server.socket.isClosed)
        #expect(pair.server.application.events == told + [.inactive])
    }

    @Test("a connection that ends early takes its timers along", arguments: [false, true])
    func endsEarly(duringShutdown: Bool) throws {
        let pair = try ChannelPair.established(deadlines: Self.deadlines)
        if duringShutdown { pair.client.close() } else { try pair.client.close(.output).error.map { throw $0 } }
        pair.client.socket.fail(ChannelError.eof)
        let told = pair.client.application.events
        #expect(told.last == .inactive)
        pair.loop.advanceTime(by: .hours(1))
        #expect(pair.client.application.events == told)
    }

    @Test("a goodbye that cannot be sent leaves no timer", arguments: [CloseMode.all, .output])
    func unsentGoodbye(mode: CloseMode) throws {
        let loop = EmbeddedEventLoop()
        weak var handler: TLSHandler?
        do {
            let context = try TLSContext(.server(CertificateFixtures.shared.server))
            let end = try ChannelEnd(TLSSession(server: context), loop: loop, deadlines: Self.deadlines)
            handler = end.tls
            try end.connect()
            let client = try TLSEnd(
                TLSSession(
                    client: TLSContext(.client(trust: CertificateFixtures.shared.ca)),
                    expecting: .dns("localhost")
                )
            )
            client.receive([])
            for _ in 0..<3 {
                end.socket.deliver(client.takeOutput())
                client.receive(end.socket.takeSent())
            }
            client.close()
            if mode == .output { end.socket.deliver(client.takeOutput()) }
            end.socket.leftoverOfBrokenConnection = []
            let close = end.close(mode)
            #expect(close.hasSucceeded)
            #expect(end.application.events.last == .inactive)
            loop.run()
        }
        // A timer would hold it.
        #expect(handler == nil)
    }
}
