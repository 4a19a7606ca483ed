import ChatClient
import ChatCore
import ChatWire
import TLS
import TestKit
import Testing

/// The words of a connection, as our end derives them.
@Suite(.timeLimit(.minutes(5))) struct WordsTests {
    @Test(arguments: [TLSVersion.v1_2, .v1_3])
    func `each connection has words of its own`(version: TLSVersion) async throws {
        try await WatchingServer.run(CertificateFixtures.shared.server, upTo: version) { server in
            let endpoint = Endpoint(host: "localhost", port: server.port)
            let trust = ServerTrust(TrustPolicy(authority: try CertificateFixtures.shared.ca))
            var seen: Set<VerificationWords> = []
            for _ in 0..<2 {
                let connection = try await ChatConnection.connect(to: endpoint, trusting: trust)
                let words = try connection.words.get()
                try await connection.run { _, _ in }
                let visit = try #require(await server.visit())
                #expect(VerificationWords(exported: visit.exported) == words)
                seen.insert(words)
            }
            #expect(seen.count == 2)
        }
    }

    @Test func `a client knows those of its connection, while there is one`() async throws {
        try await TestRoom.run { room in
            let trust = ServerTrust(TrustPolicy(authority: try CertificateFixtures.shared.ca))
            let client = try await ChatClient.connect(to: Endpoint(host: "localhost", port: room.port), trusting: trust)
            #expect(try client.words?.get().words.count == 4)
            #expect(client.agreement?.version == .v1_3)
            await client.close()
            for await _ in client.events {}
        }
    }
}
