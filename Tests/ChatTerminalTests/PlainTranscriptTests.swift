import ChatCore
import ChatTerminal
import Testing

/// Plain mode: a line for each event, in words.
@Suite struct PlainTranscriptTests {
    let alice = Drawing.alice
    let bob = Drawing.bob

    private func transcript(_ language: Language = .english, time: Look.Time = .clock) -> PlainTranscript {
        PlainTranscript(look: Look(width: 10, texts: Texts(language), time: time) { _ in 0 })
    }

    /// One who is in the lobby.
    private func present(_ language: Language = .english, time: Look.Time = .clock) -> PlainTranscript {
        var plain = transcript(language, time: time)
        _ = lines(&plain, entry())
        return plain
    }

    private func lines(
        _ transcript: inout PlainTranscript,
        _ happening: Happening,
        in room: RoomName? = .lobby
    ) -> String {
        transcript.lines(of: happening, in: room, at: Drawing.noon).map(\.string).joined(separator: "\n")
    }

    private func entry(_ room: RoomName = .lobby, head: UInt64 = 0) -> Happening {
        .entered(
            RoomEntry(
                room: room,
                author: alice,
                head: head,
                after: 0,
                members: Listing([alice, bob], more: 0),
                keepsDays: 1
            )
        )
    }

    private func event(_ number: UInt64, _ body: Event.Body, at: Timestamp = Drawing.noon) -> Happening {
        .event(body, at: at, sequence: number)
    }

