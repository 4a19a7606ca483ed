import TLS
import TestKit
import Testing

@Suite struct ApplicationProtocolTests {
    private static let longest = String(repeating: "x", count: 255)

    @Test(arguments: [
        (["conclave/1"], ["conclave/1"], "conclave/1"),
        (["irc", "conclave/1"], ["conclave/1"], "conclave/1"),
        (["a", "b"], ["b", "a"], "b"),
        ([longest], [longest], longest),
    ])
    func `the server's first that the client has is chosen`(offer: [String], own: [String], chosen: String) throws {
        let pair = try pair(client: offer, server: own)
        pair.pump()
        #expect(pair.client.session.agreement?.applicationProtocol == chosen)
        #expect(pair.server.session.agreement?.applicationProtocol == chosen)
    }

    @Test(arguments: [["conclave/1"], []])
    func `an offer without a match is refused with alert 120`(own: [String]) throws {
        let pair = try pair(client: ["h2", "http/1.1"], server: own)
        pair.pump()
        #expect(pair.client.failure?.alertNumber == 120)
        #expect(pair.server.failure?.reasons == ["no application protocol"])
        #expect(!pair.client.isEstablished && !pair.server.isEstablished)
    }

    @Test func `a name that is only the beginning of another is no match`() throws {
        let pair = try pair(client: ["conclave"], server: ["conclave/1"])
        pair.pump()
        #expect(pair.client.failure?.alertNumber == 120)
    }

    @Test func `a client that offers nothing is let in`() throws {
        let pair = try pair(client: [], server: ["conclave/1"])
        pair.pump()
        #expect(pair.server.isEstablished)
        #expect(pair.server.session.agreement?.applicationProtocol == nil)
    }

    @Test func `a server that knows nothing of protocols leaves the client without one`() throws {
        let fixtures = try CertificateFixtures.shared
        let client = try pair(client: ["conclave/1"], server: []).client
        TLSPair.pump(client, try RawTLSPeer.server(fixtures.server))
        #expect(client.isEstablished)
        #expect(client.session.agreement?.applicationProtocol == nil)
    }

    @Test(arguments: ["", String(repeating: "x", count: 256)])
    func `a name that cannot be sent is refused`(name: String) throws {
        var configuration = TLSConfiguration.client(trust: .dangerouslyAcceptAny)
        configuration.applicationProtocols = [name]
        #expect {
            try TLSContext(configuration)
        } throws: { error in
            if case .setup(let what, []) = error as? TLSError { what.contains("1 to 255 bytes") } else { false }
        }
    }

    @Test func `sessions outlive the caller's reference to the context`() throws {
        let fixtures = try CertificateFixtures.shared
        func end() throws -> TLSEnd {
            var configuration = TLSConfiguration.server(fixtures.server)
            configuration.applicationProtocols = ["conclave/1"]
            return TLSEnd(try TLSSession(server: TLSContext(configuration)))
        }
        let server = try end()
        let client = try pair(client: ["conclave/1"], server: []).client
        TLSPair.pump(client, server)
        #expect(client.session.agreement?.applicationProtocol == "conclave/1")
    }

    private func pair(client offer: [String], server own: [String]) throws -> TLSPair {
        let fixtures = try CertificateFixtures.shared
        var client = TLSConfiguration.client(trust: fixtures.ca)
        client.applicationProtocols = offer
        var server = TLSConfiguration.server(fixtures.server)
        server.applicationProtocols = own
        return try TLSPair(client: client, server: server)
    }
}
