import ChatCore
import Testing

/// Members that keep count of what they have seen.
@Suite struct EntryTests {
    private let party = Party()
    private let den: RoomName

    init() throws {
        den = try RoomName("den")
    }

    @Test func `who connects is given a number and a secret of its own, and is in no room`() throws {
        let (alice, one) = try party.connect()
        let (_, other) = try party.connect()
        #expect(one != other)
        #expect(party.state.count == 2)
        #expect(party.refusal(alice, .say(CleanText("hello"))) == .nowhere)
        #expect(party.refusal(alice, .post(CleanText("hello"), isAction: false, id: nil), in: .lobby) == .notIn(.lobby))
        #expect(party.run(alice, .connect(from: nil)).isEmpty, "it is there already")
    }

    @Test func `who enters is told of its own entering first, which the head counts`() throws {
        let witness = try party.arrive("witness")
        let (alice, _) = try party.connect()
        let outcomes = party.run(alice, .enter(.lobby, Entry()))
        guard case .follows(alice, .lobby, let following)? = outcomes.last else {
            throw Party.Unexpected(outcomes: outcomes)
        }
        #expect(outcomes.dropLast() == [.event(.lobby, .entered(alice.author))])
        #expect(following.head == 3 && following.start == .after(3))
        #expect(following.author == alice.author && following.isResumed == nil && !following.isReset)
        #expect(following.members == Listing([try witness.named("witness"), alice.author], more: 0))
        #expect(following.view.members == 2 && following.view.name == .lobby)
    }

    @Test func `of many members the first by number are listed, and the others counted`() throws {
        var limits = RoomLimits()
        limits.listed = 3
        let party = Party(limits: limits)
        for _ in 0..<5 { _ = try party.arrive() }
        let following = try party.enter(try party.connect().session)
        #expect(following.members == Listing((1...3).map { Author(MemberID($0)) }, more: 3))
    }

    @Test func `the name is taken first, and if it cannot be had nothing is entered`() throws {
        _ = try party.arrive("bob")
        let (alice, _) = try party.connect()
        #expect(party.refusal(alice, .enter(.lobby, Entry(as: try Nickname("bob")))) == .nameTaken(try Nickname("bob")))
        #expect(party.refusal(alice, .leave, in: .lobby) == .notIn(.lobby))
        let following = try party.enter(alice, as: "alice")
        #expect(try following.author == alice.named("alice"))
        #expect(try party.enter(alice, as: "alice").author == alice.named("alice"), "its own is no other's")
    }

    @Test func `what is wanted begins after a number, unless that number means nothing here`() throws {
        let (alice, _) = try party.connect()
        let first = try party.enter(alice)
        for _ in 0..<4 { _ = party.run(alice, .say(CleanText("x"))) }
        let other = try #require(Epoch("0123456789abcdef"))
        for (wanted, epoch, start, isReset) in [
            (0, nil, 0, false), (2, nil, 2, false), (2, first.epoch, 2, false), (5, nil, 5, false), (6, nil, 5, true),
            (6, first.epoch, 5, true), (2, other, 5, true),
        ] as [(UInt64, Epoch?, UInt64, Bool)] {
            let following = try party.enter(alice, from: .after(wanted, of: epoch))
            #expect(following.head == 5)
            #expect(following.start == .after(start) && following.isReset == isReset, "after \(wanted)")
        }
        #expect(try party.enter(alice, from: .last(7)).start == .last(7))
    }

    @Test func `a room that has ended and is entered again has another epoch, and counts anew`() throws {
        let (alice, _) = try party.connect()
        let first = try party.enter(alice, den)
        _ = party.run(alice, .leave, in: den)
        party.pass(seconds: party.state.limits.afterlife)
        let second = try party.enter(alice, den, from: .after(1, of: first.epoch))
        #expect(second.epoch != first.epoch && second.isReset && second.head == 1)
    }

    @Test func `who enters where it is already is not announced, and only wants its events from another place on`()
        throws
    {
        let (alice, _) = try party.connect()
        let first = try party.enter(alice)
        let outcomes = party.run(alice, .enter(.lobby, Entry(from: .after(0, of: nil))))
        guard case .follows(_, _, let second)? = outcomes.last else { throw Party.Unexpected(outcomes: outcomes) }
        #expect(outcomes.dropLast() == [.leaves(alice, .lobby)])
        #expect(second.head == 1 && second.entry != first.entry)
        #expect(
            party.run(alice, .page(after: 0, entry: first.entry), in: .lobby).isEmpty,
            "of an entry that is no more"
        )
        let page = Page(room: .lobby, after: 0, head: 1, entry: second.entry)
        #expect(party.run(alice, .page(after: 0, entry: second.entry), in: .lobby) == [.page(alice, .lobby, page)])
    }

    @Test func `pages of a room that one has left, or somebody else is in, there are none`() throws {
        let (alice, _) = try party.connect()
        let (bob, _) = try party.connect()
        let following = try party.enter(alice)
        _ = try party.enter(bob)
        #expect(party.run(bob, .page(after: 0, entry: following.entry), in: .lobby).isEmpty)
        #expect(party.run(alice, .page(after: 0, entry: following.entry), in: den).isEmpty)
        _ = party.run(alice, .leave, in: .lobby)
        #expect(party.run(alice, .page(after: 0, entry: following.entry), in: .lobby).isEmpty)
        _ = try party.enter(alice)
        #expect(party.run(alice, .page(after: 0, entry: following.entry), in: .lobby).isEmpty)
    }

    @Test func `one can be in many rooms at once, up to the limit`() throws {
        var limits = RoomLimits()
        limits.roomsPerMember = 3
        let party = Party(limits: limits)
        let (alice, _) = try party.connect()
        let names = try (0..<3).map { try RoomName("room\($0)") }
        for name in names { #expect(try party.enter(alice, name).head == 1) }
        for name in names { #expect(try party.post(alice, "hi", id: nil, in: name) == .new(2)) }
        #expect(party.refusal(alice, .enter(den, Entry())) == .inTooManyRooms(limit: 3))
        #expect(party.run(alice, .depart).events == Array(repeating: .left(alice.author), count: 3))
    }

    @Test func `a door that is closed to others is closed to it too`() throws {
        let owner = try party.arrive(in: den)
        let (alice, _) = try party.connect()
        for closing in [Action.setPrivate(true), .lockdown(true), .ban(.member(alice.whom), seconds: nil, reason: nil)]
        {
            _ = party.run(owner, closing)
            #expect(party.refusal(alice, .enter(den, Entry())) == .mayNotEnter(den))
        }
        #expect(party.refusal(alice, .leave, in: den) == .notIn(den))
    }

    @Test func `the past is told with the epoch and up to the newest number, to those inside`() throws {
        let (alice, _) = try party.connect()
        let past = Past(before: 3, limit: 2)
        #expect(party.refusal(alice, .past(past), in: .lobby) == .notIn(.lobby))
        let following = try party.enter(alice)
        #expect(
            party.run(alice, .past(past), in: .lobby)
                == [.past(alice, .lobby, .lobby, following.epoch, past, head: following.head)]
        )
    }
}
