import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct BackPressureTests {
    /// A pair whose server reads only when it is told to.
    private func pair() throws -> ChannelPair {
        let pair = try ChannelPair()
        pair.server.socket.autoRead = false
        return pair
    }

    @Test("the handshake reads by itself, and nothing is read beyond it")
    func handshake() throws {
        let pair = try pair()
        pair.network = TLSPair.pieces { 50 }
        try pair.establish()
        #expect(pair.server.application.events == [.active, .established(nil)])
        #expect(!pair.server.socket.readIsPending)
        pair.client.write("hello")
        pair.pump()
        #expect(pair.waiting(.toServer) > 0)
        #expect(pair.server.application.plaintext.isEmpty)
    }

    @Test("one read brings one piece and asks for no other")
    func oneRead() throws {
        let pair = try pair()
        try pair.establish()
        for text in ["one", "two"] {
            pair.client.write(text)
            pair.pump()
        }
        pair.server.channel.read()
        pair.pump()
        #expect(pair.server.application.text == "one")
        #expect(!pair.server.socket.readIsPending)
        pair.server.channel.read()
        pair.pump()
        #expect(pair.server.application.text == "onetwo")
    }

    @Test("a read that brought no plaintext is followed by another")
    func partialRecord() throws {
        let pair = try pair()
        try pair.establish()
        pair.network = TLSPair.pieces { 10 }
        pair.client.write("hello")
        pair.server.channel.read()
        pair.move(.toServer)
        #expect(pair.server.application.text == "hello")
        #expect(pair.waiting(.toServer) == 0)
        #expect(!pair.server.socket.readIsPending)
    }

    @Test("a read asked for during the handshake is still owed after it")
    func readDuringHandshake() throws {
        let pair = try pair()
        try pair.connect()
        pair.server.channel.read()
        pair.pump()
        #expect(pair.server.socket.readIsPending)
        pair.client.write("hello")
        pair.pump()
        #expect(pair.server.application.text == "hello")
        #expect(!pair.server.socket.readIsPending)
    }

    @Test("a read asked for while plaintext is handed over counts")
    func readInside() throws {
        let pair = try pair()
        try pair.establish()
        pair.server.application.reaction = { event, context in
            if event == .plaintext { context.read() }
        }
        pair.server.channel.read()
        for text in ["one ", "two ", "three"] { pair.client.write(text) }
        pair.network = TLSPair.pieces { 10 }
        pair.pump()
        #expect(pair.server.application.text == "one two three")
        #expect(pair.server.socket.readIsPending)
    }

    @Test("closing reads by itself until the peer has closed")
    func closing() throws {
        let pair = try pair()
        try pair.establish()
        pair.conveysFIN = false
        for text in ["nobody ", "will ", "read ", "this"] { pair.client.write(text) }
        let close = pair.server.close()
        pair.network = TLSPair.pieces { 10 }
        pair.pump()
        #expect(pair.waiting(.toServer) == 0 && pair.server.application.plaintext.isEmpty)
        pair.client.close()
        pair.pump()
        #expect(close.hasSucceeded)
        #expect(pair.server.application.events.contains(.shutdownCompleted))
    }

    @Test("what the application sees of writability is the channel's")
    func writability() throws {
        let pair = try ChannelPair.established()
        for isWritable in [false, true] {
            pair.client.channel.isWritable = isWritable
            pair.client.channel.pipeline.fireChannelWritabilityChanged()
            #expect(pair.client.application.events.last == .isWritable(isWritable))
        }
    }

    @Test("a write is done when the socket has taken it, not before")
    func promises() throws {
        let pair = try ChannelPair.established()
        pair.client.socket.isFull = true
        let write = pair.client.write("hello")
        #expect(write.isPending)
        pair.client.socket.isFull = false
        #expect(write.hasSucceeded)
    }
}
