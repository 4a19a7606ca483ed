import ChatCore
import Testing

@Suite struct ArrivalTests {
    private let party = Party()

    @Test func `whoever comes is welcomed under the next number, and enters the lobby`() throws {
        let (alice, outcomes) = party.come()
        let view = try #require(outcomes.views.first)
        #expect(
            outcomes == [
                .answer(alice, .welcome(MemberID(1), at: party.now)), .event(.lobby, .entered(alice.author)),
                .enters(alice, .lobby, view),
            ]
        )
        #expect(view.name == .lobby && view.members == 1 && view.topic == nil && view.slow == 0)
        #expect(!view.isPrivate && !view.mayModerate)

        let (bob, others) = party.come()
        #expect(others.answers(to: bob) == [.welcome(MemberID(2), at: party.now)])
        #expect(others.views.map(\.members) == [2])
        #expect(party.state.count == 2)
    }

    @Test func `a session that is there cannot come again, and uses up no number`() {
        let (alice, _) = party.come()
        #expect(party.run(alice, .arrive(from: nil)).isEmpty)
        #expect(party.come().outcomes.events == [.entered(Author(MemberID(2)))])
    }

    @Test func `sessions of the same serial on two shards are two`() {
        let (one, other) = (SessionID(shard: 0, serial: 1), SessionID(shard: 1, serial: 1))
        _ = party.run(one, .arrive(from: nil))
        #expect(party.run(other, .depart).isEmpty)
        #expect(party.run(other, .arrive(from: nil)).events == [.entered(Author(MemberID(2)))])
    }

    @Test func `nobody does anything before coming or after going`() throws {
        let alice = SessionID(shard: 0, serial: 1)
        #expect(party.run(alice, .say(CleanText("hello"))).isEmpty)
        #expect(party.run(alice, .depart).isEmpty)
        #expect(try party.arrive() == alice)
        #expect(party.run(alice, .depart).last == .closes(alice))
        #expect(party.run(alice, .say(CleanText("hello"))).isEmpty)
        #expect(party.run(alice, .listRooms(prefix: "")).isEmpty)
        #expect(party.run(alice, .depart).isEmpty)
        #expect(party.state.count == 0)
    }

    @Test func `whoever goes leaves all rooms, in the order of entering, and then the server`() throws {
        let den = try RoomName("den")
        let alice = try party.arrive("alice")
        let bob = try party.arrive(in: den)
        #expect(party.run(alice, .join(den, only: false)).refusals.isEmpty)
        let author = try alice.named("alice")
        #expect(
            party.run(alice, .depart) == [
                .leaves(alice, .lobby), .event(.lobby, .left(author)),
                .leaves(alice, RoomID(2)), .event(RoomID(2), .left(author)),
                .closes(alice),
            ]
        )
        #expect(party.labels(bob) == ["2"])
    }

    @Test func `a full lobby lets nobody in, but the server keeps who comes`() throws {
        var limits = RoomLimits()
        limits.members = 1
        let party = Party(limits: limits)
        let alice = try party.arrive()
        let (bob, outcomes) = party.come()
        let full = Answer.refused(.roomIsFull(.lobby, limit: 1))
        #expect(outcomes == [.answer(bob, .welcome(MemberID(2), at: party.now)), .answer(bob, full)])
        #expect(party.refusal(bob, .say(CleanText("hello"))) == .nowhere)
        #expect(party.run(bob, .join(try RoomName("den"), only: true)).views.map(\.mayModerate) == [true])
        _ = party.run(alice, .leave)
        #expect(party.run(bob, .join(.lobby, only: true)).views.map(\.name) == [.lobby])
    }

    @Test func `before a locked lobby one stays outside, where operators can show who they are`() throws {
        let operator1 = try party.arriveAsOperator()
        _ = party.run(operator1, .lockdown(true))
        let (late, outcomes) = party.come()
        let refused = Answer.refused(.mayNotEnter(.lobby))
        #expect(outcomes == [.answer(late, .welcome(MemberID(2), at: party.now)), .answer(late, refused)])
        #expect(party.refusal(late, .say(CleanText("hello"))) == .nowhere)
        #expect(party.refusal(late, .join(.lobby, only: true)) == .mayNotEnter(.lobby))
        _ = party.run(late, .becomeOperator)
        #expect(party.run(late, .join(.lobby, only: true)).views.map(\.members) == [2])
        _ = party.run(operator1, .lockdown(false))
        #expect(party.come().outcomes.views.map(\.members) == [3])
    }
}
