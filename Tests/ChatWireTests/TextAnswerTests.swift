import Testing

@testable import ChatCore
@testable import ChatWire

@Suite struct TextAnswerTests {
    private let seven = Author(MemberID(7))
    private let alice: Author
    private let den: RoomName
    private let name: Nickname
    private let hello = CleanText("hello")

    init() throws {
        name = try Nickname("alice")
        alice = Author(MemberID(8), name: try Nickname("alice"))
        den = try RoomName("den")
    }

    @Test func `what is said to one alone stands in brackets`() {
        #expect(TextCodec.answer(.whisper(from: alice, hello)) == "[private] alice:hello\n")
        #expect(TextCodec.answer(.whispered(to: seven, hello, away: nil)) == "[private to 7] hello\n")
        #expect(
            TextCodec.answer(.whispered(to: alice, hello, away: CleanText("lunch")))
                == "[private to alice] hello\n* `alice` is away: lunch\n"
        )
    }

    @Test func `whois and status say which keys and which TLS`() throws {
        let key = try #require(KeyFingerprint([UInt8](repeating: 0xA1, count: 32)))
        let terms = TLSTerms(version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256", group: "X25519")
        let verified = Author(MemberID(8), name: name, isVerified: true)
        let devices = [
            DeviceProfile(key: key, terms: terms, address: nil),
            DeviceProfile(key: nil, terms: nil, address: Address("192.0.2.1")),
        ]
        #expect(
            TextCodec.answer(.whois(Profile(author: verified, isOperator: true, idle: 60, devices: devices))) == """
                * `alice` ✓ UID:8, operator, idle for 1m
                *   \(key), TLSv1.3, TLS_AES_128_GCM_SHA256, X25519
                *   no key, unknown, from 192.0.2.1\n
                """
        )
        let names = [name, try Nickname("bob")]
        let own = OwnStatus(author: verified, isOperator: false, key: key, terms: terms, names: names, keys: 2)
        #expect(
            TextCodec.answer(.status(own)) == """
                * you are `alice` ✓ UID:8
                * your connection: TLSv1.3, TLS_AES_128_GCM_SHA256, X25519
                * your key: \(key), one of 2 of your account; kept for it: `alice`, `bob`\n
                """
        )
        let guest = OwnStatus(author: seven, isOperator: false, key: nil, terms: terms, names: [], keys: 0)
        #expect(TextCodec.answer(.status(guest)).hasSuffix("* your key: none; no name is kept for you\n"))
    }

    @Test func `an answer is one line, that says what has come of it`() {
        let lines: [(Answer, String)] = [
            (.outside(den), "you have left #den; /rooms lists the rooms, /join ROOM enters one"),
            (.named(alice), "your name is `alice` now"), (.topic(den, hello), "the topic of #den: hello"),
            (.topic(den, nil), "#den has no topic"),
            (
                .reservation(.kept(name, seconds: 90 * 86_400)),
                "the name `alice` is kept for your key now, until you have not been here for 90d; /release alice gives it back"
            ),
            (
                .reservation(.notKept(name, .ofOne(limit: 4))),
                "the name `alice` is not kept for your key: 4 are already; /status lists them, /release NAME gives one back"
            ),
            (.released(name), "the name `alice` is kept for nobody any more"),
            (.linked([]), "your key is one of that account now"),
            (
                .linked([name]),
                "your key is one of the account of `alice` now; /nick takes one of its names"
            ),
            (
                .verification(alice, [0]),
                "the words of `alice`: aardvark aardvark aardvark aardvark; both ends of that connection show the same"
            ),
            (.away(hello), "who writes to you alone is told that you are away: hello"), (.back, "you are back"),
            (.invitation(den, from: alice), "`alice` invites you to #den; /join #den enters it"),
            (.invited(seven, den), "`7` is invited to #den"),
            (.ignoring(seven, true), "you see nothing more of what `7` says; /unignore takes it back"),
            (.ignoring(seven, false), "you see again what `7` says"),
            (.removed(.lobby, by: alice, reason: nil, isBan: false), "you were kicked from #lobby by `alice`"),
            (
                .removed(den, by: alice, reason: hello, isBan: true),
                "you were banned from #den by `alice`: hello; you are in no room now, /join ROOM enters one"
            ),
            (.banned("bob", den, seconds: nil), "`bob` is banned from #den"),
            (.banned("192.0.2.0/24", den, seconds: 60), "`192.0.2.0/24` is banned from #den for 1m"),
            (.unbanned("bob", den), "`bob` may enter #den again"),
            (.isOperator, "you are an operator now: you may moderate every room"),
            (.announced(rooms: 3), "announced in 3 rooms"),
            (.refused(.thatIsYou), "that is you"),
            (.refused(.muted(den, seconds: 61)), "you are muted in #den for 1m 1s more; your line was not sent"),
            (.refused(.muted(den, seconds: nil)), "you are muted in #den; your line was not sent"),
        ]
        for (answer, line) in lines { #expect(TextCodec.answer(answer) == "* \(line)\n") }
    }

    @Test func `rooms are listed with how many are in them, and what they are about`() {
        let (lobby, other) = (
            RoomSummary(name: .lobby, members: 1, topic: nil), RoomSummary(name: den, members: 2, topic: hello)
        )
        #expect(
            TextCodec.answer(.rooms(Listing([other, lobby], more: 0)))
                == "* #den  2 members: hello\n* #lobby  1 member\n"
        )
        #expect(
            TextCodec.answer(.rooms(Listing([lobby], more: 4)))
                == "* #lobby  1 member\n* and 4 more rooms; /rooms NAME lists those whose names begin so\n"
        )
        #expect(TextCodec.answer(.rooms(Listing([], more: 0))) == "* there is no such room\n")
    }

    private func member(
        _ author: Author,
        idle: Int = 0,
        away: CleanText? = nil,
        _ rights: (moderator: Bool, operator: Bool) = (false, false),
        from address: Address? = nil
    ) -> MemberSummary {
        MemberSummary(
            author: author,
            present: 3600,
            idle: idle,
            away: away,
            isModerator: rights.moderator,
            isOperator: rights.operator,
            address: address
        )
    }

    @Test func `members are listed with what is to be known of them`() {
        let lines: [(MemberSummary, String)] = [
            (member(seven), "`7`, here for 1h"), (member(alice, idle: 59), "`alice` UID:8, here for 1h"),
            (member(seven, idle: 60), "`7`, here for 1h, idle for 1m"),
            (member(seven, (true, false)), "`7`, here for 1h, moderator"),
            (member(seven, (true, true)), "`7`, here for 1h, operator"),
            (member(seven, from: Address("192.0.2.1")), "`7`, here for 1h, from 192.0.2.1"),
            (member(seven, away: hello), "`7`, here for 1h, away: hello"),
        ]
        for (member, line) in lines {
            #expect(TextCodec.answer(.who(den, Listing([member], more: 0))) == "* \(line)\n")
        }
        #expect(
            TextCodec.answer(.who(den, Listing([member(seven), member(alice)], more: 1))) == """
                * `7`, here for 1h
                * `alice` UID:8, here for 1h
                * and 1 more member; /who NAME lists those whose names begin so\n
                """
        )
        #expect(TextCodec.answer(.who(den, Listing([], more: 0))) == "* nobody of that name is in #den\n")
    }

    @Test func `bans are listed with who, how long and why`() {
        let bans = [
            BanSummary(label: "bob", by: "alice", left: 60, reason: hello),
            BanSummary(label: "::/0", by: "7", left: nil, reason: nil),
        ]
        #expect(
            TextCodec.answer(.bans(den, Listing(bans, more: 2)))
                == "* bob, by `alice`, 1m left: hello\n* ::/0, by `7`, for good\n* and 2 more bans\n"
        )
        #expect(TextCodec.answer(.bans(den, Listing([], more: 0))) == "* nobody is banned from #den\n")
    }

    @Test func `what one sees changes with a line that says how`() {
        for change: ViewChange in [.quiet(true), .quiet(false), .echo(true), .echo(false), .time(true), .time(false)] {
            expectServerLines(TextCodec.changed(change), count: 1)
        }
        #expect(
            Set([true, false].flatMap { [ViewChange.quiet($0), .echo($0), .time($0)].map(TextCodec.changed) }).count
                == 6
        )
    }

    @Test func `each refusal is one line of its own`() throws {
        let name = try Nickname("bob")
        let refusals: [Refusal] = [
            .nowhere, .notIn(den), .alreadyIn(den), .alreadyHere(seven, den), .mayNotEnter(den),
            .roomIsFull(den, limit: 5),
            .tooManyRooms(limit: 5),
            .inTooManyRooms(limit: 5), .noSuchMember("bob"), .nameTaken(name), .alreadyNamed(name),
            .thatIsYou, .nobodyToAnswer, .muted(den, seconds: 5), .slow(den, seconds: 5), .noteTooLong(limit: 5),
            .onlyModerators(den), .onlyModerators(.lobby), .onlyOperators, .isProtected(seven), .lobbyStaysPublic,
            .noSuchBan("bob"), .tooMany("bans", limit: 5), .onlyOperatorsBanAddresses, .noSuchMute("7"),
            .notHere(seven, den), .moderatesAlready(seven), .moderatesNot(seven), .lobbyHasOperators,
        ]
        for refusal in refusals { expectServerLines(TextCodec.answer(.refused(refusal)), count: 1) }
        #expect(Set(refusals.map { TextCodec.answer(.refused($0)) }).count == refusals.count)
    }
}

