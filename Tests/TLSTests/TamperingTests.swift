import TLS
import TestKit
import Testing

@Suite struct TamperingTests {
    @Test(arguments: TLSPair.Direction.allCases, [TLSVersion.v1_2, .v1_3])
    func `a flipped bit is noticed wherever it is`(direction: TLSPair.Direction, version: TLSVersion) throws {
        let fixtures = try CertificateFixtures.shared
        var configuration = TLSConfiguration.server(fixtures.server)
        configuration.versions = .v1_2...version
        let client = try TLSContext(.client(trust: fixtures.ca))
        let server = try TLSContext(configuration)
        var generator = SeededGenerator(seed: 7)
        var offset = 0
        var ignored: [Int] = []
        while true {
            let pair = TLSPair(
                client: try TLSSession(client: client, expecting: .dns("localhost")),
                server: try TLSSession(server: server)
            )
            let mask = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            var position = 0
            var wasFlipped = false
            pair.network = { way, bytes in
                guard way == direction else { return [bytes] }
                defer { position += bytes.count }
                guard position..<(position + bytes.count) ~= offset else { return [bytes] }
                wasFlipped = true
                var flipped = bytes
                flipped[offset - position] ^= mask
                return [flipped]
            }
            let conversation = Conversation(pair)
            conversation.hold()
            guard wasFlipped else { break }
            // A record whose length has grown waits for more, which ends here.
            pair.client.endInput()
            pair.server.endInput()
            #expect(conversation.isFaithful, "byte \(offset), bits \(mask)")
            if conversation.isComplete {
                ignored.append(offset)
            } else {
                #expect(pair.client.failure != nil || pair.server.failure != nil, "byte \(offset), bits \(mask)")
            }
            offset += Int.random(in: 1...5, using: &generator)
        }
        #expect(offset > 300)
        // Nobody looks at the lower byte of the version of the first record (RFC 8446, section 5.1).
        #expect(ignored.allSatisfy { $0 == 2 }, "\(ignored)")
    }

    @Test(arguments: 1...200)
    func `noise instead of a client is refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let server = try TLSPair().server
        // Every other time with the header of a handshake record, so that what is inside gets looked at.
        let noise = generator.bytes(Int.random(in: 1...600, using: &generator))
        let length = [UInt8(noise.count >> 8), UInt8(noise.count & 0xff)]
        server.receive(seed.isMultiple(of: 2) ? [0x16, 0x03, 0x01] + length + noise : noise)
        server.endInput()
        #expect(server.failure != nil)
        #expect(!server.isEstablished)
    }

    @Test(arguments: 1...50)
    func `noise instead of a server is refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let client = try TLSPair().client
        client.receive([])
        client.receive(generator.bytes(Int.random(in: 1...600, using: &generator)))
        client.endInput()
        #expect(client.failure != nil)
        #expect(!client.isEstablished)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "http request"),
        ("NICK somebody\r\nUSER somebody 0 * :Some Body\r\n", "wrong version number"),
        ("SSH-2.0-OpenSSH_9.2p1\r\n", "wrong version number"),
    ])
    func `a client without TLS is refused`(words: String, reason: String) throws {
        let server = try TLSPair().server
        server.receive(Array(words.utf8))
        #expect(server.failure?.reasons == [reason])
    }

    @Test func `words without TLS in the middle of a session end it`() throws {
        let pair = try TLSPair()
        pair.pump()
        pair.server.receive(Array("JOIN #in-the-clear\r\n".utf8))
        #expect(pair.server.failure?.isProtocol == true)
        #expect(pair.server.plaintext.isEmpty)
    }

    @Test func `a record that comes twice is refused`() throws {
        let pair = try TLSPair()
        pair.pump()
        try pair.client.send("once")
        let record = pair.client.takeOutput()
        pair.server.receive(record)
        pair.server.receive(record)
        #expect(pair.server.plaintext == Array("once".utf8))
        #expect(pair.server.failure?.isProtocol == true)
        pair.move(.toClient)
        #expect(pair.client.failure?.alertNumber == 20)
    }
}
