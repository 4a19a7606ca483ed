import Testing

@testable import ChatCore

@Suite struct ListTests {
    private func party(listed: Int) -> Party {
        var limits = RoomLimits()
        limits.listed = listed
        return Party(limits: limits)
    }

    private func rooms(_ prefix: String = "", for session: SessionID, _ party: Party) -> Listing<RoomSummary>? {
        guard case .rooms(let listing) = party.run(session, .listRooms(prefix: prefix)).answers(to: session).first
        else {
            return nil
        }
        return listing
    }

    private func who(_ prefix: String = "", for session: SessionID, _ party: Party) -> Listing<MemberSummary>? {
        let answers = party.run(session, .listMembers(prefix: prefix)).answers(to: session)
        guard case .who(_, let listing) = answers.first else { return nil }
        return listing
    }

    @Test func `rooms are listed with the fullest first, and of equals the oldest, as many as fit`() throws {
        let party = party(listed: 3)
        let alice = try party.arrive()
        let counts = ["a1": 1, "a2": 3, "a3": 2, "b1": 3, "b2": 2]
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<count { _ = try party.arrive(in: try RoomName(name)) }
        }
        let first = try #require(rooms(for: alice, party))
        #expect(first.shown.map(\.name.text) == ["a2", "b1", "a3"])
        #expect(first.shown.map(\.members) == [3, 3, 2])
        #expect(first.more == 3)
        for prefix in ["a", "A", "#a"] {
            let some = try #require(rooms(prefix, for: alice, party))
            #expect(some.shown.map(\.name.text) == ["a2", "a3", "a1"] && some.more == 0)
        }
        #expect(rooms("c", for: alice, party) == Listing([], more: 0))
    }

    @Test func `a room is listed with its topic, also when nobody is in it`() throws {
        let party = party(listed: 3)
        let alice = try party.arrive(in: try RoomName("den"))
        _ = party.run(alice, .topic(CleanText("cats")))
        _ = party.run(alice, .leave)
        #expect(rooms("d", for: alice, party)?.shown.map(\.topic) == [CleanText("cats")])
        #expect(rooms("d", for: alice, party)?.shown.map(\.members) == [0])
    }

    @Test func `a private room is listed for who is in it and for operators, and does not count for others`() throws {
        let party = party(listed: 1)
        let owner = try party.arrive(in: try RoomName("den"))
        let alice = try party.arrive()
        let god = try party.arriveAsOperator()
        _ = party.run(owner, .setPrivate(true))
        #expect(rooms("den", for: owner, party)?.shown.count == 1)
        #expect(rooms("den", for: god, party)?.shown.count == 1)
        #expect(rooms("den", for: alice, party)?.shown.isEmpty == true)
        #expect(rooms(for: alice, party)?.more == 0)
        _ = party.run(owner, .leave)
        #expect(rooms("den", for: owner, party)?.shown.isEmpty == true)
    }

    @Test func `members are listed by number, as many as fit, or those whose names begin so`() throws {
        let party = party(listed: 2)
        let names = ["anna", "Bob", "Ann", nil, "anton"]
        let sessions = try names.map { try party.arrive($0) }
        let first = try #require(who(for: sessions[3], party))
        #expect(first.shown.map(\.author) == (try [sessions[0].named("anna"), sessions[1].named("Bob")]))
        #expect(first.more == 3)
        for prefix in ["an", "AN"] {
            let some = try #require(who(prefix, for: sessions[0], party))
            #expect(some.shown.map(\.author.label) == ["anna", "Ann"] && some.more == 1)
        }
        #expect(who("4", for: sessions[0], party)?.shown.map(\.author.label) == ["4"])
        #expect(who("x", for: sessions[0], party) == Listing([], more: 0))
    }

    @Test func `of a member is told since when it is here and idle, what it may, and that it is away`() throws {
        let party = party(listed: 9)
        let den = try RoomName("den")
        let owner = try party.arrive(in: den)
        party.pass(seconds: 10)
        let bob = try party.arrive(in: den)
        _ = party.run(bob, .away(CleanText("lunch")))
        party.pass(seconds: 5)
        _ = party.run(owner, .say(CleanText("hello")))
        party.pass(seconds: 1)
        let shown = try #require(who(for: owner, party)).shown
        #expect(shown.map(\.present) == [16, 6])
        #expect(shown.map(\.idle) == [0, 6])
        #expect(shown.map(\.isModerator) == [true, false])
        #expect(shown.map(\.isOperator) == [false, false])
        #expect(shown.map(\.away) == [nil, CleanText("lunch")])
    }

    @Test func `where somebody comes from only operators are told`() throws {
        let party = party(listed: 9)
        let address = Address("192.0.2.1")
        let alice = try party.arrive(from: address)
        let god = try party.arriveAsOperator()
        #expect(who(for: alice, party)?.shown.map(\.address) == [nil, nil])
        #expect(who(for: god, party)?.shown.map(\.address) == [address, nil])
    }

    @Test func `more bans than fit are counted`() throws {
        let party = party(listed: 2)
        let owner = try party.arrive(in: try RoomName("den"))
        for name in ["ann", "bob", "dan"] {
            _ = party.run(owner, .ban(.member(.name(try Nickname(name))), seconds: nil, reason: nil))
        }
        guard case .bans(_, let listing) = party.run(owner, .listBans).answers(to: owner).first else {
            Issue.record("no list")
            return
        }
        #expect(listing.shown.map(\.label) == ["dan", "bob"] && listing.more == 1)
    }
}