@Suite struct TextEntryTests {
    @Test func `the newcomer is told where from, which number and when`() throws {
        let time = Timestamp(milliseconds: 1_795_343_510_999)
        let welcome = TextCodec.welcome(MemberID(7), from: "127.0.0.1:53210", at: time, utcOffset: 0)
        let lines = welcome.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "Welcome, 127.0.0.1:53210, UID:7, Enter At:2026-11-22 10:31:50+0000")
        try #require(lines.count == 3, "two lines, each with its end")
        expectServerLines("\(lines[1])\n", count: 1)
        #expect(
            TextCodec.welcome(MemberID(1), from: "[::1]:2", at: time, utcOffset: -12_600)
                .hasPrefix("Welcome, [::1]:2, UID:1, Enter At:2026-11-22 07:01:50-0330\n* ")
        )
    }

    private func view(
        _ members: Int,
        topic: CleanText? = nil,
        isPrivate: Bool = false,
        slow: Int = 0,
        mayModerate: Bool = false
    ) -> RoomView {
        RoomView(
            name: .lobby,
            topic: topic,
            members: members,
            isPrivate: isPrivate,
            slow: slow,
            mayModerate: mayModerate,
            isClosed: isPrivate
        )
    }

    @Test func `who enters a room is told how it is there`() {
        #expect(TextCodec.entered(view(1)) == "* you are in #lobby, alone\n")
        #expect(TextCodec.entered(view(2)) == "* you are in #lobby, with 1 other\n")
        let all = view(12, topic: CleanText("cats"), isPrivate: true, slow: 5, mayModerate: true)
        #expect(
            TextCodec.entered(all) == """
                * you are in #lobby, with 11 others
                * the topic: cats
                * this room is private: it is not listed, and only who is invited can enter
                * slow mode: one line from each member in 5 s
                * you may moderate this room; /help lists how\n
                """
        )
    }

    @Test func `and what is kept of what is said`() {
        #expect(TextCodec.retention(.nothing, afterlife: 600) == "* nothing that is said here is kept\n")
        let end = "; /history shows the last of it, /forget me takes back what you have said\n"
        let stored: [(Retention, String)] = [
            (.stored(events: nil, days: nil, bytes: nil), "all that is said"),
            (.stored(events: nil, days: 1, bytes: nil), "what is said, for a day"),
            (
                .stored(events: 100, days: 30, bytes: 4 << 30),
                "what is said, for 30 days, up to 100 lines with those about who comes and goes, up to 4 GiB for all rooms "
                    + "together"
            ),
            (.stored(events: nil, days: nil, bytes: 1500 << 20), "what is said, up to 1500 MiB for all rooms together"),
        ]
        for (retention, extent) in stored {
            #expect(TextCodec.retention(retention, afterlife: nil) == "* this room keeps \(extent)\(end)")
        }
        #expect(
            TextCodec.retention(.stored(events: nil, days: nil, bytes: nil), afterlife: 600)
                == "* this room keeps all that is said until nobody has been here for 10m\(end)"
        )
        #expect(
            TextCodec.retention(.inMemory(messages: 9, bytes: 1), afterlife: nil)
                == "* this room keeps its last 9 messages in memory, until the server stops\n"
        )
        #expect(
            TextCodec.retention(.inMemory(messages: 9, bytes: 1), afterlife: 600)
                == "* this room keeps its last 9 messages in memory, until the server stops or nobody has been here for 10m\n"
        )
    }

    @Test(
        arguments: [
            (9, nil, 1, "its last 9 messages"), (9, 30, nil, "its last 9 messages, for 30 days"),
            (nil, 1, nil, "what is said, for one day"), (nil, nil, 5, "what is said"), (nil, nil, nil, "what is said"),
            (0, 0, 0, nil), (0, nil, nil, nil),
        ] as [(Int?, Int?, Int?, String?)]
    )
    func `so is who came by conclave/1`(messages: Int?, days: Int?, bytes: Int?, kept: String?) {
        let line = TextCodec.keeps(.init(messages: messages, days: days, bytes: bytes))
        #expect(line == (kept.map { "* this room keeps \($0)\n" } ?? "* nothing that is said here is kept\n"))
    }
}

/// Whole lines, so many, of which each is the server's and has nothing in it that could not be shown.
func expectServerLines(_ text: String, count: Int? = nil, _ location: SourceLocation = #_sourceLocation) {
    #expect(text.hasSuffix("\n"), sourceLocation: location)
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    if let count { #expect(lines.count == count, sourceLocation: location) }
    for line in lines {
        #expect(line.hasPrefix("* ") && line.count > 2, sourceLocation: location)
        #expect(CleanText(String(line)).string == line, sourceLocation: location)
    }
}
