import ChatCore
import ChatWire
import Testing

@Suite struct TextCodecTests {
    private let seven = Author(MemberID(7))
    private let alice: Author
    private let hello = CleanText("hello")

    init() throws {
        alice = Author(MemberID(8), name: try Nickname("alice"))
    }

    private func encoded(_ body: Event.Body) -> String {
        var bytes: [UInt8] = []
        TextCodec.encode(body, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `entering, speaking and leaving have the lines that they always had`() {
        #expect(encoded(.entered(seven)) == "user:`7` has enter\n")
        #expect(encoded(.said(seven, hello)) == "7:hello\n")
        #expect(encoded(.left(seven)) == "user:`7` has left\n")
        #expect(encoded(.entered(alice)) == "user:`alice` has enter\n")
        #expect(encoded(.said(alice, hello)) == "alice:hello\n")
        #expect(encoded(.left(alice)) == "user:`alice` has left\n")
    }

    @Test(
        arguments: [
            (0, "0"), (1, "1"), (9, "9"), (10, "10"), (100, "100"), (9_999_999_999, "9999999999"),
            (.max, "18446744073709551615"), (10_000_000_000_000_000_000, "10000000000000000000"),
        ] as [(UInt64, String)]
    )
    func `numbers are plain digits`(number: UInt64, digits: String) {
        #expect(encoded(.said(Author(MemberID(number)), CleanText("x"))) == "\(digits):x\n")
        #expect(TextCodec.missed(number) == "* you missed \(digits) lines\n")
    }

    @Test func `everything else that happens has a line too`() throws {
        let lines: [(Event.Body, String)] = [
            (.acted(alice, CleanText("waves")), "~ alice waves"),
            (.acted(seven, CleanText("* waves")), "~ 7 * waves"),
            (.renamed(from: seven, to: alice), "* `7` is now `alice`"),
            (.topic(CleanText("cats: all"), by: alice), "* `alice` set the topic: cats: all"),
            (.topic(nil, by: seven), "* `7` took the topic away"),
            (.announced(hello, by: alice), "* announcement by `alice`: hello"),
        ]
        for (body, line) in lines { #expect(encoded(body) == line + "\n") }
    }

    @Test func `what moderators decide is told with who did it`() throws {
        let why = CleanText("too loud")
        let lines: [(Ruling, String)] = [
            (.kicked(seven, reason: nil), "`7` was kicked by `alice`"),
            (.kicked(seven, reason: why), "`7` was kicked by `alice`: too loud"),
            (.banned(seven, seconds: nil, reason: nil), "`7` was banned by `alice`"),
            (.banned(seven, seconds: 5400, reason: why), "`7` was banned by `alice` for 1h 30m: too loud"),
            (.muted(seven, seconds: nil), "`7` was muted by `alice`"),
            (.muted(seven, seconds: 60), "`7` was muted by `alice` for 1m"),
            (.unmuted(seven), "`7` may speak again, says `alice`"),
            (.moderator(seven, true), "`7` may moderate this room now, says `alice`"),
            (.moderator(seven, false), "`7` may not moderate this room any more, says `alice`"),
            (.slow(seconds: 0), "slow mode is off, says `alice`"),
            (.slow(seconds: 5), "slow mode: one line from each member in 5 s, says `alice`"),
            (.lockdown(true), "only invited members can enter now, says `alice`"),
            (.lockdown(false), "lockdown is over, says `alice`"),
            (.isPrivate(true), "this room is private now, says `alice`: invited members only, and not listed"),
            (.isPrivate(false), "this room is public now, says `alice`"),
        ]
        for (ruling, line) in lines { #expect(encoded(.ruled(ruling, by: alice)) == "* \(line)\n") }
    }

    @Test func `lines are appended to what is there`() {
        var bytes = Array("before\n".utf8)
        TextCodec.encode(.entered(seven), into: &bytes)
        TextCodec.encode(.said(seven, CleanText("grüße")), into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "before\nuser:`7` has enter\n7:grüße\n")
    }

    @Test func `the past is shown with its time, by the server's clock`() {
        let at = Timestamp(milliseconds: 1_795_343_510_999)
        let event = Event(room: .lobby, sequence: 3, at: at, body: .said(alice, hello))
        #expect(String(decoding: TextCodec.replayed(event, utcOffset: 0), as: UTF8.self) == "* [10:31] alice:hello\n")
        #expect(String(decoding: TextCodec.replayed(event, utcOffset: -12_600), as: UTF8.self).hasPrefix("* [07:01] "))
        let acted = Event(room: .lobby, sequence: 4, at: at, body: .acted(alice, hello))
        #expect(String(decoding: TextCodec.replayed(acted, utcOffset: 0), as: UTF8.self) == "* [10:31] ~ alice hello\n")
        #expect(TextCodec.clock(at, utcOffset: 3600) == "11:31")
    }

    @Test func `what the server says has its exact words where others rely on them`() {
        #expect(TextCodec.lineLimit == 4096)
        #expect(TextCodec.tooLong(limit: 4096) == "* your line is longer than 4096 bytes and was not sent\n")
        #expect(TextCodec.shuttingDown == "* the server is shutting down\n")
        #expect(TextCodec.missed(20_000) == "* you missed 20000 lines\n")
        #expect(
            TextCodec.missedAnswers(3) == "* you missed 3 private messages and answers, because you did not read\n"
        )
        #expect(TextCodec.nothingToReplay == "* this room remembers nothing that was said\n")
    }

    @Test func `the answer to a line that was too long is known by how it begins`() {
        #expect(TextCodec.saysNotSaid(TextCodec.tooLong(limit: 7)))
        for line in ["7:" + TextCodec.tooLong(limit: 7), TextCodec.shuttingDown, "", "* "] {
            #expect(!TextCodec.saysNotSaid(line))
        }
    }

    @Test func `the answer to another protocol is one line and nothing of that protocol`() {
        #expect(TextCodec.foreign.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(TextCodec.foreign.hasPrefix("* ") && TextCodec.foreign.hasSuffix("\n"))
        #expect(!TextCodec.foreign.contains("HTTP"))
    }

    @Test func `the longest line fits into one TLS record, whatever was in it`() throws {
        let name = try Nickname(String(repeating: "n", count: 32))
        var found = 0
        for byte: UInt8 in [0x00, 0x1B, 0x7F, 0x80, 0xFF] {
            let line = [UInt8](repeating: byte, count: TextCodec.lineLimit)
            guard case .say(let text) = TextRequest(line.span.bytes) else { continue }
            var bytes: [UInt8] = []
            TextCodec.encode(.said(Author(MemberID(1), name: name), text), into: &bytes)
            #expect(bytes.count == 32 + 1 + 3 * TextCodec.lineLimit + 1)
            #expect(bytes.count < 16 * 1024)
            found += 1
        }
        #expect(found == 5)
    }
}
