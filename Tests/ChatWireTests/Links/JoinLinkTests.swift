import ChatCore
import ChatWire
import Testing

@Suite struct JoinLinkTests {
    static let one = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
    static let two = "sha256:" + String(repeating: "f", count: 64)

    @Test(arguments: [
        ("conclave://chat.example.org", "chat.example.org", 2022, nil),
        ("conclave://chat.example.org/", "chat.example.org", 2022, nil),
        ("conclave://localhost:443/tea", "localhost", 443, "tea"),
        ("CONCLAVE://LocalHost:65535", "localhost", 65_535, nil),
        ("conclave://127.0.0.1:1", "127.0.0.1", 1, nil),
        ("conclave://[::1]", "::1", 2022, nil),
        ("conclave://[2001:DB8:0:0::7]:443/x", "2001:db8::7", 443, "x"),
        ("conclave://h/%23tea", "h", 2022, "tea"),
        ("conclave://h/K%C3%BCche", "h", 2022, "Küche"),
        ("conclave://h/Küche", "h", 2022, "Küche"),
        ("conclave://my_host.example", "my_host.example", 2022, nil),
    ])
    func `a link leads to a host, a port and a room`(text: String, host: String, port: Int, room: String?) throws {
        let link = try JoinLink(text)
        #expect(link.host == host)
        #expect(link.port == port)
        #expect(link.room?.text == room)
        #expect(link.pins == [])
    }

    @Test func `a link has the keys that the server may show`() throws {
        let link = try JoinLink("conclave://h/tea?pin=\(Self.one)&new=thing&pin=\(Self.two)&&pin=\(Self.one)")
        #expect(link.pins.map(\.description) == [Self.one, Self.two])
        #expect(link.description == "conclave://h:2022/tea?pin=\(Self.one)&pin=\(Self.two)")
    }

    @Test(arguments: [
        "pin=SHA256:" + String(repeating: "0123456789ABCDEF", count: 4), "PIN=\(one)",
        "p%69n=sha256%3a" + one.dropFirst(7),
    ])
    func `a pin is never passed over for how it is written`(query: String) throws {
        #expect(try JoinLink("conclave://h?\(query)").pins.map(\.description) == [Self.one])
    }

    @Test(
        arguments: [
            ("", .noLink), ("conclave", .noLink), ("conclave:/h", .noLink), ("https://h", .noLink),
            (" conclave://h", .noLink),
            ("h:2022", .noLink), ("conclave://h/" + String(repeating: "%41", count: 1000), .tooLong),
            ("conclave://alice@h", .user), ("conclave://", .host), ("conclave:///tea", .host),
            ("conclave://:2022", .host),
            ("conclave://::1", .host), ("conclave://[::1", .host), ("conclave://[h]", .host),
            ("conclave://[1.2.3.4]", .host),
            ("conclave://[::1%25eth0]", .host), ("conclave://1.2.3", .host), ("conclave://127.1", .host),
            ("conclave://256.1.1.1", .host), ("conclave://h..x", .host), ("conclave://h.", .host),
            ("conclave://-h", .host),
            ("conclave://*.h", .host), ("conclave://h h", .host), ("conclave://bücher", .host),
            ("conclave://h%2E", .host),
            ("conclave://" + String(repeating: "a", count: 64), .host), ("conclave://[::1]x:1", .host),
            ("conclave://h:", .port), ("conclave://h:0", .port), ("conclave://h:65536", .port),
            ("conclave://h:+1", .port),
            ("conclave://h:1:2", .port), ("conclave://h:１", .port), ("conclave://[::1]:", .port),
            ("conclave://h/#tea", .fragment), ("conclave://h#", .fragment), ("conclave://h/a/b", .path),
            ("conclave://h//", .path), ("conclave://h/%4", .encoding), ("conclave://h/%zz", .encoding),
            ("conclave://h/%ff", .encoding), ("conclave://h?%", .encoding),
            ("conclave://h/%20", .room(.forbidden(" "))),
            ("conclave://h/a%2Fb", .room(.forbidden("/"))), ("conclave://h/%00", .room(.forbidden("\0"))),
            ("conclave://h/%23", .room(.empty)), ("conclave://h?pin", .pin), ("conclave://h?pin=", .pin),
            ("conclave://h?pin=sha256:00", .pin), ("conclave://h?pin=\(one)0", .pin),
            ("conclave://h?pin=\(one.dropLast())g", .pin),
            ("conclave://h?pin=md5\(one.dropFirst(6))", .pin), ("conclave://h?pin=\(one)&pin=x", .pin),
        ] as [(String, JoinLinkProblem)]
    )
    func `what is wrong with a link is said`(text: String, problem: JoinLinkProblem) {
        #expect(throws: problem) { try JoinLink(text) }
        #expect(!problem.description.contains("\n"))
    }

    @Test func `a link has a limit of pins`() throws {
        let pins = try (0...JoinLink.mostPins).map {
            try #require(KeyFingerprint([UInt8](repeating: UInt8($0), count: 32)))
        }
        #expect(try JoinLink(host: "h", pins: Array(pins.dropLast())).pins.count == JoinLink.mostPins)
        #expect(throws: JoinLinkProblem.tooManyPins) { try JoinLink(host: "h", pins: pins) }
        let query = pins.map { "pin=\($0)" }.joined(separator: "&")
        #expect(throws: JoinLinkProblem.tooManyPins) { try JoinLink("conclave://h?\(query)") }
    }

    @Test func `a link is made of its parts`() throws {
        #expect("\(try JoinLink(host: "::1"))" == "conclave://[::1]:2022")
        #expect("\(try JoinLink(host: "[::1]", port: 7, room: .lobby))" == "conclave://[::1]:7/lobby")
        #expect("\(try JoinLink(host: "H", room: try RoomName("Küche")))" == "conclave://h:2022/K%C3%BCche")
        #expect(throws: JoinLinkProblem.host) { try JoinLink(host: "") }
        #expect(throws: JoinLinkProblem.host) { try JoinLink(host: "h/x") }
        #expect(throws: JoinLinkProblem.port) { try JoinLink(host: "h", port: 0) }
        #expect(throws: JoinLinkProblem.port) { try JoinLink(host: "h", port: 65_536) }
    }

    @Test func `what means to be a link is told from a host`() {
        #expect(JoinLink.begins("conclave://"))
        #expect(JoinLink.begins("Conclave://x y"))
        #expect(!JoinLink.begins("conclave.example.org"))
        #expect(!JoinLink.begins("conclave:2022"))
    }
}