    @Test func `one line says one thing`() throws {
        var plain = transcript()
        #expect(
            lines(&plain, entry()) == """
                * you are in #lobby
                * 1 other is here: bob
                * this room keeps what is said for 1 day
                """
        )
        #expect(
            lines(&plain, event(1, .said(bob, CleanText("a line that is longer than ten columns"))))
                == "12:00 bob: a line that is longer than ten columns"
        )
        #expect(lines(&plain, event(2, .acted(bob, CleanText("waves")))) == "12:00 ~ bob waves")
        #expect(lines(&plain, event(3, .entered(Drawing.carol))) == "12:00 * carol entered")
        #expect(lines(&plain, event(4, .left(Drawing.carol))) == "12:00 * carol left")
        #expect(lines(&plain, event(4, .left(Drawing.carol))) == "")
        #expect(
            lines(&plain, event(5, .said(bob, CleanText("old")), at: Drawing.noon.adding(seconds: -86_400)))
                == "2026-11-29 12:00 bob: old"
        )
        #expect(
            lines(&plain, .answer(.whisper(from: bob, CleanText("psst"))), in: nil) == "12:00 private from bob: psst"
        )
        #expect(
            lines(&plain, .answer(.whispered(to: bob, CleanText("hm"), away: CleanText("out"))), in: nil)
                == "12:00 private to bob: hm\n* bob is away: out"
        )
        #expect(lines(&plain, .gap(3)) == "* 3 lines are lost here")
        let again = RoomEntry(room: .lobby, author: alice, head: 9, after: 5, lost: 1, members: Listing([], more: 0))
        #expect(lines(&plain, .entered(again)) == "* back in #lobby: 5 events missed, 1 lost")
        // With two rooms each line says where.
        #expect(lines(&plain, entry(try room("tea")), in: try room("tea")).hasPrefix("* you are in #tea\n"))
        #expect(lines(&plain, event(10, .said(bob, CleanText("x")))) == "12:00 #lobby bob: x")
        #expect(lines(&plain, .answer(.outside(try room("tea"))), in: nil).hasPrefix("* you have left #tea"))
        #expect(lines(&plain, event(11, .said(bob, CleanText("x")))) == "12:00 bob: x")
    }

    @Test func `no escape gets through, and no direction is turned`() {
        var plain = present()
        let dan = Drawing.author("דן", 9)
        #expect(lines(&plain, event(1, .said(dan, CleanText("hi")))) == "12:00 דן: hi")
        #expect(lines(&plain, .note("a\u{1B}[1mb\nc"), in: nil) == "* a\u{FFFD}[1mb\u{FFFD}c")
    }

    @Test func `lists have a line for each of them`() throws {
        var plain = transcript()
        let rooms = Listing([RoomSummary(name: .lobby, members: 1, topic: CleanText("hello"))], more: 1)
        #expect(
            lines(&plain, .answer(.rooms(rooms)), in: nil) == """
                * #lobby  1 member: hello
                * and 1 more room; /rooms NAME lists those whose names begin so
                """
        )
        let member = MemberSummary(
            author: bob,
            present: 90,
            idle: 60,
            away: CleanText("lunch"),
            isModerator: true,
            isOperator: false,
            address: nil
        )
        #expect(
            lines(&plain, .answer(.who(.lobby, Listing([member], more: 0)))) == """
                * bob  UID:2, here for 1m 30s, idle for 1m, moderator, away: lunch
                """
        )
        let ban = BanSummary(label: "eve", by: "bob", left: nil, reason: CleanText("spam"))
        #expect(lines(&plain, .answer(.bans(.lobby, Listing([ban], more: 0)))) == "* eve  by bob, for good: spam")
    }

    @Test func `who is ignored is not heard`() {
        var plain = present()
        _ = lines(&plain, .answer(.ignoring(bob, true)), in: nil)
        #expect(lines(&plain, event(1, .said(bob, CleanText("x")))) == "")
        #expect(lines(&plain, .answer(.whisper(from: bob, CleanText("x"))), in: nil) == "")
        _ = lines(&plain, .answer(.ignoring(bob, false)), in: nil)
        #expect(lines(&plain, event(2, .said(bob, CleanText("x")))) == "12:00 bob: x")
    }

    @Test func `what is of the past bears date and time, though no time is wanted`() {
        var plain = transcript(time: .off)
        _ = lines(&plain, entry(head: 2))
        #expect(lines(&plain, event(1, .said(bob, CleanText("before")))) == "2026-11-30 12:00 bob: before")
        #expect(lines(&plain, event(2, .entered(Drawing.carol))) == "")
        #expect(lines(&plain, event(3, .said(bob, CleanText("now")))) == "bob: now")
        #expect(lines(&plain, event(4, .acted(bob, CleanText("left")))) == "~ bob left", "no line of ours")
        let past = plain.past(
            [(.said(bob, CleanText("x")), Drawing.noon), (.left(bob), Drawing.noon)],
            at: Drawing.noon
        )
        #expect(past.map(\.string) == ["2026-11-30 12:00 bob: x"])
    }

    @Test func `what still comes of a room that was left is not shown, and it is entered as if for the first time`()
        throws
    {
        var plain = present()
        let tea = try room("tea")
        _ = lines(&plain, entry(tea), in: tea)
        #expect(plain.rooms == [.lobby, tea])
        _ = lines(&plain, .answer(.outside(tea)), in: nil)
        #expect(lines(&plain, event(1, .said(bob, CleanText("x"))), in: tea) == "")
        #expect(lines(&plain, .gap(2), in: tea) == "")
        #expect(plain.rooms == [.lobby])
        #expect(lines(&plain, entry(tea), in: tea).hasPrefix("* you are in #tea\n"))
        #expect(lines(&plain, .notEntered(reason: Trouble("it is full")), in: tea).hasPrefix("* you are not in #tea"))
        #expect(plain.rooms == [.lobby])
    }

    @Test func `an answer is for who has whispered`() {
        var plain = present()
        #expect(plain.lastWhisperer == nil)
        _ = lines(&plain, .answer(.whisper(from: bob, CleanText("psst"))), in: nil)
        _ = lines(&plain, .answer(.whispered(to: Drawing.carol, CleanText("hm"), away: nil)), in: nil)
        #expect(plain.lastWhisperer == bob)
    }

    @Test func `it speaks Chinese`() throws {
        var plain = transcript(.chinese)
        #expect(
            lines(&plain, entry()) == """
                * 你在 #lobby
                * 这里还有 1 人：bob
                * 本房间保存 1 天内的消息
                """
        )
        #expect(lines(&plain, event(1, .said(bob, CleanText("你好")))) == "12:00 bob: 你好")
        #expect(lines(&plain, event(2, .acted(bob, CleanText("挥手")))) == "12:00 ~ bob 挥手")
        #expect(lines(&plain, event(3, .left(bob))) == "12:00 * bob 离开了")
        #expect(lines(&plain, .answer(.whisper(from: bob, CleanText("嘘"))), in: nil) == "12:00 bob 悄悄说: 嘘")
        #expect(lines(&plain, .answer(.refused(.nowhere)), in: nil).hasPrefix("* "))
    }
}
