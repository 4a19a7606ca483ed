import ChatCore
import Testing

@Suite struct ModerationTests {
    private let party = Party()
    private let den: RoomName
    private let owner, mod, member: SessionID
    private let room = RoomID(2)
    private let hello = CleanText("hello")

    init() throws {
        den = try RoomName("den")
        owner = try party.arrive(in: den)
        mod = try party.arrive(in: den)
        member = try party.arrive(in: den)
        _ = party.run(owner, .setModerator(mod.whom, true))
    }

    @Test func `who is kicked is out of the room, all are told, and it may come again`() {
        let why = CleanText("too loud")
        #expect(
            party.run(mod, .kick(member.whom, reason: why)) == [
                .leaves(member, room), .event(room, .ruled(.kicked(member.author, reason: why), by: mod.author)),
                .answer(member, .removed(den, by: mod.author, reason: why, isBan: false)),
            ]
        )
        #expect(party.refusal(member, .say(hello)) == .nowhere)
        #expect(party.refusal(owner, .kick(member.whom, reason: nil)) == .notHere(member.author, den))
        #expect(party.refusal(member, .join(den, only: true)) == nil)
    }

    @Test func `nobody is kicked or muted by who does not stand above, nor by oneself`() throws {
        let other = try party.arrive(in: den)
        _ = party.run(owner, .setModerator(other.whom, true))
        let god = try party.arriveAsOperator()
        _ = party.run(god, .join(den, only: true))
        for action in [{ .kick($0, reason: nil) }, { .mute($0, seconds: nil) }] as [(Whom) -> Action] {
            for (actor, target) in [(mod, owner), (mod, other), (mod, god), (owner, god)] {
                #expect(party.refusal(actor, action(target.whom)) == .isProtected(target.author))
            }
            #expect(party.refusal(mod, action(mod.whom)) == .thatIsYou)
            #expect(party.refusal(member, action(mod.whom)) == .onlyModerators(den))
        }
        let second = try party.arriveAsOperator()
        #expect(party.refusal(god, .kick(second.whom, reason: nil), in: den) == .notHere(second.author, den))
        _ = party.run(second, .join(den, only: true))
        #expect(party.refusal(god, .kick(second.whom, reason: nil)) == .isProtected(second.author))
        #expect(party.refusal(god, .kick(owner.whom, reason: nil)) == nil)
        #expect(party.refusal(god, .kick(mod.whom, reason: nil)) == nil)
    }

    @Test func `who is muted reads and whispers, and says nothing until it is over`() {
        #expect(
            party.run(mod, .mute(member.whom, seconds: 60))
                == [.event(room, .ruled(.muted(member.author, seconds: 60), by: mod.author))]
        )
        party.pass(seconds: 59, milliseconds: 999)
        #expect(party.refusal(member, .say(hello)) == .muted(den, seconds: 1))
        #expect(party.refusal(member, .act(hello)) == .muted(den, seconds: 1))
        #expect(party.refusal(member, .whisper(to: mod.whom, hello)) == nil)
        party.pass(seconds: 0, milliseconds: 1)
        #expect(party.refusal(member, .say(hello)) == nil)
        #expect(party.refusal(mod, .unmute(member.whom)) == .noSuchMute("\(member.member.number)"))
    }

    @Test func `a mute holds through a new name and through leaving, until it is taken back`() throws {
        _ = party.run(mod, .mute(member.whom, seconds: nil))
        _ = party.run(member, .name(try Nickname("mary")))
        #expect(party.refusal(member, .say(hello)) == .muted(den, seconds: nil))
        _ = party.run(member, .join(.lobby, only: true))
        #expect(party.refusal(member, .say(hello)) == nil)
        _ = party.run(member, .join(den, only: true))
        #expect(party.refusal(member, .say(hello)) == .muted(den, seconds: nil))
        let back = party.run(mod, .unmute(member.whom)).events
        #expect(back == [.ruled(.unmuted(try member.named("mary")), by: mod.author)])
        #expect(party.refusal(member, .say(hello)) == nil)
    }

    @Test func `a mute holds for who comes again under the name, or from the place`() throws {
        let address = Address("192.0.2.7")
        let loud = try party.arrive("loud", from: address)
        _ = party.run(loud, .join(den, only: true))
        _ = party.run(mod, .mute(loud.whom, seconds: nil))
        _ = party.run(loud, .depart)
        let (byName, byPlace) = (try party.arrive("LOUD"), try party.arrive("meek", from: address))
        for session in [byName, byPlace] {
            _ = party.run(session, .join(den, only: true))
            #expect(party.refusal(session, .say(hello)) == .muted(den, seconds: nil))
        }
    }

    @Test func `a second mute replaces the first`() {
        _ = party.run(mod, .mute(member.whom, seconds: nil))
        _ = party.run(mod, .mute(member.whom, seconds: 5))
        party.pass(seconds: 5)
        #expect(party.refusal(member, .say(hello)) == nil)
    }

    @Test func `the right to moderate is given by who has it, and taken by who stands above, or by oneself`() throws {
        let given = party.run(mod, .setModerator(member.whom, true))
        #expect(given == [.event(room, .ruled(.moderator(member.author, true), by: mod.author))])
        #expect(party.refusal(member, .slow(seconds: 1)) == nil)
        #expect(party.refusal(mod, .setModerator(member.whom, true)) == .moderatesAlready(member.author))
        #expect(party.refusal(mod, .setModerator(member.whom, false)) == .isProtected(member.author))
        #expect(party.refusal(member, .setModerator(member.whom, false)) == nil)
        #expect(party.refusal(member, .slow(seconds: 0)) == .onlyModerators(den))
        #expect(party.refusal(owner, .setModerator(member.whom, false)) == .moderatesNot(member.author))
        #expect(party.refusal(owner, .setModerator(mod.whom, false)) == nil)
        let outside = try party.arrive()
        #expect(party.refusal(owner, .setModerator(outside.whom, true)) == .notHere(outside.author, den))
    }

    @Test func `a right is a connection's: it does not pass with a name, and is gone with who goes`() throws {
        _ = party.run(mod, .name(try Nickname("mia")))
        _ = party.run(mod, .name(try Nickname("max")))
        _ = party.run(member, .name(try Nickname("mia")))
        #expect(party.refusal(member, .slow(seconds: 1)) == .onlyModerators(den))
        _ = party.run(mod, .depart)
        let again = try party.arrive("max")
        _ = party.run(again, .join(den, only: true))
        #expect(party.refusal(again, .slow(seconds: 1)) == .onlyModerators(den))
        _ = party.run(owner, .leave)
        #expect(party.run(owner, .join(den, only: true)).views.map(\.mayModerate) == [true])
    }

    @Test func `in the lobby only operators moderate, nobody is made a moderator, and it stays public`() throws {
        let alice = try party.arrive()
        let god = try party.arriveAsOperator()
        #expect(party.refusal(alice, .kick(god.whom, reason: nil)) == .onlyModerators(.lobby))
        #expect(party.refusal(god, .setModerator(alice.whom, true)) == .lobbyHasOperators)
        #expect(party.refusal(god, .setPrivate(true)) == .lobbyStaysPublic)
        #expect(party.refusal(god, .slow(seconds: 3)) == nil)
        _ = party.run(alice, .say(hello))
        #expect(party.refusal(alice, .say(hello)) == .slow(.lobby, seconds: 3))
    }

    @Test func `who is kicked from the lobby is off the server`() throws {
        let god = try party.arriveAsOperator()
        _ = party.run(member, .join(.lobby, only: false))
        #expect(
            party.run(god, .kick(member.whom, reason: nil)) == [
                .leaves(member, .lobby),
                .event(.lobby, .ruled(.kicked(member.author, reason: nil), by: god.author)),
                .answer(member, .removed(.lobby, by: god.author, reason: nil, isBan: false)),
                .leaves(member, room), .event(room, .left(member.author)), .closes(member),
            ]
        )
        #expect(party.run(member, .say(hello)).isEmpty)
        #expect(party.come().outcomes.views.map(\.members) == [2])
    }

    @Test func `an announcement is an operator's, and reaches each room that somebody is in`() throws {
        let god = try party.arriveAsOperator()
        let empty = try party.arrive(in: try RoomName("hall"))
        _ = party.run(empty, .leave)
        #expect(party.refusal(owner, .announce(hello)) == .onlyOperators)
        #expect(
            party.run(god, .announce(hello)) == [
                .event(.lobby, .announced(hello, by: god.author)), .event(room, .announced(hello, by: god.author)),
                .answer(god, .announced(rooms: 2)),
            ]
        )
    }

    @Test func `an operator moderates every room, and enters each`() throws {
        _ = party.run(owner, .setPrivate(true))
        let god = try party.arrive()
        #expect(party.refusal(god, .join(den, only: false)) == .mayNotEnter(den))
        #expect(party.run(god, .becomeOperator) == [.answer(god, .isOperator)])
        #expect(party.run(god, .join(den, only: false)).views.map(\.mayModerate) == [true])
        #expect(party.refusal(god, .setPrivate(false)) == nil)
    }
}
