import Testing

@testable import ChatCore

/// What has an id is said once, however often it is sent.
@Suite struct ReceiptsTests {
    private let party = Party()
    private let den: RoomName
    private let alice: SessionID
    private let secret: SessionSecret

    init() throws {
        den = try RoomName("den")
        (alice, secret) = try party.connect()
        _ = try party.enter(alice, as: "alice")
        _ = try party.enter(alice, den)
    }

    private func newcomer(_ name: String? = nil, session secret: SessionSecret? = nil) throws -> SessionID {
        let (session, _) = try party.connect()
        _ = try party.enter(session, as: name, session: secret)
        return session
    }

    @Test func `the event bears the id, and its author is told the number`() throws {
        let id = try #require(MessageID("a"))
        let command = Command(alice, in: .lobby, .post(CleanText("waves"), isAction: true, id: id))
        let outcomes = party.state.apply([command], at: party.now)
        let body = Event.Body.acted(try alice.named("alice"), CleanText("waves"))
        let event = Event(room: .lobby, sequence: 2, at: party.now, body: body, id: id)
        #expect(outcomes == [.event(event), .answer(alice, .posted(2, in: .lobby, again: false)), .done(alice)])
    }

    @Test func `what is said again is answered with the number of the first`() throws {
        #expect(try party.post(alice, "hello", id: "a") == .new(2))
        #expect(try party.post(alice, "other", id: "b") == .new(3))
        #expect(try party.post(alice, "hello", id: "a") == .again(2))
        #expect(try party.post(alice, "whatever", id: "a") == .again(2), "to its author the id is enough")
    }

    @Test func `without an id everything is said as often as it is sent`() throws {
        #expect(try party.post(alice, "hello", id: nil) == .new(2))
        #expect(try party.post(alice, "hello", id: nil) == .new(3))
        #expect(try party.post(alice, "hello", id: "a") == .new(4))
    }

    @Test func `in another room the id stands for something else`() throws {
        #expect(try party.post(alice, "hello", id: "a") == .new(2))
        #expect(try party.post(alice, "hello", id: "a", in: den) == .refused(.idReused(MessageID("a")!)))
        #expect(try party.post(alice, "hello", id: "b", in: den) == .new(2))
    }

    @Test func `whoever takes over has said what was said before, whatever its name`() throws {
        _ = try party.post(alice, "hello", id: "a")
        let (new, _) = try party.connect()
        _ = try party.enter(new, as: "alicia", session: secret)
        #expect(try party.post(new, "hello", id: "a") == .again(2))
        #expect(try party.post(new, "hello", id: "a", in: den) == .refused(.idReused(MessageID("a")!)))
    }

    @Test func `so has who comes again with the secret after it has gone`() throws {
        _ = try party.post(alice, "hello", id: "a")
        _ = party.run(alice, .depart)
        let new = try newcomer("alicia", session: secret)
        #expect(try party.post(new, "something else", id: "a") == .again(2))
        #expect(try party.post(new, "something else", id: "b").isNew)
    }

    @Test func `and who comes again twice, the second time with the secret of the first`() throws {
        _ = try party.post(alice, "hello", id: "a")
        _ = party.run(alice, .depart)
        let (second, own) = try party.connect()
        _ = try party.enter(second, session: secret)
        _ = party.run(second, .depart)
        let third = try newcomer(session: own)
        #expect(try party.post(third, "hello", id: "a") == .again(2))
    }

    @Test func `in a room already one is nobody else, also of those who have gone`() throws {
        _ = try party.post(alice, "hello", id: "a")
        _ = party.run(alice, .depart)
        let new = try newcomer("newcomer")
        #expect(try party.post(new, "mine", id: "b").isNew)
        #expect(party.refusal(new, .enter(.lobby, Entry(session: secret))) == .notFresh)
        guard case .again = try party.post(new, "mine", id: "b") else {
            Issue.record("it has forgotten what it said itself")
            return
        }
    }

