import ChatCore
import ChatTerminal
import Testing

/// What a conversation looks like.
@Suite struct TranscriptTests {
    let alice = Drawing.alice
    let bob = Drawing.bob
    let carol = Drawing.carol

    @Test func `what is said stands behind time and name, and under itself`() {
        var screen = Drawing(width: 50)
        #expect(screen.say(bob, "hello") == "12:00 bob: hello")
        #expect(screen.say(alice, "hello") == "12:00 alice› hello")
        #expect(
            screen.say(bob, "the text of a long line goes on below, and there it stands under itself") == """
                12:00 bob: the text of a long line goes on below,
                           and there it stands under itself
                """
        )
        #expect(screen.event(.acted(bob, CleanText("waves"))) == "12:00 * bob waves")
    }

    @Test func `a narrow screen indents by two`() {
        var screen = Drawing(width: 20)
        #expect(
            screen.say(bob, "the text of a long line") == """
                12:00 bob: the text
                  of a long line
                """
        )
        #expect(
            screen.say(Drawing.author("a_very_long_name_indeed", 9), "hi") == """
                12:00 a_very_long_na
                  me_indeed: hi
                """
        )
    }

    @Test func `whispers say from whom to whom`() {
        var screen = Drawing()
        #expect(screen.take(.answer(.whisper(from: bob, CleanText("psst"))), in: nil) == "12:00 bob → you: psst")
        #expect(screen.rings == 1)
        #expect(
            screen.take(.answer(.whispered(to: bob, CleanText("what?"), away: CleanText("lunch")))) == """
                12:00 you → bob: what?
                * bob is away: lunch
                """
        )
        #expect(screen.rings == 1)
    }

    @Test func `what the room decides is told`() {
        var screen = Drawing()
        #expect(
            screen.event(.ruled(.banned(carol, seconds: 600, reason: CleanText("spam")), by: bob))
                == "12:00 * carol was banned by bob for 10m: spam"
        )
        #expect(screen.event(.topic(CleanText("tea"), by: bob)) == "12:00 * bob set the topic: tea")
        #expect(screen.event(.topic(nil, by: bob)) == "12:00 * bob took the topic away")
        #expect(screen.event(.announced(CleanText("hear!"), by: bob)) == "12:00 * announcement by bob: hear!")
        #expect(screen.event(.forgotten(bob)) == "12:00 * bob has taken this back")
        #expect(
            screen.event(.renamed(from: bob, to: Drawing.author("robert", 2))) == "12:00 * bob is now robert"
        )
    }

    @Test func `on entering one is told where one is`() throws {
        var screen = Drawing(width: 40)
        var entry = RoomEntry(
            room: try room("tea"),
            author: alice,
            head: 7,
            after: 5,
            members: Listing([alice, bob, carol], more: 0),
            topic: CleanText("black or green?"),
            slow: 90,
            keepsMessages: 1
        )
        _ = screen.rooms.show(entry.room, at: screen.now)
        #expect(
            screen.take(.entered(entry), in: entry.room) == """
                ── #tea ────────────────────────────────
                * the topic: black or green?
                * 2 others are here: bob, carol
                * slow mode: one line from each member
                  in 1m 30s
                * this room keeps its last 1 message
                """
        )
        // What was said before rings no bell, and who came and went before is of no interest.
        let past = Happening.event(.said(bob, CleanText("alice?")), at: screen.now, sequence: 6)
        #expect(screen.take(past, in: entry.room) == "12:00 bob: alice?")
        let news = Happening.event(.entered(carol), at: screen.now, sequence: 7)
        #expect(screen.take(news, in: entry.room) == "")
        #expect(screen.rings == 0)

        (entry.head, entry.after, entry.lost) = (19, 7, 2)
        #expect(screen.take(.entered(entry), in: entry.room) == "* back in #tea: 14 events missed, 2 lost")
        entry.isReset = true
        #expect(screen.take(.entered(entry), in: entry.room) == "* back in #tea, which begins anew")
        #expect(screen.take(.gap(1), in: entry.room) == "12:00 * 1 line is lost here")
    }

    @Test func `nothing is shown twice`() {
        var screen = Drawing()
        let event = Happening.event(.said(bob, CleanText("once")), at: screen.now, sequence: 5)
        #expect(screen.take(event) == "12:00 bob: once")
        #expect(screen.take(event) == "")
    }

    @Test func `a new day has a line`() {
        var screen = Drawing(width: 40)
        _ = screen.say(bob, "late")
        screen.now = screen.now.adding(seconds: 86_400)
        screen.rooms.keyPressed(at: screen.now)
        #expect(
            screen.say(bob, "early") == """
                ── Tuesday, 1 December 2026 ────────────
                12:00 bob: early
                """
        )
        let past = screen.rooms.past([(.said(carol, CleanText("ago")), Drawing.noon)], at: screen.now)
        #expect(
            Drawing.text(past) == """
                ── Monday, 30 November 2026 ────────────
                12:00 carol: ago
                """
        )
    }

    @Test func `times are of the clock, or how long ago, or not there`() {
        var screen = Drawing(time: .relative)
        #expect(screen.say(bob, "now") == "bob: now")
        #expect(
            screen.event(.said(bob, CleanText("before")), at: screen.now.adding(seconds: -7300)) == "2h bob: before"
        )
        screen.rooms.look.change(.time(false))
        #expect(screen.say(bob, "now") == "bob: now")
        screen.rooms.look.change(.time(true))
        #expect(screen.say(bob, "now") == "12:00 bob: now")
    }

    @Test func `my name stands out, and calls me`() {
        var screen = Drawing()
        let showing = screen.rooms.take(
            .event(.said(bob, CleanText("Alice, or malice? http://x.org/alice")), at: screen.now, sequence: 1),
            in: .lobby,
            at: screen.now
        )
        #expect(showing.rings)
        #expect(showing.alert == .init(title: "bob #lobby", text: CleanText("Alice, or malice? http://x.org/alice")))
        let marked = showing.rows.flatMap(\.runs).filter(\.style.isInverse)
        #expect(marked.map(\.text) == ["Alice"])
        _ = screen.say(alice, "alice")
        #expect(screen.rings == 0)
    }

    @Test func `what came while one was away stands under a mark`() {
        var screen = Drawing(width: 40)
        screen.rooms.focusChanged(false, at: screen.now)
        #expect(
            screen.say(bob, "there?") == """
                ── unread ──────────────────────────────
                12:00 bob: there?
                """
        )
        #expect(screen.say(bob, "?") == "12:00 bob: ?")
        screen.rooms.focusChanged(true, at: screen.now)
        #expect(screen.say(bob, "ah") == "12:00 bob: ah")
        screen.now = screen.now.adding(seconds: Rooms.patience + 1)
        #expect(screen.say(alice, "from elsewhere") == "12:05 alice› from elsewhere")
        #expect(screen.say(bob, "hm").hasPrefix("── unread ──"))
        // Who types is there, though the terminal has not said that the window is in front again.
        screen.rooms.focusChanged(false, at: screen.now)
        screen.rooms.keyPressed(at: screen.now)
        #expect(screen.say(bob, "oh") == "12:05 bob: oh")
    }
}
