import ChatCore
import Testing

@Suite struct SpeechTests {
    private let party = Party()
    private let hello = CleanText("hello")

    @Test func `what one says is told to its room, under the name of that moment`() throws {
        let alice = try party.arrive()
        #expect(party.run(alice, .say(hello)) == [.event(.lobby, .said(alice.author, hello))])
        #expect(party.run(alice, .act(hello)) == [.event(.lobby, .acted(alice.author, hello))])
        _ = party.run(alice, .name(try Nickname("alice")))
        #expect(party.run(alice, .say(hello)) == [.event(.lobby, .said(try alice.named("alice"), hello))])
    }

    @Test func `in no room there is nobody to talk to`() throws {
        let alice = try party.arrive()
        _ = party.run(alice, .leave)
        #expect(party.refusal(alice, .say(hello)) == .nowhere)
        #expect(party.refusal(alice, .act(hello)) == .nowhere)
    }

    @Test func `a whisper reaches one alone, wherever it is, and the one who whispers has a receipt`() throws {
        let alice = try party.arrive("alice")
        let bob = try party.arrive(in: try RoomName("den"))
        #expect(
            party.run(bob, .whisper(to: alice.whom, hello)) == [
                .answer(alice, .whisper(from: bob.author, hello)),
                .answer(bob, .whispered(to: try alice.named("alice"), hello, away: nil)),
            ]
        )
        _ = party.run(alice, .leave)
        #expect(party.run(bob, .whisper(to: alice.whom, hello)).answers(to: alice).count == 1)
        #expect(party.refusal(bob, .whisper(to: bob.whom, hello)) == .thatIsYou)
    }

    @Test func `an answer goes to the last who whispered, by whatever name it goes now`() throws {
        let alice = try party.arrive()
        let bob = try party.arrive()
        let carl = try party.arrive()
        #expect(party.refusal(alice, .answer(hello)) == .nobodyToAnswer)
        _ = party.run(bob, .whisper(to: alice.whom, hello))
        _ = party.run(carl, .whisper(to: alice.whom, hello))
        _ = party.run(carl, .name(try Nickname("carl")))
        #expect(party.run(alice, .answer(hello)).answers(to: carl) == [.whisper(from: alice.author, hello)])
        // An answer is a whisper that can be answered.
        #expect(party.run(carl, .answer(hello)).answers(to: alice).count == 1)
        _ = party.run(carl, .depart)
        let gone = Refusal.hasLeft(try carl.named("carl"))
        #expect(party.refusal(alice, .answer(hello)) == gone)
        #expect(party.run(try party.arrive(), .name(try Nickname("carl"))).refusals.isEmpty)
        #expect(party.refusal(alice, .answer(hello)) == gone)
    }

    @Test func `who is away says so to who whispers, until it is back`() throws {
        let alice = try party.arrive()
        let bob = try party.arrive()
        let lunch = CleanText("lunch")
        #expect(party.run(alice, .away(lunch)) == [.answer(alice, .away(lunch))])
        let told = party.run(bob, .whisper(to: alice.whom, hello))
        #expect(told.answers(to: bob) == [.whispered(to: alice.author, hello, away: lunch)])
        #expect(party.run(alice, .away(nil)) == [.answer(alice, .back)])
        let back = party.run(bob, .whisper(to: alice.whom, hello))
        #expect(back.answers(to: bob) == [.whispered(to: alice.author, hello, away: nil)])
    }

    @Test func `one can ignore who is there, but not oneself`() throws {
        let alice = try party.arrive()
        let bob = try party.arrive()
        #expect(party.run(alice, .ignore(bob.whom, true)) == [.answer(alice, .ignoring(bob.author, true))])
        #expect(party.run(alice, .ignore(bob.whom, false)) == [.answer(alice, .ignoring(bob.author, false))])
        #expect(party.refusal(alice, .ignore(alice.whom, true)) == .thatIsYou)
        #expect(party.refusal(alice, .ignore(.nobody("?"), true)) == .noSuchMember("?"))
    }

    @Test func `what is no business of the rooms comes back at its place`() throws {
        let alice = try party.arrive()
        let asides: [Aside] = [.tooLong, .help(nil), .show(.quiet(true)), .problem(CommandProblem("no", usage: nil))]
        let commands = asides.map { Command(alice, .aside($0)) }
        #expect(
            party.state.apply(commands, at: party.now) == asides.flatMap { [.answer(alice, .aside($0)), .done(alice)] }
        )
    }
}

@Suite struct SlowModeTests {
    private let party = Party()
    private let den: RoomName
    private let owner, member: SessionID
    private let hello = CleanText("hello")

    init() throws {
        den = try RoomName("den")
        owner = try party.arrive(in: den)
        member = try party.arrive(in: den)
        _ = party.run(owner, .slow(seconds: 10))
    }

    @Test func `one line in so many seconds, and not a millisecond sooner`() {
        #expect(party.refusal(member, .say(hello)) == nil)
        #expect(party.refusal(member, .say(hello)) == .slow(den, seconds: 10))
        party.pass(seconds: 9, milliseconds: 1)
        #expect(party.refusal(member, .act(hello)) == .slow(den, seconds: 1))
        party.pass(seconds: 0, milliseconds: 998)
        #expect(party.refusal(member, .say(hello)) == .slow(den, seconds: 1))
        party.pass(seconds: 0, milliseconds: 1)
        #expect(party.refusal(member, .say(hello)) == nil)
        #expect(party.refusal(member, .say(hello)) == .slow(den, seconds: 10))
    }

    @Test func `a line that was refused does not put the next one off`() {
        _ = party.run(member, .say(hello))
        for _ in 0..<9 {
            party.pass(seconds: 1)
            #expect(party.refusal(member, .say(hello)) != nil)
        }
        party.pass(seconds: 1)
        #expect(party.refusal(member, .say(hello)) == nil)
    }

    @Test func `it counts each for itself, each room for itself, and neither whispers nor who moderates`() throws {
        let other = try party.arrive(in: den)
        _ = party.run(member, .join(.lobby, only: false))
        for _ in 0..<2 {
            #expect(party.refusal(member, .say(hello), in: .lobby) == nil)
            #expect(party.refusal(owner, .say(hello)) == nil)
            #expect(party.refusal(member, .whisper(to: owner.whom, hello)) == nil)
        }
        #expect(party.refusal(member, .say(hello), in: den) == nil)
        #expect(party.refusal(other, .say(hello)) == nil)
        #expect(party.refusal(other, .say(hello)) != nil)
    }

    @Test func `it can be changed, and switched off`() {
        _ = party.run(member, .say(hello))
        #expect(
            party.run(owner, .slow(seconds: 2)) == [.event(RoomID(2), .ruled(.slow(seconds: 2), by: owner.author))]
        )
        party.pass(seconds: 2)
        #expect(party.refusal(member, .say(hello)) == nil)
        _ = party.run(owner, .slow(seconds: 0))
        #expect(party.refusal(member, .say(hello)) == nil)
        #expect(party.refusal(member, .say(hello)) == nil)
    }
}
