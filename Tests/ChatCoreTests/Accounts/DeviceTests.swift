import TestKit
import Testing

@testable import ChatCore

/// Connections that go on in place of others, or beside them.
@Suite struct DeviceTests {
    private let party = Party()
    private let one = KeyFingerprint.number(1)
    private let two = KeyFingerprint.number(2)
    private let den: RoomName

    init() throws {
        den = try RoomName("den")
    }

    /// In the text protocol, under a name that is kept for its key.
    private func arrive(_ name: String, with key: KeyFingerprint) throws -> SessionID {
        let (session, _) = party.come(with: key)
        #expect(party.run(session, .name(try Nickname(name))).refusals.isEmpty)
        return session
    }

    /// Makes the key one of the account of who is there.
    private func link(_ key: KeyFingerprint, to owner: SessionID) throws {
        let answers = party.run(owner, .makeCode).answers(to: owner)
        guard case .code(let code, _)? = answers.first else { throw Party.Unexpected(outcomes: []) }
        let (session, _) = party.come(with: key)
        guard case .linked? = party.run(session, .useCode(code)).answers(to: session).first else {
            throw Party.Unexpected(outcomes: [])
        }
        _ = party.run(session, .depart)
    }

    private func isWhole() -> Bool { party.state.isConsistent }

    // MARK: In place of another

    @Test func `with the same key one goes on at once where one was, and the room sees nothing`() throws {
        let witness = try party.arrive("witness")
        let old = try arrive("alice", with: one)
        let (new, outcomes) = party.come(with: one)
        let author = try old.named("alice")
        #expect(outcomes.events.isEmpty)
        #expect(outcomes.answers(to: old) == [.takenOver] && outcomes.contains(.closes(old)))
        #expect(outcomes.answers(to: new) == [.welcome(old.member, at: party.now), .named(author)])
        #expect(outcomes.views.map(\.members) == [2])
        #expect(party.run(new, .say(CleanText("hi"))).events == [.said(author, CleanText("hi"))])
        #expect(party.run(old, .say(CleanText("hi"))).isEmpty && party.run(old, .depart).isEmpty)
        #expect(party.labels(witness) == ["witness", "alice"] && isWhole())
    }

    @Test func `it goes on in the room where it was, with the rights that it had`() throws {
        let old = try arrive("alice", with: one)
        _ = party.run(old, .join(den, only: true))
        let witness = try party.arrive(in: den)
        let (new, outcomes) = party.come(with: one)
        #expect(outcomes.views.map(\.name) == [den] && outcomes.events.isEmpty)
        #expect(party.run(new, .kick(witness.whom, reason: nil)).events.count == 1 && isWhole())
    }

    @Test func `a program asks for the name, and has the places of the one before`() throws {
        let witness = try party.arrive("witness")
        let (old, secret) = try party.connect(with: one)
        _ = try party.enter(old, as: "alice")
        _ = try party.enter(old, den)
        let (new, own) = try party.connect(with: one)
        let outcomes = party.run(new, .enter(.lobby, Entry(as: try Nickname("alice"))))
        guard case .follows(new, .lobby, let following)? = outcomes.last else {
            throw Party.Unexpected(outcomes: outcomes)
        }
        #expect(outcomes.events.isEmpty && outcomes.contains(.closes(old)))
        #expect(following.author.member == old.member && following.author.isVerified && following.isResumed == nil)
        #expect(party.run(new, .say(CleanText("hi")), in: den).events.count == 1)
        #expect(party.labels(witness) == ["witness", "alice"])
        // The secret that it was given is its own; that of the old connection is nobody's.
        let (third, _) = try party.connect(with: one)
        #expect(try party.enter(third, den, session: secret).isResumed == false)
        _ = party.run(third, .depart)
        let (fourth, _) = try party.connect(with: one)
        #expect(try party.enter(fourth, den, session: own).isResumed == true && isWhole())
    }

    @Test func `a secret is good for the key that it was given to`() throws {
        let (old, secret) = try party.connect(with: one)
        _ = try party.enter(old, as: "alice")
        let (guest, _) = try party.connect()
        #expect(try party.enter(guest, session: secret).isResumed == false)
        let (other, _) = try party.connect(with: two)
        #expect(try party.enter(other, session: secret).isResumed == false)
        let (same, _) = try party.connect(with: one)
        #expect(try party.enter(same, session: secret).isResumed == true && isWhole())
    }