    @Test func `without the secret the same text under the same name is the same, and another is refused`() throws {
        _ = try party.post(alice, "hello", id: "a")
        _ = party.run(alice, .depart)
        let new = try newcomer("alice")
        #expect(try party.post(new, "hello", id: "a") == .again(2))
        #expect(try party.post(new, "bye", id: "a") == .refused(.idReused(MessageID("a")!)))
        let id = try #require(MessageID("a"))
        #expect(
            party.refusal(new, .post(CleanText("hello"), isAction: true, id: id), in: .lobby) == .idReused(id),
            "said is not done"
        )
    }

    @Test func `somebody of another name has ids of its own`() throws {
        _ = try party.post(alice, "hello", id: "a")
        let bob = try newcomer("bob")
        #expect(try party.post(bob, "hello", id: "a").isNew)
    }

    @Test func `a time that is as late or as early as can be is no reason to stop`() {
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        #expect(last.adding(seconds: 600) == last && first.adding(seconds: -600) == first)
        #expect(first.adding(seconds: 1).milliseconds == .min + 1000)
    }

    @Test func `after ten minutes it is forgotten, and not a millisecond sooner`() throws {
        _ = try party.post(alice, "hello", id: "a")
        party.pass(seconds: 599, milliseconds: 999)
        #expect(try party.post(alice, "hello", id: "a") == .again(2), "and this does not make it any younger")
        party.pass(seconds: 0, milliseconds: 1)
        #expect(try party.post(alice, "hello", id: "a") == .new(3))
        #expect(try party.post(alice, "hello", id: "a") == .again(3))
    }

    @Test func `mute and slow mode hinder nobody from being told that it has been said`() throws {
        let cafe = try RoomName("cafe")
        let owner = try party.arrive(in: cafe)
        _ = try party.enter(alice, cafe)
        _ = party.run(owner, .slow(seconds: 60))
        #expect(try party.post(alice, "hello", id: "a", in: cafe) == .new(4))
        #expect(try party.post(alice, "hello", id: "a", in: cafe) == .again(4))
        #expect(try party.post(alice, "more", id: "b", in: cafe) == .refused(.slow(cafe, seconds: 60)))
        _ = party.run(owner, .mute(alice.whom, seconds: nil))
        #expect(try party.post(alice, "hello", id: "a", in: cafe) == .again(4))
        #expect(try party.post(alice, "more", id: "b", in: cafe) == .refused(.muted(cafe, seconds: nil)))
        _ = party.run(owner, .unmute(alice.whom))
        party.pass(seconds: 60)
        #expect(try party.post(alice, "more", id: "b", in: cafe).isNew, "what was refused was not said")
        _ = party.run(alice, .leave, in: cafe)
        #expect(try party.post(alice, "hello", id: "a", in: cafe) == .refused(.notIn(cafe)))
    }

    @Test func `a room that has ended took its numbers with it`() throws {
        var limits = RoomLimits()
        limits.afterlife = 10
        let party = Party(limits: limits)
        let (alice, _) = try party.connect()
        _ = try party.enter(alice, den)
        #expect(try party.post(alice, "hello", id: "a", in: den) == .new(2))
        _ = party.run(alice, .leave, in: den)
        party.pass(seconds: 10)
        _ = try party.enter(alice, den)
        #expect(try party.post(alice, "hello", id: "a", in: den) == .new(2), "nobody here has seen it")
        #expect(try party.post(alice, "hello", id: "a", in: den) == .again(2))
    }
}

/// The store by itself.
@Suite struct ReceiptsLimitTests {
    private let lobby = ChatState().lobby

    private func message(_ id: Int, by holder: UInt64 = 1) throws -> Receipts.Message {
        let (holder, id) = (Receipts.Holder(number: holder), try #require(MessageID("\(id)")))
        return Receipts.Message(by: holder, in: lobby, as: "\(holder.number)", id, CleanText("x"), isAction: false)
    }

    private let now = Timestamp(milliseconds: 0)

    @Test func `so many are remembered, and then the oldest goes first`() throws {
        var receipts = Receipts()
        for id in 0...Receipts.most {
            receipts.add(try message(id, by: UInt64(id / 100)), sequence: UInt64(id), at: now)
        }
        #expect(receipts.count == Receipts.most)
        #expect(receipts.find(try message(0, by: 0), at: now) == .new)
        #expect(receipts.find(try message(1, by: 0), at: now) == .again(1))
    }

    @Test func `who says very much pushes out its own, and nobody else's`() throws {
        var receipts = Receipts()
        receipts.add(try message(0, by: 2), sequence: 7, at: now)
        for id in 0..<(3 * Receipts.most) { receipts.add(try message(id), sequence: UInt64(id), at: now) }
        #expect(receipts.count == Receipts.mostOfOne + 1)
        #expect(receipts.find(try message(0, by: 2), at: now) == .again(7))
        #expect(receipts.find(try message(3 * Receipts.most - 1), at: now) == .again(UInt64(3 * Receipts.most - 1)))
        #expect(receipts.find(try message(0), at: now) == .new)
    }

    @Test func `what is too old makes room by itself`() throws {
        var receipts = Receipts()
        for id in 0..<100 { receipts.add(try message(id), sequence: 1, at: now) }
        for id in 100..<110 {
            receipts.add(try message(id), sequence: 2, at: now.adding(seconds: Receipts.lifetime))
        }
        #expect(receipts.count == 10)
    }

    @Test func `a message of an id that was used long ago is not forgotten with the old one`() throws {
        var receipts = Receipts()
        receipts.add(try message(0), sequence: 1, at: now)
        let later = now.adding(seconds: Receipts.lifetime)
        receipts.add(try message(0), sequence: 2, at: later)
        receipts.add(try message(1), sequence: 3, at: later)
        #expect(receipts.count == 2)
        #expect(receipts.find(try message(0), at: later) == .again(2))
    }
}

extension Party.Posted {
    var isNew: Bool { if case .new = self { true } else { false } }
}
