import ChatCore
import ChatWire
import Testing

@Suite struct TextRequestTests {
    private func read(_ line: String) -> TextRequest {
        read(Array(line.utf8))
    }

    private func read(_ line: [UInt8]) -> TextRequest {
        TextRequest(line.span.bytes)
    }

    /// What a command asks for; nil if it is none.
    private func asked(_ line: String) -> Request? {
        guard case .command(let request, _) = read(line) else { return nil }
        return request
    }

    private func problem(_ line: String) -> CommandProblem? {
        guard case .problem(let problem) = read(line) else { return nil }
        return problem
    }

    @Test(arguments: [
        "hello", " hello ", "7:hello", "* hello", " /quit", "quit", "\\quit", "a/b", " x ", "user:`7` has left",
    ])
    func `a line is speech, whatever it looks like`(line: String) {
        #expect(read(line) == .say(CleanText(line)))
    }

    @Test(arguments: ["", " ", "    ", "\t", "\u{200B}", "\u{FEFF}\u{2060}\u{200B}"])
    func `a line with nothing to see in it is nothing`(line: String) {
        #expect(read(line) == .nothing)
    }

    @Test(arguments: [" /oper night secret", "   /OPER a b", "\t/oper a b"])
    func `a space before the slash shows nobody a password`(line: String) {
        #expect(problem(line)?.reason == "a command has no space before it; nothing was said")
    }

    @Test func `speech is cleaned`() {
        #expect(read("a\tb\u{1B}[2J\u{200B}c") == .say(CleanText("a b\u{FFFD}[2Jc")))
        #expect(read([0x61, 0xFF, 0x62]) == .say(CleanText("a\u{FFFD}b")))
    }

    @Test(arguments: [
        ("//", "/"), ("//quit", "/quit"), ("///", "//"), ("// hello", "/ hello"), ("/\u{200B}/quit", "/quit"),
        ("//\u{301}quit", "/\u{301}quit"),
    ])
    func `two slashes say one`(line: String, said: String) {
        #expect(read(line) == .say(CleanText(said)))
    }

    @Test(arguments: [
        "/quit", "/quit ", "/quit now please", "/quit\t", "/quit\tnow", "\u{FEFF}/quit", "/qu\u{200B}it", "/QUIT",
        "/Quit x",
        "/quit \u{301}",
    ])
    func `quit leaves, whatever comes after it`(line: String) {
        #expect(asked(line) == .quit)
    }

