import ChatCore
import Testing

/// A member goes on on another connection.
@Suite struct TakeoverTests {
    private let party = Party()
    private let den: RoomName
    private let old: SessionID
    private let secret: SessionSecret

    init() throws {
        den = try RoomName("den")
        (old, secret) = try party.connect()
        _ = try party.enter(old, as: "alice")
        _ = try party.enter(old, den)
    }

    /// A new connection in the old one's place.
    private func resumed(from address: Address? = nil) throws -> SessionID {
        let (new, _) = try party.connect(from: address)
        #expect(try party.enter(new, session: secret).isResumed == true)
        return new
    }

    @Test func `the old connection is closed, and nobody sees anybody leave or enter`() throws {
        let (new, _) = try party.connect()
        let outcomes = party.run(new, .enter(.lobby, Entry(session: secret)))
        guard case .follows(new, .lobby, let following)? = outcomes.last else {
            throw Party.Unexpected(outcomes: outcomes)
        }
        #expect(outcomes.dropLast() == [.answer(old, .takenOver), .closes(old), .leaves(new, .lobby)])
        #expect(try following.author == old.named("alice") && following.isResumed == true)
        #expect(following.members == Listing([try old.named("alice")], more: 0))
        #expect(party.state.count == 1)
        #expect(party.run(old, .say(CleanText("hello")), in: .lobby).isEmpty)
        #expect(party.run(old, .depart).isEmpty)
        #expect(party.labels(new, in: .lobby) == ["alice"])
    }

    @Test func `it is in all its rooms, and follows again those that it enters again`() throws {
        let first = try party.enter(old, den)
        let new = try resumed()
        #expect(try party.post(new, "hello", id: nil, in: den) == .new(2))
        #expect(party.run(new, .page(after: 0, entry: first.entry), in: den).isEmpty, "the old connection's entry")
        let outcomes = party.run(new, .enter(den, Entry(from: .after(1, of: nil), session: secret)))
        guard case .follows(new, _, let following)? = outcomes.last else { throw Party.Unexpected(outcomes: outcomes) }
        #expect(outcomes.events.isEmpty && outcomes.count == 2)
        #expect(following.isResumed == true && following.head == 2)
        _ = party.run(new, .leave, in: den)
        #expect(party.refusal(new, .say(CleanText("hello")), in: den) == .notIn(den))
    }

