import NIOCore
import NIOEmbedded
import TLS
import TestKit
import Testing

@testable import TLSNIO

/// A peer that asks for new keys has to be answered (RFC 8446, section 4.6.3), and might not read the answers.
@Suite("Key updates")
struct KeyUpdateTests {
    private let loop = EmbeddedEventLoop()
    private let server: ChannelEnd
    private let peer: RawTLSPeer

    init() throws {
        let context = try TLSContext(.server(CertificateFixtures.shared.server))
        server = try ChannelEnd(TLSSession(server: context), loop: loop)
        peer = try RawTLSPeer.client(["MinProtocol": "TLSv1.3"])
        try server.connect()
        peer.receive([])
        for _ in 0..<4 { exchange() }
        try #require(peer.isEstablished)
    }

    private func exchange() {
        server.socket.deliver(peer.takeOutput())
        peer.receive(server.socket.takeSent())
    }

    @Test("a thousand are answered, one by one, and both sides go on talking")
    func answered() {
        for _ in 0..<1000 {
            peer.updateKeys()
            exchange()
        }
        peer.send("still here")
        server.write("so am I")
        exchange()
        #expect(server.application.text == "still here")
        #expect(peer.plaintext == Array("so am I".utf8))
        #expect(server.application.errors.isEmpty)
        server.tls.abort()
        loop.run()
    }

    @Test("answers that are not read do not pile up: the connection is ended")
    func unread() throws {
        server.socket.isFull = true
        for _ in 0..<200 {
            peer.updateKeys()
            server.socket.deliver(peer.takeOutput())
        }
        #expect(server.application.errors == [.timedOut(.answers)])
        loop.advanceTime(by: .seconds(6))
        #expect(server.socket.isClosed)
    }
}
