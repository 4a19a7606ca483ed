import TLS
import TestKit
import Testing

@Suite struct PeerNameTests {
    @Test(arguments: ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1"])
    func `each name in the certificate will do`(text: String) throws {
        let pair = try TLSPair(expecting: #require(TLSPeerName(text)))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test(arguments: ["127.0.0.2", "::2", "::ffff:127.0.0.1", "local", "localhost.example", "xn--localhost"])
    func `no other name will do`(text: String) throws {
        let pair = try TLSPair(expecting: #require(TLSPeerName(text)))
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .wrongName)
        #expect(!pair.server.isEstablished)
    }

    @Test(arguments: [
        ("*.example.test", "a.example.test", true),
        ("*.example.test", "A.EXAMPLE.TEST", true),
        ("*.example.test", "example.test", false),
        ("*.example.test", "a.b.example.test", false),
        ("f*.example.test", "foo.example.test", false),
        ("*o.example.test", "foo.example.test", false),
        ("*", "localhost", false),
    ])
    func `a wildcard stands for one whole label`(pattern: String, name: String, matches: Bool) throws {
        let pair = try pair(certified: [.dns(pattern)], expecting: .dns(name))
        pair.pump()
        #expect(pair.client.isEstablished == matches)
        #expect(pair.client.failure?.untrusted?.reason == (matches ? nil : .wrongName))
    }

    @Test func `the common name does not count`() throws {
        let fixtures = try CertificateFixtures.shared
        let nameless = try fixtures.authority.issue(.server().without(.alternativeNames))
        let pair = try TLSPair(server: .server(nameless.write(to: fixtures.directory, as: "common-name")))
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .wrongName)
    }

    @Test func `an address that is certified as a DNS name does not count`() throws {
        let pair = try pair(certified: [.dns("127.0.0.1")], expecting: .ip("127.0.0.1"))
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .wrongName)
    }

    @Test(arguments: [
        ("localhost", TLSPeerName.dns("localhost")),
        ("chat.example.", .dns("chat.example")),
        ("a_b.c-d", .dns("a_b.c-d")),
        ("10.0.0.1", .ip("10.0.0.1")),
        ("fe80::1", .ip("fe80::1")),
        (String(repeating: "a", count: 253), .dns(String(repeating: "a", count: 253))),
    ])
    func `a name is told from an address`(text: String, name: TLSPeerName) {
        #expect(TLSPeerName(text) == name)
    }

    @Test(arguments: [
        "", ".", "..", ".example", "a..b", "a b", " localhost", "localhost\n", "localhost\0.example", "127.0.0.1\0",
        "a*b", "*.example",
        "[::1]", "::1%lo", "localhost:6697", "https://example", "b\u{fc}cher.example",
        String(repeating: "a", count: 254),
    ])
    func `what no host is called is no name`(text: String) {
        #expect(TLSPeerName(text) == nil)
    }

    @Test(arguments: [
        TLSPeerName.dns(""), .dns("."), .dns(".example.test"), .dns("foo.example.test\0.evil"),
        .ip("localhost"), .ip(""), .ip("127.0.0.1\0"),
    ])
    func `a name made by hand cannot weaken the check`(name: TLSPeerName) throws {
        let names: [TLSPeerName] = [.dns("foo.example.test"), .ip("127.0.0.1")]
        #expect(throws: TLSError.self) {
            let pair = try pair(certified: names, expecting: name)
            pair.pump()
            if let failure = pair.client.failure { throw failure }
        }
    }

    @Test(arguments: [("localhost", "localhost"), ("127.0.0.1", nil), ("::1", nil)])
    func `only names are indicated to the server`(text: String, indicated: String?) throws {
        let server = try RawTLSPeer.server(CertificateFixtures.shared.server)
        let client = try TLSPair(expecting: #require(TLSPeerName(text))).client
        TLSPair.pump(client, server)
        #expect(client.isEstablished)
        #expect(server.serverName == indicated)
    }

    private func pair(certified names: [TLSPeerName], expecting name: TLSPeerName) throws -> TLSPair {
        let fixtures = try CertificateFixtures.shared
        let directory = try TemporaryDirectory()
        let identity = try fixtures.authority.issue(.server(names: names)).write(to: directory, as: "server")
        return try TLSPair(server: .server(identity), expecting: name)
    }
}