    @Test func `who shows what was its secret before a restart is not seen under a number`() throws {
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        _ = party.run(first, .depart)
        var random = SeededGenerator(seed: 1)
        let gone = SessionSecret(using: &random)
        for key in [two, one] {
            let (session, _) = try party.connect(with: key)
            let following = try party.enter(session, session: gone)
            #expect(following.author.label == "alice" && following.author.isVerified && following.isResumed == false)
        }
        #expect(party.state.people.count == 2 && party.state.numbers.count == 1 && isWhole())
        // Whom that would put out has to be asked for by name; and who shows none may want to be a number.
        let (again, _) = try party.connect(with: one)
        #expect(try party.enter(again, session: gone).author == again.author)
        let (other, _) = try party.connect(with: two)
        #expect(try party.enter(other).author == other.author)
    }

    @Test func `who is in a room under a number leaves it there, and stays in it by name`() throws {
        let witness = try party.arrive("witness")
        let (old, _) = try party.connect(with: one)
        _ = try party.enter(old, as: "alice")
        let (new, _) = try party.connect(with: one)
        _ = try party.enter(new)
        _ = try party.enter(new, den)
        let outcomes = party.run(new, .name(try Nickname("alice")))
        let alice = try old.named("alice")
        #expect(outcomes.events == [.left(new.author), .left(new.author), .entered(alice)])
        #expect(party.labels(witness) == ["witness", "alice"] && party.labels(new, in: den) == ["alice"])
        #expect(party.refusal(new, .slow(seconds: 5), in: den) == nil, "it has made that room")
        #expect(isWhole())
    }

    @Test func `nobody goes on in a room from where it may not come in`() throws {
        let chief = try party.arriveAsOperator()
        let (old, _) = party.come(with: one, from: Address("192.0.2.1"))
        _ = party.run(old, .name(try Nickname("alice")))
        let range = try #require(AddressRange("198.51.100.0/24"))
        _ = party.run(chief, .join(den, only: false))
        _ = party.run(chief, .ban(.addresses(range), seconds: nil, reason: nil), in: den)
        _ = party.run(old, .join(den, only: true))
        let (new, outcomes) = party.come(with: one, from: Address("198.51.100.7"))
        #expect(outcomes.refusals == [.mayNotEnter(den)] && !outcomes.contains(.closes(old)))
        #expect(outcomes.events == [.entered(new.author)] && isWhole())
    }

    // MARK: Beside another

    @Test func `another key of the account comes beside the first, under one name and number`() throws {
        let witness = try party.arrive("witness")
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        let (second, outcomes) = party.come(with: two)
        #expect(outcomes.events.isEmpty && outcomes.answers(to: first).isEmpty)
        #expect(outcomes.answers(to: second).first == .welcome(first.member, at: party.now))
        #expect(outcomes.views.map(\.members) == [2])
        #expect(party.labels(witness) == ["witness", "alice"] && party.state.count == 3)
        let said = party.run(second, .say(CleanText("hi")))
        #expect(said.events == [.said(try first.named("alice"), CleanText("hi"))])
        let whispers = party.run(witness, .whisper(to: first.whom, CleanText("psst")))
        #expect(whispers.answers(to: first).count == 1 && whispers.answers(to: second).count == 1)
        #expect(party.run(second, .answer(CleanText("yes"))).answers(to: witness).count == 1)
        #expect(party.run(first, .depart).events.isEmpty)
        #expect(party.run(second, .depart).events == [.left(try first.named("alice"))] && isWhole())
    }

    @Test func `each is in its own rooms, which see their member come once and go once`() throws {
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        let (second, _) = party.come(with: two)
        let alice = try first.named("alice")
        #expect(party.run(second, .join(den, only: true)).events == [.entered(alice)], "it is still in the lobby")
        #expect(party.run(first, .join(den, only: true)).events == [.left(alice)], "which it leaves now")
        #expect(party.run(second, .leave).events.isEmpty)
        #expect(party.run(first, .leave).events == [.left(alice)] && isWhole())
    }

    @Test func `a rename is everybody's, and told once in each room`() throws {
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        let (second, _) = party.come(with: two)
        _ = party.run(second, .join(den, only: false))
        let outcomes = party.run(second, .name(try Nickname("lisa")))
        let (before, after) = (try first.named("alice"), try first.named("lisa"))
        #expect(outcomes.events == Array(repeating: .renamed(from: before, to: after), count: 2))
        #expect(party.labels(first) == ["lisa"] && isWhole())
    }

