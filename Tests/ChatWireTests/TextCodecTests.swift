import ChatCore
import ChatWire
import Testing

@Suite struct TextCodecTests {
    private func encoded(_ body: Event.Body) -> String {
        var bytes: [UInt8] = []
        TextCodec.encode(body, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `entering, speaking and leaving have the lines that they always had`() {
        let member = MemberID(7)
        #expect(encoded(.entered(member)) == "user:`7` has enter\n")
        #expect(encoded(.said(member, CleanText("hello"))) == "7:hello\n")
        #expect(encoded(.left(member)) == "user:`7` has left\n")
    }

    @Test(
        arguments: [
            (0, "0"), (1, "1"), (9, "9"), (10, "10"), (100, "100"), (9_999_999_999, "9999999999"),
            (.max, "18446744073709551615"), (10_000_000_000_000_000_000, "10000000000000000000"),
        ] as [(UInt64, String)]
    )
    func `numbers are plain digits`(number: UInt64, digits: String) {
        #expect(encoded(.said(MemberID(number), CleanText("x"))) == "\(digits):x\n")
        #expect(encoded(.entered(MemberID(number))) == "user:`\(digits)` has enter\n")
        #expect(encoded(.left(MemberID(number))) == "user:`\(digits)` has left\n")
        #expect(TextCodec.missed(number) == "* you missed \(digits) lines\n")
    }

    @Test func `lines are appended to what is there`() {
        var bytes = Array("before\n".utf8)
        TextCodec.encode(.entered(MemberID(12)), into: &bytes)
        TextCodec.encode(.said(MemberID(12), CleanText("grüße")), into: &bytes)
        TextCodec.encode(.left(MemberID(12)), into: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "before\nuser:`12` has enter\n12:grüße\nuser:`12` has left\n"
        )
    }

    @Test func `the newcomer is told where from, which number and when`() throws {
        let welcome = TextCodec.welcome(
            MemberID(7),
            from: "127.0.0.1:53210",
            at: Timestamp(milliseconds: 1_795_343_510_999),
            utcOffset: 0
        )
        let lines = welcome.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "Welcome, 127.0.0.1:53210, UID:7, Enter At:2026-11-22 10:31:50+0000")
        try #require(lines.count == 3, "two lines, each with its end")
        #expect(lines[1].hasPrefix("* "))
        #expect(lines[2].isEmpty)
    }

    @Test func `the welcome's time is the server's, with its offset`() {
        let time = Timestamp(milliseconds: 1_795_343_510_000)
        let welcome = TextCodec.welcome(MemberID(1), from: "[::1]:2", at: time, utcOffset: -12_600)
        #expect(welcome.hasPrefix("Welcome, [::1]:2, UID:1, Enter At:2026-11-22 07:01:50-0330\n* "))
    }

    @Test(arguments: ["-quiet", "-nocommands", "Q, R, K or k", "end of input", "/quit"])
    func `welcome and help say what s_client does to lines`(words: String) {
        let welcome = TextCodec.welcome(MemberID(1), from: "", at: Timestamp(milliseconds: 0), utcOffset: 0)
        #expect(welcome.contains(words))
        #expect(TextCodec.help.contains(words))
    }

    @Test func `each command is in the help`() {
        for command in ["/help", "/quit", "//"] {
            #expect(TextCodec.help.contains("\n* \(command)"))
        }
    }

    @Test func `what the server says has its exact words where others rely on them`() {
        #expect(TextCodec.lineLimit == 4096)
        #expect(TextCodec.tooLong == "* your line is longer than 4096 bytes and was not sent\n")
        #expect(TextCodec.shuttingDown == "* the server is shutting down\n")
        #expect(TextCodec.missed(20_000) == "* you missed 20000 lines\n")
        #expect(TextCodec.full == "* the server is full; try again later\n")
    }

    @Test(arguments: [
        TextCodec.tooLong, TextCodec.foreign, TextCodec.shuttingDown, TextCodec.missed(1), TextCodec.help,
        TextCodec.unknown(CleanText("nick")), TextCodec.unknown(CleanText("")), TextCodec.full,
        TextCodec.silent(seconds: 1),
    ])
    func `every line that the server itself says begins with a star`(lines: String) {
        #expect(lines.hasSuffix("\n"))
        for line in lines.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(line.hasPrefix("* "))
            #expect(CleanText(String(line)).string == line)
        }
    }

    @Test(
        arguments: [
            (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (90, "90 seconds"), (1800, "30 minutes"),
        ] as [(Int64, String)]
    )
    func `who said nothing is told for how long`(seconds: Int64, words: String) {
        #expect(TextCodec.silent(seconds: seconds) == "* goodbye: you said nothing for \(words)\n")
    }

    @Test func `an unknown command is called by its name`() {
        #expect(TextCodec.unknown(CleanText("nick")).hasPrefix("* there is no command /nick;"))
    }

    @Test func `the answer to another protocol is one line and nothing of that protocol`() {
        #expect(TextCodec.foreign.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(!TextCodec.foreign.contains("HTTP"))
    }
}
