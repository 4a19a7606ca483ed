import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct HandshakeTests {
    @Test("both ends are told once that the handshake is complete, and of the protocol")
    func protocolIsTold() throws {
        let pair = try ChannelPair(protocols: ["other", "chat"])
        try pair.establish()
        #expect(pair.client.application.events == [.active, .established("other")])
        #expect(pair.server.application.events == [.active, .established("other")])
        #expect(pair.client.tls.agreement?.applicationProtocol == "other")
    }

    @Test("without protocols there is none to tell", arguments: [TLSVersion.v1_2, .v1_3])
    func noProtocol(version: TLSVersion) throws {
        let pair = try ChannelPair(versions: version...version)
        try pair.establish()
        #expect(pair.client.application.events == [.active, .established(nil)])
        #expect(pair.server.application.events == [.active, .established(nil)])
        #expect(pair.server.tls.agreement?.version == version)
    }

    @Test("a handler that comes to a channel already active begins at once")
    func lateHandler() throws {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let context = try TLSContext(.client(trust: CertificateFixtures.shared.ca))
        let session = try TLSSession(client: context, expecting: .dns("localhost"))
        try channel.pipeline.syncOperations.addHandler(TLSHandler(session: session))
        let hello = try #require(try channel.readOutbound(as: ByteBuffer.self))
        #expect(hello.readableBytesView.first == 22)  // a handshake record
        _ = try channel.finish()
    }

    @Test("what is written before the handshake waits for it")
    func heldWritesWait() throws {
        let pair = try ChannelPair()
        let early = pair.client.write("one")
        try pair.connect()
        let later = pair.client.write("two")
        let servers = pair.server.write("welcome")
        #expect(pair.server.socket.takeSent().isEmpty)
        #expect(early.isPending && later.isPending && servers.isPending)
    }

    @Test("what was held goes out in order")
    func heldWritesGo() throws {
        let pair = try ChannelPair()
        let writes = ["one ", "two ", "three"].map { pair.client.write($0, flush: false) }
        let reply = pair.server.write("welcome")
        try pair.establish()
        #expect(ChannelEnd.allSucceeded(writes + [reply]))
        #expect(pair.server.application.text == "one two three")
        #expect(pair.client.application.text == "welcome")
        #expect(pair.server.application.events == [.active, .established(nil), .plaintext])
    }

    @Test("what is written when the handshake is told goes behind what was held")
    func writesInTheEvent() throws {
        let pair = try ChannelPair()
        pair.client.write("first ")
        pair.client.application.reaction = { [tls = pair.client.tls] event, context in
            guard event == .established(nil) else { return }
            tls.send("second ".utf8Span.span.bytes)
            context.writeAndFlush(NIOAny(ByteBuffer(string: "third")), promise: nil)
        }
        try pair.establish()
        #expect(pair.server.application.text == "first second third")
    }

    @Test("an untrusted server is told so, and gets nothing of what was held")
    func untrusted() throws {
        let pair = try ChannelPair(trust: CertificateFixtures.shared.strangerCA)
        let held = pair.client.write("a secret")
        pair.conveysFIN = false
        try pair.establish()
        guard case .failed(.untrusted(let failure)) = pair.client.application.events.dropFirst().first else {
            Issue.record("\(pair.client.application.events)")
            return
        }
        #expect(failure.reason == .unknownAuthority)
        #expect(pair.client.application.errors.count == 1)
        #expect(held.error as? TLSError == .untrusted(failure))
        #expect(pair.client.socket.hasSentFIN)
        #expect(pair.server.application.plaintext.isEmpty)
        guard case .failed(.alert(let alert)) = pair.server.application.errors.first else {
            Issue.record("\(pair.server.application.events)")
            return
        }
        #expect(alert.number == 48)  // unknown_ca
        #expect(pair.server.application.errors.count == 1)
    }
}