    @Test func `kicks and bans put out all`() throws {
        let chief = try party.arriveAsOperator()
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        let (second, _) = party.come(with: two)
        let kicked = party.run(chief, .kick(first.whom, reason: nil), in: .lobby)
        #expect(kicked.events.count == 1 && kicked.contains(.closes(first)) && kicked.contains(.closes(second)))
        let (third, _) = party.come(with: two)
        let (fourth, _) = party.come(with: one)
        let banned = party.run(chief, .ban(.member(third.whom), seconds: nil, reason: nil), in: .lobby)
        #expect(banned.refusals == [.noSuchMember("\(third.member.number)")] || banned.contains(.closes(fourth)))
        let again = party.run(chief, .ban(.member(.name(try Nickname("alice"))), seconds: nil, reason: nil), in: .lobby)
        #expect((banned + again).contains(.closes(third)) && (banned + again).contains(.closes(fourth)))
        for key in [one, two] {
            let (session, outcomes) = party.come(with: key)
            #expect(outcomes == [.answer(session, .refused(.mayNotEnter(.lobby))), .closes(session)])
        }
        #expect(isWhole())
    }

    @Test func `the list has one line, as idle as the least of them`() throws {
        let witness = try party.arrive("witness")
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        party.pass(seconds: 50)
        let (second, _) = party.come(with: two)
        party.pass(seconds: 10)
        let answers = party.run(witness, .listMembers(prefix: "alice")).answers(to: witness)
        guard case .who(_, let list)? = answers.first else { throw Party.Unexpected(outcomes: []) }
        #expect(list.shown.map(\.idle) == [10] && list.shown.map(\.present) == [60])
        #expect(list.shown.map(\.author.isVerified) == [true])
        _ = party.run(first, .depart)
        party.pass(seconds: 5)
        guard case .who(_, let later)? = party.run(second, .listMembers(prefix: "alice")).answers(to: second).first
        else {
            throw Party.Unexpected(outcomes: [])
        }
        #expect(later.shown.map(\.present) == [65] && later.shown.map(\.idle) == [0])
    }

    @Test func `the right of one connection is not that of another`() throws {
        let chief = try arrive("alice", with: one)
        try link(two, to: chief)
        let (second, _) = party.come(with: two)
        _ = party.run(chief, .becomeOperator)
        #expect(party.refusal(second, .announce(CleanText("x"))) == .onlyOperators)
        let other = try party.arriveAsOperator()
        let author = try chief.named("alice")
        #expect(party.refusal(other, .kick(second.whom, reason: nil)) == .noSuchMember("\(second.member.number)"))
        #expect(party.refusal(other, .kick(chief.whom, reason: nil)) == .isProtected(author))
    }

    @Test func `who goes on in the place of another is in no more rooms than anybody`() throws {
        var limits = RoomLimits()
        limits.roomsPerMember = 3
        let party = Party(limits: limits)
        let rooms = try ["a1", "b2", "c3", "d4", "e5"].map { try RoomName($0) }
        let (old, _) = try party.connect(with: one)
        _ = try party.enter(old, rooms[0], as: "alice")
        for room in rooms[1...2] { _ = try party.enter(old, room) }
        let (new, _) = try party.connect(with: one)
        _ = try party.enter(new, rooms[2])
        _ = try party.enter(new, rooms[3])
        let outcomes = party.run(new, .name(try Nickname("alice")))
        let alice = try old.named("alice")
        #expect(outcomes.events.filter { $0 == .left(alice) }.count == 1, "it leaves the one that it entered first")
        #expect(outcomes.refusals.isEmpty && outcomes.contains(.closes(old)))
        #expect(party.state.people[new]?.rooms.map(\.name).sorted { $0.text < $1.text } == Array(rooms[1...3]))
        #expect(party.refusal(new, .enter(rooms[4], Entry())) == .inTooManyRooms(limit: 3))
        let (third, _) = try party.connect(with: one)
        for room in [rooms[0], rooms[4]] { _ = try party.enter(third, room) }
        _ = try party.enter(third, rooms[1], as: "alice")
        #expect(party.state.people[third]?.rooms.count == 3 && party.state.people[new] == nil)
        #expect(party.state.isConsistent)
    }

    @Test func `a connection that is not in the room hears nothing of a kick there`() throws {
        let owner = try party.arrive(in: den)
        let first = try arrive("alice", with: one)
        try link(two, to: first)
        let (second, _) = party.come(with: two)
        _ = party.run(second, .join(den, only: true))
        let outcomes = party.run(owner, .kick(first.whom, reason: nil))
        #expect(outcomes.answers(to: first).isEmpty && outcomes.answers(to: second).count == 1)
        #expect(outcomes.events.count == 1 && party.labels(first) == ["alice"] && isWhole())
    }
}
