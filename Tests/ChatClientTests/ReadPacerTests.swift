import NIOCore
import NIOEmbedded
import Testing

@testable import ChatClient

@Suite struct ReadPacerTests {
    /// Counts what comes through to the socket's side.
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var count = 0

        func read(context: ChannelHandlerContext) { count += 1 }
    }

    private let loop = EmbeddedEventLoop()
    private let reads = Reads()

    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(loop: loop)
        // Asks only when we do.
        try channel.syncOptions?.setOption(ChannelOptions.autoRead, value: false)
        try channel.pipeline.syncOperations.addHandlers([reads, ReadPacer(interval: .milliseconds(8))])
        return channel
    }

    private func bytes(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test func `what comes after a silence does not wait`() throws {
        let channel = try channel()
        channel.read()
        #expect(reads.count == 1)
        try channel.writeInbound(bytes("one"))
        loop.advanceTime(by: .milliseconds(8))
        channel.read()
        #expect(reads.count == 2)
        try channel.writeInbound(bytes("two"))
        #expect(try channel.readInbound(as: ByteBuffer.self) == bytes("one"))
        #expect(try channel.readInbound(as: ByteBuffer.self) == bytes("two"))
        _ = try channel.finish()
    }

    @Test func `after bytes have come the next read waits, and is one`() throws {
        let channel = try channel()
        try channel.writeInbound(bytes("one"))
        loop.advanceTime(by: .milliseconds(3))
        channel.read()
        channel.read()
        loop.advanceTime(by: .milliseconds(4))
        #expect(reads.count == 0)
        loop.advanceTime(by: .milliseconds(1))
        #expect(reads.count == 1)
        // Nothing has come, so the next one need not wait.
        channel.read()
        #expect(reads.count == 2)
        _ = try channel.finish()
    }

    @Test func `nothing is read for who has gone`() throws {
        let channel = try channel()
        try channel.writeInbound(bytes("one"))
        channel.read()
        _ = try channel.finish()
        loop.advanceTime(by: .milliseconds(20))
        #expect(reads.count == 0)
    }
}
