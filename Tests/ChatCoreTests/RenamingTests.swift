import ChatCore
import Testing

@Suite struct RenamingTests {
    private let party = Party()

    @Test func `a name is told in each room of its bearer, and from then on stands before what it says`() throws {
        let alice = try party.arrive()
        _ = party.run(alice, .join(try RoomName("den"), only: false))
        let named = try alice.named("alice")
        #expect(
            party.run(alice, .name(try Nickname("alice"))) == [
                .event(.lobby, .renamed(from: alice.author, to: named)),
                .event(RoomID(2), .renamed(from: alice.author, to: named)),
                .answer(alice, .named(named)),
            ]
        )
        #expect(party.run(alice, .say(CleanText("hi"))).events == [.said(named, CleanText("hi"))])
        #expect(party.run(alice, .leave).events == [.left(named)])
    }

    @Test func `in no room one can take a name, and only oneself is told`() throws {
        let alice = try party.arrive()
        _ = party.run(alice, .leave)
        #expect(
            party.run(alice, .name(try Nickname("alice"))) == [.answer(alice, .named(try alice.named("alice")))]
        )
    }

    @Test func `a name that somebody has, in whatever case, is taken until that one gives it up or goes`() throws {
        let alice = try party.arrive("alice")
        let bob = try party.arrive()
        for name in ["alice", "Alice", "ALICE"] {
            #expect(party.refusal(bob, .name(try Nickname(name))) == .nameTaken(try Nickname(name)))
        }
        _ = party.run(alice, .name(try Nickname("anna")))
        #expect(party.run(bob, .name(try Nickname("Alice"))).answers(to: bob) == [.named(try bob.named("Alice"))])
        #expect(party.refusal(alice, .name(try Nickname("alice"))) != nil)
        _ = party.run(bob, .depart)
        #expect(party.refusal(alice, .name(try Nickname("alice"))) == nil)
    }

    @Test func `one's own name is not taken, so its case can be changed, but the same again is refused`() throws {
        let alice = try party.arrive("alice")
        #expect(party.refusal(alice, .name(try Nickname("alice"))) == .alreadyNamed(try Nickname("alice")))
        let events = party.run(alice, .name(try Nickname("Alice"))).events
        #expect(events == [.renamed(from: try alice.named("alice"), to: try alice.named("Alice"))])
        let bob = try party.arrive()
        #expect(party.refusal(bob, .name(try Nickname("alice"))) != nil)
    }

    @Test func `whoever is meant is found by number and by name, in whatever case, and not by a name of before`() throws
    {
        let alice = try party.arrive("alice")
        let bob = try party.arrive()
        for whom in [alice.whom, .name(try Nickname("alice")), .name(try Nickname("ALICE"))] {
            #expect(party.run(bob, .whisper(to: whom, CleanText("hi"))).answers(to: alice).count == 1)
        }
        _ = party.run(alice, .name(try Nickname("anna")))
        let before = Whom.name(try Nickname("alice"))
        #expect(party.refusal(bob, .whisper(to: before, CleanText("hi"))) == .noSuchMember("alice"))
        #expect(party.refusal(bob, .whisper(to: .nobody("?!"), CleanText("hi"))) == .noSuchMember("?!"))
        let nobody = Whom.number(MemberID(99))
        #expect(party.refusal(bob, .whisper(to: nobody, CleanText("hi"))) == .noSuchMember("99"))
    }

    @Test func `a name that is banned from a room cannot be taken in it, but by who moderates`() throws {
        let den = try RoomName("den")
        let owner = try party.arrive("olga", in: den)
        let guest = try party.arrive(in: den)
        let name = try Nickname("eve")
        _ = party.run(owner, .ban(.member(.name(name)), seconds: 60, reason: nil))
        #expect(party.refusal(guest, .name(name)) == .nameTaken(name))
        _ = party.run(guest, .leave)
        #expect(party.run(guest, .name(name)).answers(to: guest) == [.named(try guest.named("eve"))])
        #expect(party.refusal(guest, .join(den, only: true)) == .mayNotEnter(den))
        party.pass(seconds: 60)
        #expect(party.refusal(guest, .join(den, only: true)) == nil)
    }

    @Test(arguments: [
        ("7", Whom.number(MemberID(7))), ("007", .number(MemberID(7))), ("", .nobody("")), (" ", .nobody(" ")),
        ("18446744073709551615", .number(MemberID(.max))),
    ])
    func `digits mean a number, and what nobody can be called means nobody`(text: String, whom: Whom) {
        #expect(Whom(text) == whom)
    }

    @Test func `a name means whoever bears it, and is shown as it was written`() throws {
        #expect(Whom("Alice") == .name(try Nickname("alice")))
        #expect(Whom("Alice").text == "Alice")
        #expect(Whom.number(MemberID(7)).text == "7")
        #expect(Whom("+7") != .number(MemberID(7)))
        #expect(Whom("-7") != .number(MemberID(7)))
    }
}