    @Test func `each command is read as what it asks for`() throws {
        let (alice, den) = (Whom.name(try Nickname("alice")), try RoomName("den"))
        let range = try #require(AddressRange("192.0.2.0/24"))
        let hello = CleanText("hello  you ")
        let code = try #require(LinkCode("7GQ4X0MZ"))
        let key = try #require(KeyFingerprint([UInt8](repeating: 0xA1, count: 32)))
        let expected: [(String, Action)] = [
            ("me hello  you ", .act(hello)), ("msg alice hello  you ", .whisper(to: alice, hello)),
            ("msg 7  hello  you ", .whisper(to: .number(MemberID(7)), hello)), ("reply hello  you ", .answer(hello)),
            ("history", .history(50)), ("history 1", .history(1)), ("history 1000", .history(1000)),
            ("search hello  you ", .past(try #require(Past(search: hello, limit: 20)))), ("forget me", .forget),
            ("forget ME", .forget), ("nick alice", .name(try Nickname("alice"))), ("who", .listMembers(prefix: "")),
            ("who al", .listMembers(prefix: "al")), ("away", .away(nil)), ("away hello  you ", .away(hello)),
            ("rooms", .listRooms(prefix: "")), ("rooms #d", .listRooms(prefix: "#d")),
            ("join den", .join(den, only: true)),
            ("join #den", .join(den, only: true)), ("leave", .leave), ("topic", .topic(nil)),
            ("topic hello  you ", .topic(hello)), ("topic -", .topic(CleanText(""))), ("invite alice", .invite(alice)),
            ("quiet on", .aside(.show(.quiet(true)))), ("echo OFF", .aside(.show(.echo(false)))),
            ("time on", .aside(.show(.time(true)))), ("ignore alice", .ignore(alice, true)),
            ("unignore alice", .ignore(alice, false)), ("kick alice", .kick(alice, reason: nil)),
            ("kick alice hello  you ", .kick(alice, reason: hello)),
            ("ban alice", .ban(.member(alice), seconds: nil, reason: nil)),
            ("ban alice 10m", .ban(.member(alice), seconds: 600, reason: nil)),
            ("ban alice 10m hello  you ", .ban(.member(alice), seconds: 600, reason: hello)),
            ("ban alice hello  you ", .ban(.member(alice), seconds: nil, reason: hello)),
            ("ban 192.0.2.9/24 2h", .ban(.addresses(range), seconds: 7200, reason: nil)),
            ("unban 192.0.2.0/24", .unban("192.0.2.0/24")), ("bans", .listBans),
            ("mute alice", .mute(alice, seconds: nil)), ("mute alice 90s", .mute(alice, seconds: 90)),
            ("unmute alice", .unmute(alice)), ("op alice", .setModerator(alice, true)),
            ("deop alice", .setModerator(alice, false)), ("slow 0", .slow(seconds: 0)),
            ("lockdown on", .lockdown(true)), ("private off", .setPrivate(false)),
            ("announce hello  you ", .announce(hello)),
            ("whois alice", .whois(alice)), ("verify", .verify(nil)), ("verify alice", .verify(alice)),
            ("release alice", .release(try Nickname("alice"))), ("link", .makeCode), ("link 7gq4-x0mz", .useCode(code)),
            ("link 7GQ4 X0MZ", .useCode(code)), ("status", .status), ("admit \(key)", .admit(key, nil)),
            ("admit \(key) alice", .admit(key, try Nickname("alice"))),
            ("ban \(key) 1m x", .ban(.key(key), seconds: 60, reason: CleanText("x"))),
            ("help", .aside(.help(nil))), ("help kick", .aside(.help(CommandTable["kick"]))),
            ("help /KICK", .aside(.help(CommandTable["kick"]))),
        ]
        for (line, action) in expected {
            #expect(asked("/" + line) == .act(action), "\(line)")
            // The name in capitals is the same command, with the same arguments.
            let name = line.prefix { $0 != " " }
            #expect(asked("/" + name.uppercased() + line.dropFirst(name.count)) == .act(action), "\(line)")
        }
        #expect(asked("/oper god a b ") == .becomeOperator(account: "god", password: "a b "))
        let tried = Set(expected.map { String($0.0.prefix { $0 != " " }) } + ["oper", "quit"])
        #expect(tried == Set(CommandTable.all.map(\.name)))
    }

    @Test func `with the request comes the command, which says what it costs`() throws {
        guard case .command(_, let spec) = read("/who") else {
            Issue.record("no command")
            return
        }
        #expect(spec == CommandTable["who"])
    }

    @Test(arguments: [
        ("/nick", "the name is missing; usage: /nick NAME"),
        ("/nick a b", "there are too many words; usage: /nick NAME"),
        ("/msg", "the name is missing; usage: /msg NAME TEXT"),
        ("/msg bob", "the text is missing; usage: /msg NAME TEXT"),
        ("/msg bob   ", "the text is missing; usage: /msg NAME TEXT"),
        ("/me", "what you do is missing; usage: /me TEXT"), ("/me  ", "what you do is missing; usage: /me TEXT"),
        ("/join", "the room is missing; usage: /join ROOM"),
        ("/join a b", "there are too many words; usage: /join ROOM"),
        ("/leave now", "there are too many words; usage: /leave"),
        ("/quiet maybe", "it is on or off; usage: /quiet on|off"),
        ("/quiet", "on or off is missing; usage: /quiet on|off"),
        ("/history 0", "N is from 1 to 1000; usage: /history [N]"),
        ("/history x", "N is from 1 to 1000; usage: /history [N]"),
        ("/slow 86401", "SECONDS is from 0 to 86400; usage: /slow SECONDS"),
        ("/mute bob forever", "there are too many words; usage: /mute NAME [DURATION]"),
        ("/oper god", "the password is missing; usage: /oper NAME PASSWORD"),
        ("/help nikc", "there is no command /nikc; did you mean /nick? /help lists all; usage: /help [COMMAND]"),
    ])
    func `a command that is used wrongly says what is wrong, and how it is used`(line: String, answer: String) {
        #expect(problem(line)?.description == answer)
    }

    @Test(arguments: [
        ("/", "there is no command /; /help lists all"), ("/ quit", "there is no command /; /help lists all"),
        ("/nikc alice", "there is no command /nikc; did you mean /nick? /help lists all"),
        ("/QIUT", "there is no command /QIUT; did you mean /quit? /help lists all"),
        ("/nothing", "there is no command /nothing; /help lists all"),
        ("/a/b c", "there is no command /a/b; /help lists all"),
        ("/\u{1B}[2J", "there is no command /\u{FFFD}[2J; /help lists all"),
        ("/\u{301}quit", "there is no command /\u{301}quit; did you mean /quit? /help lists all"),
    ])
    func `another word after a slash is no command, but perhaps near one`(line: String, answer: String) {
        #expect(problem(line).map { Array($0.reason.unicodeScalars) } == Array(answer.unicodeScalars))
        #expect(problem(line)?.usage == nil)
    }

    @Test(
        arguments: [
            String(repeating: "x", count: 4095), String(repeating: "\u{1B}", count: 4095),
            "e" + String(repeating: "\u{301}", count: 2000), String(repeating: "\u{1F468}\u{200D}", count: 500),
        ])
    func `of an unknown command's name comes back only what an answer can hold`(name: String) throws {
        #expect(try #require(problem("/\(name)")).reason.utf8.count <= 4 * 32 + 100)
    }
}
