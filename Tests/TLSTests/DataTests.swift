import TLS
import TestKit
import Testing

@Suite struct DataTests {
    @Test(arguments: [1, 2, 100, 16_384, 16_385, 65_536, 102_400], [TLSVersion.v1_2, .v1_3])
    func `data arrives as it was sent, both ways`(count: Int, version: TLSVersion) throws {
        var server = TLSConfiguration.server(try CertificateFixtures.shared.server)
        server.versions = .v1_2...version
        let pair = try TLSPair(server: server)
        pair.pump()
        var generator = SeededGenerator(seed: UInt64(count))
        let question = generator.bytes(count)
        let answer = generator.bytes(count)
        try pair.client.send(question)
        try pair.server.send(answer)
        pair.pump()
        #expect(pair.server.plaintext == question)
        #expect(pair.client.plaintext == answer)
    }

    @Test func `what travels is not what was said`() throws {
        let pair = try establishedPair()
        let secret = Array("a secret that must not be seen".utf8)
        try pair.client.send(secret)
        let ciphertext = pair.client.takeOutput()
        #expect(ciphertext.count > secret.count)
        #expect(!ciphertext.indices.contains { ciphertext[$0...].starts(with: secret.prefix(8)) })
    }

    @Test func `sending nothing sends nothing`() throws {
        let pair = try establishedPair()
        try pair.client.send([UInt8]())
        #expect(pair.client.takeOutput().isEmpty)
        try pair.client.send("something")
        pair.pump()
        #expect(pair.server.plaintext == Array("something".utf8))
    }

    @Test func `many small messages in one delivery keep their order`() throws {
        let pair = try establishedPair()
        let messages = (0..<500).map { "message \($0)\n" }
        for message in messages { try pair.client.send(message) }
        pair.pump()
        #expect(pair.server.plaintext == Array(messages.joined().utf8))
    }

    @Test(arguments: [1, 7, 16_384, 100_000])
    func `a record may be larger than the room for it`(room: Int) throws {
        let pair = try TLSPair(bufferSize: room)
        pair.pump()
        let bytes = Array(repeating: UInt8(42), count: 20_000)
        try pair.client.send(bytes)
        pair.pump()
        #expect(pair.server.plaintext == bytes)
    }

    @Test func `delivery byte by byte changes nothing`() throws {
        let pair = try TLSPair()
        pair.network = TLSPair.pieces { 1 }
        pair.pump()
        try pair.client.send("to the server")
        try pair.server.send("to the client")
        pair.client.close()
        pair.pump()
        #expect(pair.server.events == [.established, .closed])
        #expect(pair.client.events == [.established])
        #expect(pair.server.plaintext == Array("to the server".utf8))
        #expect(pair.client.plaintext == Array("to the client".utf8))
    }

    @Test(arguments: 1...20)
    func `delivery in any pieces changes nothing`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let largest = Int.random(in: 1...3_000, using: &generator)
        var splits = SeededGenerator(seed: ~seed)
        let pair = try TLSPair(bufferSize: Int.random(in: 1...5_000, using: &generator))
        pair.network = TLSPair.pieces { Int.random(in: 1...largest, using: &splits) }
        pair.pump()
        var said: [UInt8] = []
        var answered: [UInt8] = []
        for _ in 0..<10 {
            let words = generator.bytes(Int.random(in: 0...5_000, using: &generator))
            if Bool.random(using: &generator) {
                try pair.client.send(words)
                said += words
            } else {
                try pair.server.send(words)
                answered += words
            }
            if Bool.random(using: &generator) { pair.pump() }
        }
        pair.pump()
        #expect(pair.server.plaintext == said)
        #expect(pair.client.plaintext == answered)
        #expect(pair.client.events == [.established] && pair.server.events == [.established])
    }

    @Test func `the client's first words may travel with the end of its handshake`() throws {
        let pair = try TLSPair()
        pair.client.receive([])
        pair.move(.toServer)
        pair.move(.toClient)
        try pair.client.send("hello")
        pair.move(.toServer)
        #expect(pair.server.events == [.established])
        #expect(pair.server.plaintext == Array("hello".utf8))
    }

    @Test func `changing keys goes unnoticed`() throws {
        let client = try RawTLSPeer.client()
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        for round in 1...3 {
            client.updateKeys()
            client.send("after update \(round)\n")
            TLSPair.pump(client, server)
            try server.send("so it is \(round)\n")
            TLSPair.pump(client, server)
        }
        #expect(server.plaintext == Array("after update 1\nafter update 2\nafter update 3\n".utf8))
        #expect(client.plaintext == Array("so it is 1\nso it is 2\nso it is 3\n".utf8))
        #expect(client.failure == nil && server.failure == nil)
    }

    @Test func `renegotiation is refused and the session goes on`() throws {
        let client = try RawTLSPeer.client(["MaxProtocol": "TLSv1.2"])
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        try #require(server.isEstablished)
        client.renegotiate()
        server.receive(client.takeOutput())
        #expect(server.events == [.established])
        try server.send("still here")
        client.receive(server.takeOutput())
        // It is the client that then gives up, as OpenSSL does.
        #expect(client.failure == "no renegotiation")
    }

    @Test func `a server that wants to renegotiate is refused and the session goes on`() throws {
        let server = try RawTLSPeer.server(CertificateFixtures.shared.server, ["MaxProtocol": "TLSv1.2"])
        let client = try TLSPair().client
        TLSPair.pump(client, server)
        try #require(client.isEstablished)
        server.renegotiate()
        client.receive(server.takeOutput())
        #expect(client.events == [.established])
        // A warning in one record, and no ClientHello.
        let answer = client.takeOutput()
        #expect(answer.first == 21)
        #expect(answer.count < 40)
        try client.send("still here")
        #expect(!client.takeOutput().isEmpty)
    }

    private func establishedPair() throws -> TLSPair {
        let pair = try TLSPair()
        pair.pump()
        return pair
    }
}
