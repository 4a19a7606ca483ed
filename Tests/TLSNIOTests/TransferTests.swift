import NIOCore
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct TransferTests {
    enum Network: CaseIterable {
        case whole, byByte, random
    }

    private func pair(_ network: Network, seed: UInt64 = 1) throws -> ChannelPair {
        let pair = try ChannelPair()
        var generator = SeededGenerator(seed: seed)
        switch network {
        case .whole: break
        case .byByte: pair.network = TLSPair.pieces { 1 }
        case .random: pair.network = TLSPair.pieces { Int.random(in: 1...300, using: &generator) }
        }
        return pair
    }

    @Test("plaintext goes both ways, whatever the network does to it", arguments: Network.allCases)
    func bothWays(network: Network) throws {
        let pair = try pair(network)
        try pair.establish()
        for round in 0..<20 {
            pair.client.write("question \(round)\n")
            pair.server.write("answer \(round)\n")
            pair.pump()
        }
        #expect(pair.server.application.text == (0..<20).map { "question \($0)\n" }.joined())
        #expect(pair.client.application.text == (0..<20).map { "answer \($0)\n" }.joined())
        #expect(pair.client.application.events == [.active, .established(nil), .plaintext])
        #expect(pair.server.application.events == [.active, .established(nil), .plaintext])
    }

    @Test("a mebibyte goes both ways")
    func mebibyte() throws {
        var generator = SeededGenerator(seed: 2)
        let bytes = generator.bytes(1 << 20)
        let pair = try pair(.whole)
        pair.network = TLSPair.pieces { Int.random(in: 1...65_536, using: &generator) }
        try pair.establish()
        let writes = [pair.client.write(bytes), pair.server.write(bytes)]
        pair.pump()
        #expect(ChannelEnd.allSucceeded(writes))
        // Compared here, because a report of every difference would take minutes.
        let isWhole = [pair.server, pair.client].map { $0.application.plaintext == bytes }
        #expect(isWhole == [true, true])
    }

    @Test("a small message takes one small buffer")
    func smallBuffer() throws {
        let pair = try ChannelPair.established()
        pair.client.write("hello")
        pair.pump()
        #expect(pair.server.application.capacities == [512])
    }

    @Test("an empty write succeeds in its turn and sends nothing")
    func emptyWrite() throws {
        let pair = try ChannelPair.established()
        let empty = pair.client.write("")
        #expect(empty.hasSucceeded)
        #expect(pair.client.socket.takeSent().isEmpty)
    }

    @Test("sending directly is writing and flushing")
    func directSend() throws {
        let pair = try ChannelPair.established()
        pair.client.tls.send("hello".utf8Span.span.bytes)
        pair.pump()
        #expect(pair.server.application.text == "hello")
    }

    @Test("sending directly does nothing before the handshake and after closing")
    func directSendWhenNotOpen() throws {
        let pair = try ChannelPair()
        pair.client.tls.send("too early".utf8Span.span.bytes)
        try pair.establish()
        pair.client.close(.output)
        pair.client.tls.send("too late".utf8Span.span.bytes)
        pair.pump()
        #expect(pair.server.application.plaintext.isEmpty)
        #expect(pair.server.application.events == [.active, .established(nil), .inputClosed])
        #expect(pair.client.application.errors.isEmpty)

        pair.client.tls.abort()
        pair.pump()
        pair.client.tls.send("much too late".utf8Span.span.bytes)
        #expect(pair.client.socket.takeSent().isEmpty)
        #expect(pair.client.application.events.last == .inactive)
    }
}
