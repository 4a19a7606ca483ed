import ChatServer
import ChatWire
import TLS
import TestKit
import Testing

@Suite struct ServerNamesTests {
    private func places(
        _ given: [String],
        _ names: [TLSPeerName],
        _ listening: [String]
    ) throws -> [String] {
        let directory = try TemporaryDirectory()
        let identity = try CertificateAuthority().issue(.server(names: names)).write(to: directory, as: "server")
        let certificate = try TLSCertificate(pemFile: identity.certificateFile)
        return ServerNames(
            given: try given.map { try #require(ServerHost($0)) },
            certificates: [certificate, certificate],
            listening: try listening.map { try #require(ListenAddress($0)) }
        ).places.map(\.authority)
    }

    @Test func `what the administrator says is all there is`() throws {
        let listening = ["0.0.0.0:2022", "[::]:2022", "0.0.0.0:443"]
        let given = ["Chat.example.org", "[2001:DB8::1]:7", "chat.example.org:443"]
        let places = try places(given, [.dns("localhost")], listening)
        #expect(places == ["chat.example.org:2022", "chat.example.org:443", "[2001:db8::1]:7"])
    }

    @Test func `else the names of the certificate at the ports, and the addresses`() throws {
        let names: [TLSPeerName] = [
            .dns("localhost"), .dns("*.example.org"), .dns("chat.example.org"), .ip("192.0.2.7"),
        ]
        #expect(
            try places([], names, ["0.0.0.0:2022", "192.0.2.8:1"]) == [
                "chat.example.org:2022", "192.0.2.7:2022", "localhost:2022", "chat.example.org:1", "192.0.2.7:1",
                "localhost:1", "192.0.2.8:1",
            ]
        )
    }

    @Test func `a server for this machine alone is localhost first`() throws {
        let names: [TLSPeerName] = [.dns("chat.example.org"), .dns("localhost"), .ip("127.0.0.1")]
        let places = try places([], names, ["127.0.0.1:2022", "[::1]:2022"])
        #expect(places == ["localhost:2022", "127.0.0.1:2022", "chat.example.org:2022", "[::1]:2022"])
    }

    @Test func `where it listens is not known to whoever makes a link`() throws {
        #expect(try places([], [.dns("localhost"), .dns("h")], []) == ["h:2022", "localhost:2022"])
    }

    @Test func `there are only so many`() throws {
        let names = (0..<40).map { TLSPeerName.dns("h\($0)") }
        #expect(try places([], names, ["0.0.0.0:1"]).count == ServerNames.most)
    }

    @Test(
        arguments: [
            ("h", "h", nil), ("H:7", "h", 7), ("[::1]", "::1", nil), ("[::1]:7", "::1", 7),
            ("10.0.0.1:65535", "10.0.0.1", 65_535),
        ] as [(String, String, Int?)]
    )
    func `a host is given with a port or without`(text: String, host: String, port: Int?) throws {
        let given = try #require(ServerHost(text))
        #expect(given.host == host)
        #expect(given.port == port)
    }

    @Test(arguments: ["", ":7", "h:", "h:0", "::1", "h/x", "h?", "a@h", "h#", "*.h", "h:7/"])
    func `what is no host is refused`(text: String) {
        #expect(ServerHost(text) == nil)
    }
}
