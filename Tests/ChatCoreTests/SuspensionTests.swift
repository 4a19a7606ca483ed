import ChatCore
import Testing

/// What becomes of what the log does not take.
@Suite struct SuspensionTests {
    private let state = ChatState(saved: SavedChat())
    private let now = Timestamp(milliseconds: 1_000_000)
    private let alice = SessionID(shard: 0, serial: 1)
    private let bob = SessionID(shard: 0, serial: 2)

    init() {
        _ = run(alice, .connect(from: nil))
        _ = run(alice, .enter(.lobby, Entry()))
        _ = run(bob, .arrive(from: nil))
    }

    private func run(_ session: SessionID, _ action: Action, in room: RoomName? = .lobby) -> [Outcome] {
        state.apply([Command(session, in: room, action)], at: now)
    }

    private func post(_ text: String, id: String) -> Action {
        .post(CleanText(text), isAction: false, id: MessageID(id))
    }

    @Test func `who has spoken hears that it was not kept, and may say it again under its id`() {
        let made = run(alice, post("hello", id: "a")) + run(bob, .say(CleanText("hi")))
        let told = state.suspend(made)
        #expect(told == [.answer(alice, .refused(.notKept)), .done(alice), .answer(bob, .refused(.notKept))])
        #expect(run(alice, post("hello", id: "a")) == [.answer(alice, .refused(.notKept)), .done(alice)])
        #expect(state.resume(at: now).events.isEmpty)
        let again = run(alice, post("hello", id: "a"))
        #expect(again.contains(.answer(alice, .posted(3, in: .lobby, again: false))), "\(again)")
        #expect(run(alice, post("hello", id: "a")).contains(.answer(alice, .posted(3, in: .lobby, again: true))))
    }

    @Test func `what was sent again before it was known not to be kept is not kept either`() {
        let made = run(alice, post("hello", id: "a")) + run(alice, post("hello", id: "a"))
        let refusals = state.suspend(made).refusals
        #expect(refusals == [.notKept, .notKept])
    }

    @Test func `what was kept before stays what it was`() {
        _ = run(alice, post("hello", id: "a"))
        _ = state.suspend(run(bob, .say(CleanText("hi"))))
        let again = Outcome.answer(alice, .posted(3, in: .lobby, again: true))
        #expect(run(alice, post("hello", id: "a")) == [again, .done(alice)])
        _ = state.resume(at: now)
        #expect(run(alice, post("hello", id: "a")).contains(.answer(alice, .posted(3, in: .lobby, again: true))))
    }

    @Test func `what was kept in one room stays so when the same number is taken back in another`() throws {
        let den = try RoomName("den")
        _ = run(alice, .enter(den, Entry()), in: nil)
        _ = run(alice, post("here", id: "a"), in: den)
        _ = run(alice, post("one", id: "1"))
        let made = run(alice, post("two", id: "2"), in: den) + run(alice, post("one", id: "1"))
        let numbers = made.compactMap { outcome -> UInt64? in
            if case .answer(_, .posted(let sequence, _, _)) = outcome { sequence } else { nil }
        }
        #expect(numbers == [3, 3])
        #expect(state.suspend(made).refusals == [.notKept])
    }

    @Test func `those who come and go do so, and the room is told when it can be`() {
        _ = state.suspend([])
        let carol = SessionID(shard: 0, serial: 3)
        let coming = run(carol, .arrive(from: nil))
        #expect(coming.events.isEmpty && coming.views.count == 1)
        #expect(run(bob, .depart) == [.leaves(bob, .lobby), .closes(bob)])
        let dave = SessionID(shard: 0, serial: 4)
        _ = run(dave, .arrive(from: nil))
        _ = run(dave, .depart)
        let told = state.resume(at: now)
        #expect(told.events == [.entered(carol.author), .left(bob.author)], "who came and went was never there")
        let numbers = told.compactMap { outcome -> UInt64? in
            if case .event(let event) = outcome { event.sequence } else { nil }
        }
        #expect(numbers == [3, 4])
    }

    @Test func `numbers that nobody has seen are given again`() {
        _ = state.suspend(run(alice, post("one", id: "1")) + run(alice, post("two", id: "2")))
        _ = state.resume(at: now)
        #expect(run(alice, post("three", id: "3")).contains(.answer(alice, .posted(3, in: .lobby, again: false))))
    }

    @Test func `what is said under a number that was taken back from others can be forgotten`() {
        let made = (0..<3).flatMap { _ in run(alice, .say(CleanText("hi"))) } + run(bob, .say(CleanText("hello")))
        _ = state.suspend(made)
        _ = state.resume(at: now)
        let said = run(bob, .say(CleanText("secret")))
        #expect(said.events == [.said(bob.author, CleanText("secret"))])
        let facts = run(bob, .forget, in: nil).filter { if case .fact = $0 { true } else { false } }
        #expect(facts == [.fact(.forgotten(.lobby, bob.author.member, 3...3))])
    }

    @Test func `a newcomer is not told of numbers that there are not`() throws {
        let carol = SessionID(shard: 0, serial: 3)
        let made =
            run(alice, post("one", id: "1")) + run(carol, .connect(from: nil)) + run(carol, .enter(.lobby, Entry()))
        let told = state.suspend(made)
        let heads = told.compactMap { outcome -> UInt64? in
            if case .follows(_, _, let following) = outcome { following.head } else { nil }
        }
        #expect(heads == [2])
        #expect(state.resume(at: now).events == [.entered(carol.author)])
    }

    @Test func `topics and announcements are refused, and moderators may still put somebody out`() {
        _ = run(alice, .becomeOperator)
        _ = state.suspend([])
        for action in [Action.topic(CleanText("x")), .announce(CleanText("x")), .forget] {
            #expect(run(alice, action).refusals == [.notKept])
        }
        #expect(run(alice, .topic(nil)).refusals.isEmpty)
        let kick = run(alice, .kick(bob.whom, reason: nil))
        #expect(kick.contains(.closes(bob)) && kick.events.isEmpty)
        #expect(state.resume(at: now).events == [.ruled(.kicked(bob.author, reason: nil), by: alice.author)])
    }

    @Test func `nobody enters any more when too much waits to be told`() {
        _ = state.suspend([])
        for serial in 10..<UInt64(10 + 10_000) {
            let guest = SessionID(shard: 0, serial: serial)
            _ = run(guest, .arrive(from: nil), in: nil)
        }
        let late = SessionID(shard: 0, serial: 20_000)
        _ = run(late, .connect(from: nil), in: nil)
        #expect(run(late, .enter(.lobby, Entry())).refusals == [.notKept])
        _ = run(late, .depart, in: nil)
        #expect(state.resume(at: now).events.count == 10_000)
    }

    @Test func `what is not kept is not forgotten, nor announced, and both can be asked for again`() {
        _ = run(alice, .becomeOperator)
        _ = run(alice, .say(CleanText("secret")))
        let told = state.suspend(run(alice, .forget) + run(alice, .announce(CleanText("x"))))
        #expect(told.refusals == [.notKept, .notKept] && told.events.isEmpty)
        #expect(state.resume(at: now).events.isEmpty)
        let again = run(alice, .forget)
        #expect(again.events == [.forgot(alice.author)])
        #expect(again.contains(.fact(.forgotten(.lobby, alice.member, 3...3))))
    }
}