    @Test func `rights, invitations and what binds it come along`() throws {
        let cafe = try RoomName("cafe")
        let owner = try party.arrive(in: cafe)
        _ = party.run(old, .becomeOperator)
        _ = party.run(old, .away(CleanText("lunch")))
        _ = party.run(owner, .setPrivate(true))
        _ = party.run(owner, .invite(old.whom))
        _ = party.run(owner, .whisper(to: old.whom, CleanText("psst")))
        let new = try resumed()
        #expect(party.refusal(new, .slow(seconds: 5), in: den) == nil, "it has made that room")
        #expect(party.refusal(new, .announce(CleanText("news"))) == nil)
        let told = party.run(owner, .whisper(to: old.whom, CleanText("back?")))
        #expect(told.answers(to: new).count == 1)
        #expect(
            told.answers(to: owner) == [
                .whispered(to: try old.named("alice"), CleanText("back?"), away: CleanText("lunch"))
            ]
        )
        #expect(party.run(new, .answer(CleanText("yes"))).answers(to: owner).count == 1)
        _ = party.run(owner, .setModerator(old.whom, true))
        #expect(try party.enter(new, cafe).view.mayModerate)
    }

    @Test func `it is muted, slowed down and moderates as before`() throws {
        let owner = try party.arrive(in: try RoomName("cafe"))
        let cafe = try RoomName("cafe")
        _ = try party.enter(old, cafe)
        _ = party.run(owner, .slow(seconds: 10))
        #expect(try party.post(old, "one", id: nil, in: cafe) == .new(4))
        let second = try resumed()
        #expect(try party.post(second, "two", id: nil, in: cafe) == .refused(.slow(cafe, seconds: 10)))
        _ = party.run(owner, .mute(old.whom, seconds: nil))
        let third = try resumed()
        #expect(try party.post(third, "two", id: nil, in: cafe) == .refused(.muted(cafe, seconds: nil)))
        _ = party.run(owner, .unmute(old.whom))
        _ = party.run(owner, .setModerator(old.whom, true))
        let fourth = try resumed()
        #expect(try party.post(fourth, "two", id: nil, in: cafe) == .new(8))
        _ = party.run(fourth, .depart)
        #expect(
            party.refusal(owner, .setModerator(old.whom, false)) == .noSuchMember("1"),
            "its ties are cut when it goes"
        )
    }

    @Test func `the old secret goes on to be good, and the newcomer's never was`() throws {
        let (new, void) = try party.connect()
        _ = try party.enter(new, session: secret)
        let (third, _) = try party.connect()
        #expect(try party.enter(third, session: void).isResumed == false)
        #expect(try party.enter(third, session: void).author == third.author, "and is somebody new")
        let (fourth, _) = try party.connect()
        let following = try party.enter(fourth, session: secret)
        #expect(following.isResumed == true && following.author.member == old.member)
        #expect(party.run(new, .ping).isEmpty)
    }

    @Test func `who is in a room already takes nobody's place`() throws {
        let (new, _) = try party.connect()
        _ = try party.enter(new)
        #expect(party.refusal(new, .enter(den, Entry(session: secret))) == .notFresh)
        #expect(party.refusal(new, .enter(.lobby, Entry(session: secret))) == .notFresh)
        #expect(try party.post(old, "still here", id: nil) == .new(3))
        _ = party.run(new, .leave, in: .lobby)
        #expect(try party.enter(new, session: secret).isResumed == true)
    }

    @Test func `nor does who has said something, because it could be said twice`() throws {
        let (new, _) = try party.connect()
        _ = try party.enter(new)
        let sequence = try party.post(new, "hello", id: "a")
        _ = party.run(new, .leave, in: .lobby)
        #expect(party.refusal(new, .enter(.lobby, Entry(session: secret))) == .notFresh)
        _ = try party.enter(new)
        guard case .new(let number) = sequence else { throw Party.Unexpected(outcomes: []) }
        #expect(try party.post(new, "hello", id: "a") == .again(number))
    }

    @Test func `under a secret that nobody has one enters as somebody new`() throws {
        let (new, _) = try party.connect()
        let nobodys = try #require(SessionSecret(String(repeating: "0", count: 32)))
        let following = try party.enter(new, session: nobodys)
        #expect(following.isResumed == false && following.author == new.author)
        _ = party.run(old, .depart)
        let again = try party.enter(new, den, session: secret)
        #expect(again.isResumed == false && again.author == new.author)
    }

    @Test func `its own secret changes nothing`() throws {
        let outcomes = party.run(old, .enter(.lobby, Entry(session: secret)))
        guard case .follows(old, _, let following)? = outcomes.last else { throw Party.Unexpected(outcomes: outcomes) }
        #expect(outcomes.dropLast() == [.leaves(old, .lobby)])
        #expect(try following.isResumed == true && following.author == old.named("alice"))
        let (new, own) = try party.connect()
        #expect(try party.enter(new, session: own).isResumed == true)
        #expect(party.state.count == 2)
    }

    @Test func `a name that is given with it is taken by the member of before`() throws {
        let witness = try party.arrive("witness")
        let (new, _) = try party.connect()
        _ = party.run(new, .name(try Nickname("interim")))
        let outcomes = party.run(new, .enter(.lobby, Entry(as: try Nickname("alicia"), session: secret)))
        let (before, after) = (try old.named("alice"), try old.named("alicia"))
        #expect(outcomes.events == [.renamed(from: before, to: after), .renamed(from: before, to: after)])
        _ = party.run(witness, .name(try Nickname("interim")))
        #expect(party.labels(witness) == ["alicia", "interim"], "the newcomer has never been, and its name is free")
        let (late, _) = try party.connect()
        let taken = try Nickname("interim")
        let refused = party.run(late, .enter(try RoomName("cafe"), Entry(as: taken, session: secret)))
        #expect(refused.refusals == [.nameTaken(taken)] && refused.events.isEmpty)
        #expect(party.refusal(late, .leave, in: try RoomName("cafe")) == .notIn(try RoomName("cafe")))
    }

    @Test func `from a banned address nobody comes to take a place`() throws {
        let operator1 = try party.arriveAsOperator()
        let range = try #require(AddressRange("203.0.113.7"))
        _ = party.run(operator1, .ban(.addresses(range), seconds: nil, reason: nil), in: .lobby)
        let (new, outcomes) = party.call(from: Address("203.0.113.7"))
        #expect(outcomes == [.answer(new, .refused(.mayNotEnter(.lobby))), .closes(new)])
        #expect(party.run(new, .enter(.lobby, Entry(session: secret))).isEmpty)
        #expect(try party.post(old, "still here", id: nil).isNew)
    }

    @Test func `it is where the new connection is, and no longer where the old one was`() throws {
        let operator1 = try party.arriveAsOperator()
        let (here, there) = (try #require(Address("203.0.113.7")), try #require(Address("198.51.100.1")))
        let (first, secret) = try party.connect(from: here)
        _ = try party.enter(first)
        let (second, _) = try party.connect(from: there)
        _ = try party.enter(second, session: secret)
        let ban = { (address: String) in Action.ban(.addresses(AddressRange(address)!), seconds: nil, reason: nil) }
        #expect(!party.run(operator1, ban("203.0.113.7"), in: .lobby).contains(.closes(second)))
        #expect(party.run(operator1, ban("198.51.100.1"), in: .lobby).contains(.closes(second)))
    }
}
