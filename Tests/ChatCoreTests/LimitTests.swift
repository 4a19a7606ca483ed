import ChatCore
import Testing

@Suite struct LimitTests {
    private func party(_ change: (inout RoomLimits) -> Void) -> Party {
        var limits = RoomLimits()
        change(&limits)
        return Party(limits: limits)
    }

    @Test func `there are no more rooms than the limit, the lobby among them, until one ends`() throws {
        let party = party { $0.rooms = 2 }
        let (den, hall) = (try RoomName("den"), try RoomName("hall"))
        let alice = try party.arrive(in: den)
        let bob = try party.arrive()
        #expect(party.refusal(bob, .join(hall, only: true)) == .tooManyRooms(limit: 2))
        #expect(party.refusal(bob, .join(den, only: false)) == nil)
        _ = party.run(bob, .leave)
        _ = party.run(alice, .leave)
        party.pass(seconds: 599)
        #expect(party.refusal(bob, .join(hall, only: true)) == .tooManyRooms(limit: 2))
        party.pass(seconds: 1)
        #expect(party.refusal(bob, .join(hall, only: true)) == nil)
    }

    @Test func `one member is in no more rooms than the limit, but can always change from one to another`() throws {
        let party = party { $0.roomsPerMember = 2 }
        let names = try ["den", "hall"].map { try RoomName($0) }
        let alice = try party.arrive()
        #expect(party.refusal(alice, .join(names[0], only: false)) == nil)
        #expect(party.refusal(alice, .join(names[1], only: false)) == .inTooManyRooms(limit: 2))
        let changed = party.run(alice, .join(names[1], only: true))
        #expect(changed.views.map(\.name) == [names[1]])
        #expect(changed.filter { if case .leaves = $0 { true } else { false } }.count == 2)
    }

    @Test func `a full room lets in who moderates it, and nobody else, and keeps an invitation for later`() throws {
        let party = party { $0.members = 1 }
        let den = try RoomName("den")
        let owner = try party.arrive(in: den)
        let guest = try party.arrive()
        let god = try party.arriveAsOperator()
        _ = party.run(owner, .setPrivate(true))
        _ = party.run(owner, .invite(guest.whom))
        #expect(party.refusal(guest, .join(den, only: true)) == .roomIsFull(den, limit: 1))
        #expect(party.refusal(god, .join(den, only: true)) == nil)
        for session in [owner, god] { _ = party.run(session, .leave, in: den) }
        #expect(party.refusal(guest, .join(den, only: true)) == nil)
    }

    @Test func `0 is no limit`() throws {
        let party = party { ($0.rooms, $0.roomsPerMember, $0.members) = (0, 0, 0) }
        let alice = try party.arrive()
        for number in 0..<60 { #expect(party.refusal(alice, .join(try RoomName("r\(number)"), only: false)) == nil) }
        #expect(party.state.roomCount == 61)
    }

    @Test func `topics, away texts and reasons have a length in bytes, and one more is refused and changes nothing`()
        throws
    {
        let party = party { $0.note = 4 }
        let den = try RoomName("den")
        let owner = try party.arrive(in: den)
        let bob = try party.arrive(in: den)
        let (fits, long) = (CleanText("ééx".replacing("x", with: "")), CleanText("ééx"))
        let actions: [(CleanText) -> Action] = [
            { .topic($0) }, { .away($0) }, { .kick(bob.whom, reason: $0) },
            { .ban(.member(bob.whom), seconds: nil, reason: $0) },
        ]
        for action in actions { #expect(party.refusal(owner, action(long)) == .noteTooLong(limit: 4)) }
        #expect(party.labels(owner) == ["1", "2"])
        #expect(party.run(owner, .topic(nil)) == [.answer(owner, .topic(den, nil))])
        for action in actions.prefix(3) { #expect(party.run(owner, action(fits)).refusals.isEmpty) }
        // Speech has the limit of its line, which is not ours.
        #expect(party.refusal(owner, .say(long)) == nil)
    }

    @Test func `a room has so many bans and mutes at a time; those that are over do not count`() throws {
        let party = party { $0.sanctions = 2 }
        let den = try RoomName("den")
        let owner = try party.arrive(in: den)
        func ban(_ name: String, _ seconds: Int?) throws -> Refusal? {
            let action = Action.ban(.member(.name(try Nickname(name))), seconds: seconds, reason: nil)
            return party.run(owner, action).refusals.first
        }
        #expect(try ban("eve", nil) == nil)
        #expect(try ban("bob", 10) == nil)
        #expect(try ban("dan", nil) == .tooMany("bans", limit: 2))
        party.pass(seconds: 10)
        #expect(try ban("dan", nil) == nil)

        let members = try (0..<3).map { _ in try party.arrive(in: den) }
        for member in members.prefix(2) { #expect(party.refusal(owner, .mute(member.whom, seconds: 10)) == nil) }
        #expect(party.refusal(owner, .mute(members[2].whom, seconds: 10)) == .tooMany("mutes", limit: 2))
        #expect(party.refusal(owner, .mute(members[1].whom, seconds: 10)) == nil, "in place of the one before")
        party.pass(seconds: 10)
        #expect(party.refusal(owner, .mute(members[2].whom, seconds: 10)) == nil)
    }

    @Test func `a room has so many moderators and invitations at a time`() throws {
        let party = party { ($0.sanctions, $0.invitations) = (1, 1) }
        let den = try RoomName("den")
        let owner = try party.arrive(in: den)
        let members = try (0..<2).map { _ in try party.arrive(in: den) }
        #expect(party.refusal(owner, .setModerator(members[0].whom, true)) == nil)
        #expect(party.refusal(owner, .setModerator(members[1].whom, true)) == .tooMany("moderators", limit: 1))
        _ = party.run(owner, .setModerator(members[0].whom, false))
        #expect(party.refusal(owner, .setModerator(members[1].whom, true)) == nil)

        let guests = try (0..<2).map { _ in try party.arrive() }
        #expect(party.run(owner, .invite(guests[0].whom)).refusals.isEmpty)
        #expect(party.refusal(owner, .invite(guests[1].whom)) == .tooMany("invitations", limit: 1))
        _ = party.run(guests[0], .join(den, only: true))
        #expect(party.run(owner, .invite(guests[1].whom)).refusals.isEmpty)
    }
}
