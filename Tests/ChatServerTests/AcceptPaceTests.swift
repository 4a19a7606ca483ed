import NIOCore
import NIOEmbedded
import Testing

@testable import ChatServer

@Suite struct AcceptPaceTests {
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = Never
        private(set) var count = 0

        func read(context: ChannelHandlerContext) { count += 1 }
    }

    @Test func `the door is open as long as the line is short`() throws {
        let traffic = Traffic()
        let reads = Reads()
        let channel = EmbeddedChannel(handlers: [reads, AcceptPace(traffic: traffic)])
        channel.read()
        traffic.change(handshakesBy: AcceptPace.most - 1)
        channel.read()
        #expect(reads.count == 2)
        traffic.change(handshakesBy: 1)
        channel.read()
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: AcceptPace.pause * 2)
        #expect(reads.count == 2)
        // Asked for twice, but a read is a read.
        traffic.change(handshakesBy: -1)
        channel.embeddedEventLoop.advanceTime(by: AcceptPace.pause)
        #expect(reads.count == 3)
        channel.embeddedEventLoop.advanceTime(by: AcceptPace.pause * 2)
        #expect(reads.count == 3)
        channel.read()
        #expect(reads.count == 4)
    }
}
