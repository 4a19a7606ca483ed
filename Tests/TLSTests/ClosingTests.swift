import TLS
import TestKit
import Testing

@Suite struct ClosingTests {
    @Test(arguments: TLSPair.Direction.allCases, [TLSVersion.v1_2, .v1_3])
    func `each end can say the last word and still listen`(direction: TLSPair.Direction, version: TLSVersion) throws {
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        configuration.versions = .v1_2...version
        let pair = try TLSPair(server: configuration)
        pair.pump()
        let (leaving, staying) =
            direction == .toServer ? (pair.client, pair.server) : (pair.server, pair.client)
        try leaving.send("bye")
        leaving.close()
        pair.pump()
        #expect(staying.events == [.established, .closed])
        #expect(staying.plaintext == Array("bye".utf8))
        #expect(leaving.events == [.established])

        try staying.send("one more thing")
        staying.close()
        pair.pump()
        #expect(leaving.plaintext == Array("one more thing".utf8))
        #expect(leaving.events == [.established, .closed])
    }

    @Test func `the end of the transport after close_notify is no truncation`() throws {
        let pair = try establishedPair()
        pair.client.close()
        pair.pump()
        pair.server.endInput()
        #expect(pair.server.events == [.established, .closed])
    }

    @Test func `the end of the transport without close_notify is a truncation`() throws {
        let pair = try establishedPair()
        try pair.client.send("half a")
        pair.pump()
        pair.server.endInput()
        #expect(pair.server.events == [.established, .failed(.truncated)])
        #expect(pair.server.plaintext == Array("half a".utf8))
    }

    @Test func `both may close at once`() throws {
        let pair = try establishedPair()
        pair.client.close()
        pair.server.close()
        pair.pump()
        #expect(pair.client.isClosed && pair.server.isClosed)
    }

    @Test func `closing twice is closing once`() throws {
        let pair = try establishedPair()
        pair.client.close()
        #expect(!pair.client.takeOutput().isEmpty)
        pair.client.close()
        #expect(pair.client.takeOutput().isEmpty)
    }

    @Test func `nothing can be sent after closing`() throws {
        let pair = try establishedPair()
        pair.client.close()
        _ = pair.client.takeOutput()
        #expect(throws: TLSError.notOpen) { try pair.client.send("too late") }
        #expect(throws: TLSError.notOpen) { try pair.client.send("") }
        #expect(pair.client.takeOutput().isEmpty)
    }

    @Test func `nothing can be sent before the handshake, and closing waits for it too`() throws {
        let pair = try TLSPair()
        for end in [pair.client, pair.server] {
            #expect(throws: TLSError.notOpen) { try end.send("too early") }
            end.close()
            #expect(end.takeOutput().isEmpty)
        }
        pair.pump()
        #expect(pair.client.isEstablished && pair.server.isEstablished)
        try pair.client.send("now")
        pair.pump()
        #expect(pair.server.plaintext == Array("now".utf8))
    }

    @Test func `nothing can be sent in the middle of the handshake`() throws {
        let pair = try TLSPair()
        pair.client.receive([])
        pair.move(.toServer)
        #expect(throws: TLSError.notOpen) { try pair.server.send("too early") }
        #expect(throws: TLSError.notOpen) { try pair.client.send("too early") }
        pair.server.close()
        pair.pump()
        #expect(pair.client.isEstablished && pair.server.isEstablished)
    }

    private func establishedPair() throws -> TLSPair {
        let pair = try TLSPair()
        pair.pump()
        return pair
    }
}
