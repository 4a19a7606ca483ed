import ChatCore
import Testing

@Suite struct RoomsTests {
    private let party = Party()
    private let den: RoomName

    init() throws {
        den = try RoomName("den")
    }

    @Test func `the first who enters a room makes it and may moderate it, the next may not`() throws {
        let alice = try party.arrive()
        let bob = try party.arrive()
        let made = party.run(alice, .join(den, only: true))
        let view = try #require(made.views.first)
        #expect(
            made == [
                .leaves(alice, .lobby), .event(.lobby, .left(alice.author)),
                .event(RoomID(2), .entered(alice.author)), .enters(alice, RoomID(2), view),
            ]
        )
        #expect(view.name == den && view.members == 1 && view.mayModerate)
        let entered = party.run(bob, .join(try RoomName("#DEN"), only: false)).views
        #expect(entered.map(\.name.text) == ["den"])
        #expect(entered.map(\.mayModerate) == [false])
        #expect(party.state.roomCount == 2)
    }

    @Test func `whoever enters is shown how the room is`() throws {
        let alice = try party.arrive(in: den)
        _ = party.run(alice, .topic(CleanText("cats")))
        _ = party.run(alice, .slow(seconds: 5))
        _ = party.run(alice, .setPrivate(true))
        let bob = try party.arrive()
        _ = party.run(alice, .invite(bob.whom))
        let view = try #require(party.run(bob, .join(den, only: true)).views.first)
        #expect(view.topic == CleanText("cats") && view.slow == 5 && view.isPrivate && view.members == 2)
        #expect(!view.mayModerate)
    }

    @Test func `one can be in several rooms, and a command is about the last entered unless it names one`() throws {
        let alice = try party.arrive()
        _ = party.run(alice, .join(den, only: false))
        let (hello, here) = (CleanText("hello"), [RoomID(2)])
        #expect(party.run(alice, .say(hello)) == here.map { .event($0, .said(alice.author, hello)) })
        #expect(party.run(alice, .say(hello), in: .lobby) == [.event(.lobby, .said(alice.author, hello))])
        _ = party.run(alice, .leave)
        #expect(party.run(alice, .say(hello)) == [.event(.lobby, .said(alice.author, hello))])
    }

    @Test func `who leaves is told so after the last of the room, and the others that it left`() throws {
        let alice = try party.arrive()
        #expect(
            party.run(alice, .leave) == [
                .leaves(alice, .lobby), .event(.lobby, .left(alice.author)), .answer(alice, .outside(.lobby)),
            ]
        )
        #expect(party.refusal(alice, .leave) == .nowhere)
        #expect(party.refusal(alice, .leave, in: .lobby) == .notIn(.lobby))
        #expect(party.state.count == 1)
    }

    @Test func `a room that one is in already cannot be entered, and one that one is not in cannot be asked`() throws {
        let alice = try party.arrive()
        let bob = try party.arrive(in: den)
        #expect(party.refusal(bob, .join(den, only: false)) == .alreadyIn(den))
        #expect(party.refusal(bob, .join(den, only: true)) == .alreadyIn(den))
        let nowhere = try RoomName("nowhere")
        for room in [den, nowhere] {
            #expect(party.refusal(alice, .say(CleanText("hello")), in: room) == .notIn(room))
            #expect(party.refusal(alice, .listMembers(prefix: ""), in: room) == .notIn(room))
            #expect(party.refusal(alice, .history(5), in: room) == .notIn(room))
            #expect(party.refusal(alice, .topic(nil), in: room) == .notIn(room))
        }
    }

    @Test func `who cannot enter another room stays where it is`() throws {
        let owner = try party.arrive(in: den)
        _ = party.run(owner, .setPrivate(true))
        let alice = try party.arrive()
        #expect(party.refusal(alice, .join(den, only: true)) == .mayNotEnter(den))
        #expect(party.run(alice, .say(CleanText("hi"))) == [.event(.lobby, .said(alice.author, CleanText("hi")))])
    }

    @Test func `private, locked and banned are one and the same answer`() throws {
        let names = try ["private", "locked", "banned", "all"].map { try RoomName($0) }
        let owner = try party.arrive()
        let guest = try party.arrive()
        for name in names { _ = party.run(owner, .join(name, only: false)) }
        _ = party.run(owner, .setPrivate(true), in: names[0])
        _ = party.run(owner, .lockdown(true), in: names[1])
        _ = party.run(owner, .ban(.member(guest.whom), seconds: nil, reason: CleanText("why")), in: names[2])
        for action in [.setPrivate(true), .lockdown(true), .ban(.member(guest.whom), seconds: 9, reason: nil)]
            as [Action]
        {
            _ = party.run(owner, action, in: names[3])
        }
        for name in names { #expect(party.refusal(guest, .join(name, only: false)) == .mayNotEnter(name)) }
    }

    @Test func `a full private room does not say that it is full`() throws {
        var limits = RoomLimits()
        limits.members = 1
        let party = Party(limits: limits)
        let owner = try party.arrive(in: den)
        let guest = try party.arrive()
        #expect(party.refusal(guest, .join(den, only: false)) == .roomIsFull(den, limit: 1))
        _ = party.run(owner, .setPrivate(true))
        #expect(party.refusal(guest, .join(den, only: false)) == .mayNotEnter(den))
    }

    @Test func `an invitation opens a closed room until its guest is put out`() throws {
        let owner = try party.arrive(in: den)
        let guest = try party.arrive()
        for closing in [Action.setPrivate(true), .lockdown(true)] {
            _ = party.run(owner, closing)
            #expect(
                party.run(owner, .invite(guest.whom)) == [
                    .answer(guest, .invitation(den, from: owner.author)), .answer(owner, .invited(guest.author, den)),
                ]
            )
            #expect(party.refusal(guest, .join(den, only: false)) == nil)
            _ = party.run(guest, .leave, in: den)
            #expect(party.refusal(guest, .join(den, only: false)) == nil, "who goes by itself may come again")
            _ = party.run(owner, .kick(guest.whom, reason: nil), in: den)
            #expect(party.refusal(guest, .join(den, only: false)) == .mayNotEnter(den))
        }
    }

    @Test func `an invitation does not lift a ban`() throws {
        let owner = try party.arrive(in: den)
        let guest = try party.arrive()
        _ = party.run(owner, .ban(.member(guest.whom), seconds: nil, reason: nil))
        #expect(party.run(owner, .invite(guest.whom)).refusals.isEmpty)
        #expect(party.refusal(guest, .join(den, only: false)) == .mayNotEnter(den))
    }

    @Test func `anybody invites to an open room, and only who moderates to a closed one`() throws {
        let owner = try party.arrive(in: den)
        let member = try party.arrive(in: den)
        let guest = try party.arrive()
        #expect(party.refusal(member, .invite(guest.whom)) == nil)
        _ = party.run(owner, .lockdown(true))
        #expect(party.refusal(member, .invite(guest.whom)) == .onlyModerators(den))
        #expect(party.refusal(owner, .invite(owner.whom)) == .thatIsYou)
        #expect(party.refusal(owner, .invite(member.whom)) == .alreadyHere(Author(member.member), den))
    }

    @Test func `the topic is shown to anybody, and set and taken away by who moderates`() throws {
        let owner = try party.arrive(in: den)
        let member = try party.arrive(in: den)
        let cats = CleanText("cats")
        #expect(party.run(member, .topic(nil)) == [.answer(member, .topic(den, nil))])
        #expect(party.refusal(member, .topic(cats)) == .onlyModerators(den))
        #expect(party.run(owner, .topic(cats)) == [.event(RoomID(2), .topic(cats, by: owner.author))])
        #expect(party.run(member, .topic(nil)) == [.answer(member, .topic(den, cats))])
        #expect(party.run(owner, .topic(CleanText(""))) == [.event(RoomID(2), .topic(nil, by: owner.author))])
        #expect(party.run(member, .topic(nil)) == [.answer(member, .topic(den, nil))])
    }

    @Test func `the past is replayed to who asks, of the room that it is in`() throws {
        let alice = try party.arrive()
        #expect(party.run(alice, .history(7)) == [.replay(alice, .lobby, count: 7)])
        _ = party.run(alice, .leave)
        #expect(party.refusal(alice, .history(7)) == .nowhere)
    }
}
