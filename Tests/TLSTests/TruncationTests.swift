import TLS
import TestKit
import Testing

@Suite struct TruncationTests {
    @Test(arguments: TLSPair.Direction.allCases, [TLSVersion.v1_2, .v1_3])
    func `a conversation cut off at any byte is known to be`(direction: TLSPair.Direction, version: TLSVersion) throws {
        let fixtures = try CertificateFixtures.shared
        var configuration = TLSConfiguration.server(fixtures.server)
        configuration.versions = .v1_2...version
        let client = try TLSContext(.client(trust: fixtures.ca))
        let server = try TLSContext(configuration)
        func conversation() throws -> Conversation {
            Conversation(
                TLSPair(
                    client: try TLSSession(client: client, expecting: .dns("localhost")),
                    server: try TLSSession(server: server)
                )
            )
        }

        let whole = try conversation()
        whole.hold()
        try #require(whole.isComplete)
        let length = whole.pair.sent[direction]?.count ?? 0
        try #require(length > 300)

        // Signatures differ by a byte or two from one handshake to the next; so does the length.
        for cut in 0..<(length - 8) {
            let conversation = try conversation()
            let pair = conversation.pair
            var left = cut
            pair.network = { way, bytes in
                guard way == direction else { return [bytes] }
                defer { left -= min(left, bytes.count) }
                return [Array(bytes.prefix(left))]
            }
            conversation.hold()
            let end = pair.end(receiving: direction)
            end.endInput()
            #expect(end.failure == .truncated, "cut at \(cut) of \(length)")
            #expect(!end.events.contains(.closed), "cut at \(cut) of \(length)")
            #expect(conversation.isFaithful, "cut at \(cut) of \(length)")
        }
    }
}
