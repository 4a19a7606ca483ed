import ChatCore
import ChatTerminal
import Testing

/// Several rooms of one connection.
@Suite struct RoomsTests {
    let alice = Drawing.alice
    let bob = Drawing.bob

    @Test func `other rooms count, and show what has waited when one goes there`() throws {
        var screen = Drawing(width: 40)
        let tea = try room("tea")
        _ = screen.enter(tea, others: [bob])
        #expect(screen.say(bob, "first", in: tea) == "")
        #expect(screen.say(bob, "alice!", in: tea) == "")
        #expect(screen.say(alice, "from elsewhere", in: tea) == "")
        #expect(screen.event(.left(bob), in: tea) == "")
        #expect(screen.rings == 1)
        #expect(
            screen.rooms.list == [
                .init(number: 1, name: .lobby, unread: 0, mentions: 0, isShown: true),
                .init(number: 2, name: tea, unread: 2, mentions: 1, isShown: false),
            ]
        )
        #expect(
            Drawing.text(screen.rooms.show(tea, at: screen.now)) == """
                ── #tea ────────────────────────────────
                * 1 other is here: bob
                * this room keeps what is said
                ── 2 new ───────────────────────────────
                12:00 bob: first
                12:00 bob: alice!
                12:00 alice› from elsewhere
                """
        )
        #expect(screen.rooms.list.map(\.unread) == [0, 0])
        #expect(
            Drawing.text(screen.rooms.show(.lobby, at: screen.now)) == "── #lobby ──────────────────────────────"
        )
        #expect(screen.rooms.lastSequence(of: tea) == 4)
    }

    @Test func `what happens together is shown together, and calls once`() {
        var screen = Drawing(width: 40)
        _ = screen.enter(.lobby, others: [bob])
        var showing = Showing()
        for (number, text) in ["alice?", "well", "Alice!"].enumerated() {
            let body = Event.Body.said(bob, CleanText(text))
            let sequence = UInt64(number) + 1
            showing += screen.rooms.take(.event(body, at: screen.now, sequence: sequence), in: .lobby, at: screen.now)
        }
        #expect(showing.rows.map(\.string) == ["12:00 bob: alice?", "12:00 bob: well", "12:00 bob: Alice!"])
        #expect(showing.rings)
        #expect(showing.alert?.text == CleanText("Alice!"))
        #expect(showing.alert?.count == 2)
    }

    @Test func `a room that is not looked at does not grow for ever`() throws {
        var screen = Drawing(width: 70)
        let tea = try room("tea")
        _ = screen.enter(tea, others: [bob])
        for number in 1...1000 { _ = screen.say(bob, "\(number)", in: tea) }
        let rows = screen.rooms.show(tea, at: screen.now).map(\.string)
        #expect(rows.count < 2 * Rooms.mostKept + 5)
        #expect(rows[0].hasPrefix("── #tea ──"))
        #expect(rows[1].hasSuffix("earlier lines are not shown; /history shows the past"))
        #expect(rows[2].hasPrefix("── 1000 new ──"))
        #expect(rows.last == "12:00 bob: 1000")
    }

    @Test func `one goes round`() throws {
        var screen = Drawing()
        let (tea, cake) = (try room("tea"), try room("cake"))
        _ = screen.enter(tea)
        _ = screen.enter(cake)
        #expect(screen.rooms.room(1, from: .lobby) == tea)
        #expect(screen.rooms.room(-1, from: .lobby) == cake)
        #expect(screen.rooms.room(1, from: cake) == .lobby)
        #expect(screen.rooms.room(numbered: 3) == cake)
        #expect(screen.rooms.room(numbered: 4) == nil)
        #expect(
            screen.take(.answer(.removed(tea, by: bob, reason: CleanText("noise"), isBan: false)), in: nil)
                == "12:00 * you were put out of #tea by bob: noise"
        )
        #expect(screen.rooms.room(numbered: 2) == cake)
        #expect(
            screen.take(.notEntered(reason: Trouble("it is full")))
                == "12:00 * you are not in #lobby any more: it is full"
        )
        #expect(screen.rooms.shown == nil)
        #expect(
            screen.take(.notEntered(reason: Trouble("it is full")), in: try room("far"))
                == "12:00 * you are not in #far any more: it is full"
        )
        #expect(screen.rooms.list.map(\.name) == [cake])
    }

    @Test func `who is ignored says nothing`() {
        var screen = Drawing(width: 80)
        #expect(
            screen.take(.answer(.ignoring(bob, true)), in: nil)
                == "12:00 * you see nothing more of what bob says; /unignore takes it back"
        )
        #expect(screen.say(bob, "alice") == "")
        #expect(screen.say(Drawing.author("Bob", 99), "alice") == "")
        #expect(screen.take(.answer(.whisper(from: bob, CleanText("alice"))), in: nil) == "")
        #expect(screen.rings == 0)
        _ = screen.take(.answer(.ignoring(bob, false)), in: nil)
        #expect(screen.say(bob, "alice") == "12:00 bob: alice")
    }

    @Test func `trouble is told once`() {
        var screen = Drawing()
        let trouble = Happening.connectionLost(reason: Trouble("nobody answers"))
        #expect(screen.take(trouble, in: nil) == "12:00 * nobody answers; trying again until it is there")
        #expect(screen.take(trouble, in: nil) == "")
    }

    @Test func `what was said while nobody was connected is missed, and counts`() throws {
        var screen = Drawing(width: 40)
        let tea = try room("tea")
        _ = screen.enter(tea)
        _ = screen.take(
            .entered(RoomEntry(room: tea, author: alice, head: 2, after: 0, members: Listing([alice], more: 0))),
            in: tea
        )
        _ = screen.say(bob, "1", in: tea)
        _ = screen.say(bob, "2", in: tea)
        #expect(screen.rooms.list[1].unread == 2)
    }

    @Test func `an answer is for who has whispered, not for who was whispered to`() {
        var screen = Drawing(others: [bob])
        let carol = Drawing.carol
        #expect(screen.rooms.lastWhisperer == nil)
        _ = screen.take(.answer(.whispered(to: carol, CleanText("psst"), away: nil)), in: nil)
        #expect(screen.rooms.lastWhisperer == nil)
        _ = screen.take(.answer(.whisper(from: bob, CleanText("psst"))), in: nil)
        _ = screen.take(.answer(.whispered(to: carol, CleanText("psst"), away: nil)), in: nil)
        #expect(screen.rooms.lastWhisperer == bob)
        _ = screen.take(.answer(.ignoring(carol, true)), in: nil)
        _ = screen.take(.answer(.whisper(from: carol, CleanText("psst"))), in: nil)
        #expect(screen.rooms.lastWhisperer == bob)
    }

    @Test func `what still comes of a room that was left does not bring it back`() throws {
        var screen = Drawing()
        let tea = try room("tea")
        _ = screen.enter(tea, others: [bob])
        _ = screen.take(.answer(.outside(tea)), in: nil)
        #expect(screen.say(bob, "alice!", in: tea) == "")
        #expect(screen.take(.gap(3), in: tea) == "")
        #expect(screen.rings == 0)
        #expect(screen.rooms.list.map(\.name) == [.lobby])
        #expect(screen.enter(tea) == "")
        #expect(screen.rooms.list.map(\.name) == [.lobby, tea])
    }

    @Test func `one that comes back to a room sees its name, though the connection was lost meanwhile`() throws {
        var screen = Drawing(width: 40)
        let tea = try room("tea")
        _ = screen.enter(tea)
        _ = screen.rooms.show(tea, at: screen.now)
        _ = screen.rooms.show(.lobby, at: screen.now)
        let again = RoomEntry(room: tea, author: alice, head: 0, after: 0, members: Listing([alice], more: 0))
        _ = screen.take(.entered(again), in: tea)
        #expect(
            Drawing.text(screen.rooms.show(tea, at: screen.now)) == """
                ── #tea ────────────────────────────────
                * back in #tea: 0 events missed, 0 lost
                """
        )
    }

    @Test func `the prompt and Tab know the rooms, and who has whispered from elsewhere`() throws {
        var screen = Drawing(others: [bob])
        let (tea, far) = (try room("tea"), try room("far"))
        _ = screen.enter(tea)
        _ = screen.say(bob, "alice?", in: tea)
        #expect(
            screen.rooms.prompt(.connected).text(screen.rooms.look.texts, width: 80).string
                == "#lobby alice #tea 1! › "
        )
        _ = screen.take(.answer(.whisper(from: Drawing.author("zed", 77), CleanText("psst"))), in: nil)
        let completer = screen.rooms.completer(knowing: [tea, far])
        #expect(completer.names.map(\.label) == ["alice", "bob", "zed"])
        #expect(completer.rooms == [.lobby, tea, far])
        #expect(completer.candidates(before: "/msg z", word: "z").map(\.text) == ["zed"])
    }
}
