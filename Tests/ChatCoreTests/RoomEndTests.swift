import ChatCore
import Testing

@Suite struct RoomEndTests {
    private let party = Party()
    private let den: RoomName

    init() throws {
        den = try RoomName("den")
    }

    private func tick() -> [Outcome] { party.state.apply([], at: party.now) }

    @Test func `a room ends when nobody has been in it for exactly ten minutes`() throws {
        let alice = try party.arrive(in: den)
        #expect(party.state.nextDeadline == nil)
        _ = party.run(alice, .join(.lobby, only: true))
        #expect(party.state.nextDeadline == party.now.adding(seconds: 600))
        party.pass(seconds: 599, milliseconds: 999)
        #expect(tick().isEmpty)
        #expect(party.state.roomCount == 2)
        party.pass(seconds: 0, milliseconds: 1)
        #expect(tick() == [.ended(RoomID(2))])
        #expect(party.state.roomCount == 1)
        #expect(party.state.nextDeadline == nil)
        #expect(tick().isEmpty)
    }

    @Test func `a room that has ended and is entered again is another, and whoever enters may moderate it`() throws {
        let alice = try party.arrive(in: den)
        _ = party.run(alice, .setPrivate(true))
        _ = party.run(alice, .topic(CleanText("cats")))
        _ = party.run(alice, .leave)
        party.pass(seconds: 600)
        let bob = try party.arrive()
        let outcomes = party.run(bob, .join(den, only: true))
        #expect(outcomes.events == [.left(bob.author), .entered(bob.author)])
        let view = try #require(outcomes.views.first)
        #expect(view.mayModerate && !view.isPrivate && view.topic == nil)
        #expect(outcomes.last == .enters(bob, RoomID(3), view))
        _ = party.run(alice, .join(den, only: true))
        #expect(party.refusal(alice, .slow(seconds: 1)) == .onlyModerators(den))
    }

    @Test func `a room that is entered in time is the same, with all its rules, and its maker still moderates`() throws
    {
        let alice = try party.arrive(in: den)
        let mod = try party.arrive(in: den)
        _ = party.run(alice, .setModerator(mod.whom, true))
        _ = party.run(alice, .topic(CleanText("cats")))
        for session in [alice, mod] { _ = party.run(session, .leave) }
        party.pass(seconds: 599, milliseconds: 999)
        for session in [alice, mod] {
            let view = try #require(party.run(session, .join(den, only: true)).views.first)
            #expect(view.mayModerate && view.topic == CleanText("cats"))
        }
        party.pass(seconds: 3600)
        #expect(tick().isEmpty)
        #expect(party.state.roomCount == 2)
    }

    @Test func `a room that was empty more than once ends once, ten minutes after the last time`() throws {
        let alice = try party.arrive(in: den)
        for _ in 0..<3 {
            _ = party.run(alice, .leave)
            party.pass(seconds: 300)
            _ = party.run(alice, .join(den, only: false))
        }
        _ = party.run(alice, .leave)
        party.pass(seconds: 599)
        #expect(tick().isEmpty)
        party.pass(seconds: 3600)
        #expect(tick() == [.ended(RoomID(2))])
        #expect(party.state.nextDeadline == nil)
    }

    @Test func `a clock that is set back ends nothing early, and nothing that has been made anew`() throws {
        let alice = try party.arrive(in: den)
        _ = party.run(alice, .leave)
        party.pass(seconds: -300)
        _ = party.run(alice, .join(den, only: false))
        _ = party.run(alice, .leave)
        party.pass(seconds: 600)
        _ = party.run(alice, .join(den, only: false))
        let room = party.state.roomCount
        party.pass(seconds: 3600)
        #expect(tick().isEmpty)
        #expect(party.state.roomCount == room)
        #expect(party.refusal(alice, .say(CleanText("still here"))) == nil)
        #expect(party.labels(alice, in: den) == ["1"])
    }

    @Test func `the lobby never ends`() throws {
        let alice = try party.arrive()
        _ = party.run(alice, .leave)
        #expect(party.state.nextDeadline == nil)
        party.pass(seconds: 100_000)
        #expect(tick().isEmpty)
        #expect(party.run(alice, .join(.lobby, only: true)).views.map(\.mayModerate) == [false])
    }
}
