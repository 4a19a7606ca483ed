import TLS
import TestKit
import Testing

/// Sessions of one thread have its error queue in common, and perhaps an output. Neither may carry anything over.
@Suite struct IsolationTests {
    @Test func `a dead session stays dead and says nothing`() throws {
        let pair = try TLSPair(expecting: .dns("elsewhere.example"))
        pair.pump()
        for end in [pair.client, pair.server] {
            try #require(end.failure != nil)
            let before = end.events
            guard case .failed(.notOpen) = end.step() else {
                Issue.record("a dead session went on")
                return
            }
            #expect(throws: TLSError.notOpen) { try end.send("anything") }
            end.close()
            end.endInput()
            #expect(end.takeOutput().isEmpty)
            #expect(end.events == before)
        }
    }

    @Test func `a session that dies leaves its neighbour alone`() throws {
        let healthy = try TLSPair()
        healthy.pump()
        for seed in UInt64(1)...20 {
            let dying = try TLSPair()
            dying.pump()
            var generator = SeededGenerator(seed: seed)
            dying.server.receive(generator.bytes(100))
            dying.server.endInput()
            try #require(dying.server.failure != nil)
            healthy.client.receive([])
            try healthy.client.send("still here\n")
            healthy.pump()
        }
        #expect(healthy.server.plaintext.count == 20 * 11)
        #expect(healthy.client.events == [.established] && healthy.server.events == [.established])
    }

    @Test func `errors that others left in the queue change nothing`() throws {
        let pair = try TLSPair()
        pair.client.spoilsErrorQueue = true
        pair.server.spoilsErrorQueue = true
        pair.network = TLSPair.pieces { 5 }
        let conversation = Conversation(pair)
        conversation.hold()
        #expect(conversation.isComplete)
    }

    @Test func `errors that others left in the queue are not reported as ours`() throws {
        let server = try TLSPair().server
        server.spoilsErrorQueue = true
        server.receive(Array("GET / HTTP/1.1\r\n".utf8))
        #expect(server.failure?.reasons == ["http request"])
    }

    @Test func `two sessions can share an output`() throws {
        let fixtures = try CertificateFixtures.shared
        let output = TLSOutput()
        let clientContext = try TLSContext(.client(trust: fixtures.ca))
        let serverContext = try TLSContext(.server(fixtures.server))
        let pairs = try (0..<2).map { _ in
            TLSPair(
                client: try TLSSession(client: clientContext, expecting: .dns("localhost")),
                server: try TLSSession(server: serverContext, output: output)
            )
        }
        for pair in pairs { pair.pump() }
        for (index, pair) in pairs.enumerated() {
            try pair.server.send("to \(index)")
            pair.move(.toClient)
        }
        #expect(output.isEmpty)
        #expect(pairs.map(\.client.plaintext) == [Array("to 0".utf8), Array("to 1".utf8)])
    }

    @Test func `an output gives everything away once`() throws {
        let pair = try TLSPair()
        let output = pair.client.session.output
        #expect(output.isEmpty && output.count == 0)
        pair.client.receive([])
        let waiting = output.count
        #expect(waiting > 0)
        #expect(pair.client.takeOutput().count == waiting)
        #expect(output.isEmpty)
        #expect(pair.client.takeOutput().isEmpty)
    }

    @Test func `an output that throws away keeps nothing back`() throws {
        struct Stop: Error {}
        let pair = try TLSPair()
        pair.client.receive([])
        #expect(throws: Stop.self) { try pair.client.session.output.take { _ throws(Stop) in throw Stop() } }
        #expect(pair.client.session.output.isEmpty)
    }

    @Test func `sessions can be dropped at any point`() throws {
        let context = try TLSContext(.server(CertificateFixtures.shared.server))
        for steps in 0..<6 {
            let client = try TLSPair().client
            let server = TLSEnd(try TLSSession(server: context))
            for step in 0..<steps {
                if step.isMultiple(of: 2) {
                    client.receive(server.takeOutput())
                } else {
                    server.receive(client.takeOutput())
                }
            }
            #expect(server.isEstablished == (steps >= 4))
        }
    }

    @Test func `threads share contexts`() async throws {
        let fixtures = try CertificateFixtures.shared
        let client = try TLSContext(.client(trust: fixtures.ca))
        let server = try TLSContext(.server(fixtures.server, fixtures.serverRSA))
        let complete = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var complete = 0
                    for _ in 0..<10 {
                        let conversation = Conversation(
                            TLSPair(
                                client: try TLSSession(client: client, expecting: .dns("localhost")),
                                server: try TLSSession(server: server)
                            )
                        )
                        conversation.hold()
                        if conversation.isComplete { complete += 1 }
                    }
                    return complete
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(complete == 80)
    }
}
