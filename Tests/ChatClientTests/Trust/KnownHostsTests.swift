import ChatCore
import TestKit
import Testing

@testable import ChatClient

/// The text of `known_hosts`, read and written.
@Suite struct KnownHostsTests {
    private static let (a, b, c) = (
        "sha256:" + String(repeating: "a", count: 64), "sha256:" + String(repeating: "b", count: 64),
        "sha256:" + String(repeating: "c", count: 64)
    )

    private func read(_ text: String) throws -> KnownHosts { try KnownHosts(text.utf8) }

    private func problem(_ text: String) -> KnownHostsProblem? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return error as? KnownHostsProblem
        }
    }

    @Test func `a line says who is known by what, and since when`() throws {
        let hosts = try read("chat.example.org:2022 \(Self.a) added 2026-11-30 next \(Self.b) learned 2026-12-24\n")
            .hosts
        let next = KnownPin.Next(try Keys.key("b"), learned: try Keys.day("2026-12-24"))
        let pin = KnownPin(try Keys.key("a"), added: try Keys.day("2026-11-30"), next: next)
        #expect(hosts == [KnownHost(try Keys.host("chat.example.org:2022"), [pin])])
        #expect(
            hosts.map(\.description) == [
                "chat.example.org:2022 \(Self.a) added 2026-11-30 next \(Self.b) learned 2026-12-24"
            ]
        )
    }

    @Test(arguments: [
        ("a.example:1 \(a)", "a.example:1 \(a)"),
        ("  A.Example.:1\t\(a.uppercased()) \r", "a.example:1 \(a)"),
        ("[::1]:2022 \(a)", "[::1]:2022 \(a)"),
        ("[0:0:0:0:0:0:0:1]:2022 \(a)", "[::1]:2022 \(a)"),
        ("127.0.0.1:2022 \(a) \(b) added 2024-02-29", "127.0.0.1:2022 \(a) \(b) added 2024-02-29"),
        ("a:1 \(a) next \(b) \(c) next \(b)", "a:1 \(a) next \(b) \(c) next \(b)"),
        ("a:1 \(a) added 2026-11-30   # from  alice  ", "a:1 \(a) added 2026-11-30 # from  alice"),
        ("a:1 \(a) seen 2026-11-30 added soon", "a:1 \(a) seen 2026-11-30 added soon"),
    ])
    func `a line can be written in several ways, and is printed in one`(line: String, printed: String) throws {
        let host = try #require(try read(line).hosts.first)
        #expect(host.description == printed)
        #expect(try read(host.description).hosts == [host])
    }

    @Test(
        arguments: [
            ("a.example \(a)", 1, .noHost("a.example")), ("::1:2022 \(a)", 1, .noHost("::1:2022")),
            ("# one\n\na:0 \(a)", 3, .noHost("a:0")), ("\u{1B}[2J", 1, .noHost("\u{1B}[2J")),
            ("a:1", 1, .noPin(HostPort(Endpoint(host: "a", port: 1)))),
            ("a:1 added 2026-11-30", 1, .misplaced("added")),
            ("a:1 # \(a)", 1, .noPin(HostPort(Endpoint(host: "a", port: 1)))),
            ("a:1 sha256:abc", 1, .noFingerprint("sha256:abc")),
            ("a:1 \(a)0", 1, .noFingerprint("\(a)0")),
            ("a:1 \(a) next", 1, .noFingerprint("")),
            ("a:1 \(a) added", 1, .noDay("")), ("a:1 \(a) added 2026-02-29", 1, .noDay("2026-02-29")),
            ("a:1 \(a) added 2026-11-3", 1, .noDay("2026-11-3")),
            ("a:1 \(a) learned 2026-11-30", 1, .misplaced("learned")),
            ("a:1 \(a) added 2026-11-30 added 2026-11-30", 1, .misplaced("added")),
            ("b:1 \(b)\nA:1 \(b)\na:1 \(c)", 3, .again(HostPort(Endpoint(host: "a", port: 1)), line: 2)),
        ] as [(String, Int, KnownHostsProblem.Reason)]
    )
    func `what is wrong is told with its line`(text: String, line: Int, reason: KnownHostsProblem.Reason) {
        #expect(problem(text) == KnownHostsProblem(line: line, reason))
    }

    @Test func `the same key twice in one line is a mistake, and so are very many`() throws {
        #expect(problem("a:1 \(Self.a) \(Self.a)") == KnownHostsProblem(line: 1, .twice(try Keys.key("a"))))
        let keys = (10..<27).map { "sha256:" + String(repeating: "\($0)", count: 32) }
        #expect(problem("a:1 \(keys.joined(separator: " "))") == KnownHostsProblem(line: 1, .tooManyPins))
        #expect(try read("a:1 \(keys.dropLast().joined(separator: " "))").hosts.first?.pins.count == 16)
    }

    @Test func `what is too long, or no text, is refused`() throws {
        let long = "#" + String(repeating: "x", count: KnownHosts.lineLimit - 1)
        #expect(try read(long).hosts == [])
        #expect(problem("\n\(long)x") == KnownHostsProblem(line: 2, .tooLong))
        let much = String(repeating: long + "\n", count: KnownHosts.limit / (KnownHosts.lineLimit + 1) + 1)
        #expect(problem(much)?.reason == .tooMuch)
        #expect(throws: KnownHostsProblem(line: 2, .notUTF8)) { try KnownHosts([0x0A, 0x61, 0xFF]) }
    }

    @Test func `problems are told in one clean line`() {
        #expect(
            "\(KnownHostsProblem(line: 7, .noHost("\u{1B}x")))"
                == "line 7: '\u{FFFD}x' is not HOST:PORT, such as chat.example.org:2022 or [::1]:2022"
        )
    }

    // MARK: Changing

    @Test func `what is not changed stays as it is, to the byte`() throws {
        let text = "# mine\r\n\n  B:1   \(Self.b)   # bob\na:1 \(Self.a) added 2026-11-30 from alice\n\t# end"
        var hosts = try read(text)
        #expect(hosts.text == text + "\n")
        let isNew = try hosts.add(Keys.key("c"), for: Keys.host("a:1"), on: Keys.day("2026-12-01"))
        #expect(isNew)
        #expect(
            hosts.text
                == "# mine\r\n\n  B:1   \(Self.b)   # bob\na:1 \(Self.a) added 2026-11-30 \(Self.c) added 2026-12-01 from alice\n\t# end\n"
        )
        let isNewAgain = try hosts.add(Keys.key("c"), for: Keys.host("a:1"), on: Keys.day("2026-12-02"))
        #expect(!isNewAgain)
        try hosts.add(Keys.key("c"), for: Keys.host("[::1]:5"), on: Keys.day("2026-12-01"))
        #expect(hosts.text.hasSuffix("\t# end\n[::1]:5 \(Self.c) added 2026-12-01\n"))
        let removed = [hosts.remove(try Keys.host("a:1")), hosts.remove(try Keys.host("a:1"))]
        #expect(removed.map { $0?.pins.count } == [2, nil])
        #expect(hosts.text == "# mine\r\n\n  B:1   \(Self.b)   # bob\n\t# end\n[::1]:5 \(Self.c) added 2026-12-01\n")
    }

    @Test func `a key that was announced takes the place of the one before it, and of that one only`() throws {
        let (a, b, c) = (try Keys.key("a"), try Keys.key("b"), try Keys.key("c"))
        let host = try Keys.host("a:1")
        var hosts = try read("a:1 \(Self.a) added 2026-01-01 \(Self.c) added 2026-01-01\n")
        let (december, january) = (try Keys.day("2026-12-01"), try Keys.day("2027-01-01"))
        let isNews = [
            hosts.learn(b, after: b, for: host, on: december), hosts.learn(c, after: a, for: host, on: december),
            hosts.learn(b, after: a, for: host, on: december), hosts.learn(b, after: a, for: host, on: january),
        ]
        #expect(isNews == [false, false, true, false])
        #expect(
            hosts.text
                == "a:1 \(Self.a) added 2026-01-01 next \(Self.b) learned 2026-12-01 \(Self.c) added 2026-01-01\n"
        )
        let used = [hosts.use(c, for: host, on: january), hosts.use(b, for: host, on: january)]
        #expect(used.map { $0?.key } == [nil, a])
        #expect(hosts.text == "a:1 \(Self.b) added 2027-01-01 \(Self.c) added 2026-01-01\n")
        let again = hosts.use(b, for: host, on: january)
        #expect(again == nil)
    }

    @Test func `a key that was announced and then added by hand stands there once`() throws {
        var hosts = try read("a:1 \(Self.a) next \(Self.b) \(Self.b) added 2026-12-01")
        let used = hosts.use(try Keys.key("b"), for: try Keys.host("a:1"), on: try Keys.day("2027-01-01"))
        #expect(used?.key == (try Keys.key("a")))
        #expect(hosts.text == "a:1 \(Self.b) added 2026-12-01\n")
    }

    @Test func `an announcement may be replaced by another`() throws {
        let host = try Keys.host("a:1")
        var hosts = try read("a:1 \(Self.a) next \(Self.b) learned 2026-12-01")
        let isNews = hosts.learn(try Keys.key("c"), after: try Keys.key("a"), for: host, on: try Keys.day("2026-12-02"))
        #expect(isNews)
        #expect(hosts.text == "a:1 \(Self.a) next \(Self.c) learned 2026-12-02\n")
    }

    // MARK: Whatever comes

    private static let pieces = [
        "a:1", "B:2", "[::1]:3", " ", "\t", "\n", "\r\n", "#", "added", "next", "learned", "2026-11-30", a, b, c,
        "sha256:", "x", "\u{0}", "é", "🔑", ":", "9999-12-31",
    ]

    private func invention(_ random: inout SeededGenerator) -> [UInt8] {
        if random.once(in: 4) { return random.bytes(Int.random(in: 0..<200, using: &random)) }
        var text = ""
        for _ in 0..<Int.random(in: 0..<40, using: &random) {
            text += Self.pieces.randomElement(using: &random) ?? ""
            if !random.once(in: 5) { text += " " }
        }
        return Array(text.utf8)
    }

    @Test(arguments: SeededGenerator.seeds(300))
    func `it makes no difference how it is cut, and what is read is what is written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = invention(&random)
        let whole = Result { try KnownHosts(bytes) }
        let pieces = random.pieces(of: bytes)
        let cut = Result {
            var reader = KnownHostsReader()
            for piece in pieces { try reader.feed(piece) }
            return try reader.finish()
        }
        let single = Result {
            var reader = KnownHostsReader()
            for byte in bytes { try reader.feed(byte) }
            return try reader.finish()
        }
        switch (whole, cut, single) {
        case (.success(let one), .success(let two), .success(let three)):
            #expect(one == two && two == three)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(one.text == (text.isEmpty || text.utf8.last == 0x0A ? text : text + "\n"))
            // Whatever is changed, it can still be read, and says the same.
            var changed = one
            for host in one.hosts.prefix(3) {
                _ = changed.learn(
                    try Keys.key("d"),
                    after: host.pins[0].key,
                    for: host.host,
                    on: try Keys.day("2026-12-01")
                )
            }
            #expect(try KnownHosts(changed.text.utf8).hosts == changed.hosts)
        case (
            .failure(let one as KnownHostsProblem), .failure(let two as KnownHostsProblem),
            .failure(let three as KnownHostsProblem)
        ):
            #expect(one == two && two == three)
            #expect(CleanText("\(one)").string == "\(one)")
        default: Issue.record("\(whole) \(cut) \(single)")
        }
    }
}
