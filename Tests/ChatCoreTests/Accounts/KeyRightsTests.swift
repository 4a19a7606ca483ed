import ChatCore
import Testing

/// What operators and moderators do with keys.
@Suite struct KeyRightsTests {
    private let key = KeyFingerprint.number(1)

    @Test func `with an operator's key one is an operator at once, and comes in past a ban`() throws {
        let party = Party()
        let session = SessionID(shard: 0, serial: 50)
        let outcomes = party.run(session, .arrive(Visitor(key: key, isOperator: true)))
        #expect(outcomes.answers(to: session).contains(.isOperator))
        #expect(!party.run(session, .announce(CleanText("hello"))).events.isEmpty)
    }

    @Test func `a ban on somebody is one on its key`() throws {
        let party = Party()
        let chief = try party.arriveAsOperator()
        let (bob, _) = party.come(with: key, from: Address("192.0.2.1"))
        _ = party.run(chief, .ban(.member(bob.whom), seconds: nil, reason: nil), in: .lobby)
        let (again, outcomes) = party.come(with: key, from: Address("198.51.100.1"))
        #expect(outcomes == [.answer(again, .refused(.mayNotEnter(.lobby))), .closes(again)])
        _ = party.run(chief, .unban("\(key)"), in: .lobby)
        #expect(party.come(with: key).outcomes.views.count == 1)
    }

    @Test func `a ban on a name that is kept covers the keys of its owner`() throws {
        let party = Party()
        let chief = try party.arriveAsOperator()
        let (bob, _) = party.come(with: key)
        _ = party.run(bob, .name(try Nickname("bob")))
        _ = party.run(bob, .depart)
        _ = party.run(chief, .ban(.member(.name(try Nickname("bob"))), seconds: nil, reason: nil), in: .lobby)
        #expect(party.come(with: key).outcomes.views.isEmpty)
    }

    @Test func `a key can be banned, and whoever has it goes`() throws {
        let party = Party()
        let chief = try party.arriveAsOperator()
        let (bob, _) = party.come(with: key)
        let outcomes = party.run(chief, .ban(.key(key), seconds: 60, reason: nil), in: .lobby)
        #expect(
            outcomes.contains(.closes(bob))
                && outcomes.answers(to: chief).contains(.banned("\(key)", .lobby, seconds: 60))
        )
        #expect(party.come(with: key).outcomes.views.isEmpty)
        party.pass(seconds: 60)
        #expect(party.come(with: key).outcomes.views.count == 1)
    }

    @Test func `who stands as high is not banned by its key`() throws {
        let party = Party()
        let den = try RoomName("den")
        let (owner, _) = party.come(with: key)
        _ = party.run(owner, .join(den, only: true))
        let helper = try party.arrive(in: den)
        _ = party.run(owner, .setModerator(helper.whom, true))
        #expect(party.refusal(helper, .ban(.key(key), seconds: nil, reason: nil)) == .isProtected(owner.author))
        #expect(party.refusal(owner, .ban(.key(key), seconds: nil, reason: nil)) == .thatIsYou)
    }

    @Test func `a mute holds for the key, under whichever name and number`() throws {
        let party = Party()
        let chief = try party.arriveAsOperator()
        let (bob, _) = party.come(with: key)
        _ = party.run(chief, .mute(bob.whom, seconds: nil), in: .lobby)
        _ = party.run(bob, .depart)
        let (again, _) = party.come(with: key)
        #expect(party.refusal(again, .say(CleanText("x"))) == .muted(.lobby, seconds: nil))
        #expect(party.run(try party.arrive(), .say(CleanText("x"))).events.count == 1)
    }

    // MARK: Members only

    private func closedParty() -> Party {
        var limits = RoomLimits()
        limits.accounts.membersOnly = true
        return Party(limits: limits)
    }

    @Test func `only members come in, and others hear which key to give to an operator`() throws {
        let party = closedParty()
        let (session, outcomes) = party.come(with: key)
        #expect(outcomes.refusals == [.membersOnly(key)] && outcomes.events.isEmpty)
        #expect(Refusal.membersOnly(key).description.contains("\(key)"))
        #expect(party.come().outcomes.refusals == [.membersOnly(nil)])
        for action in [Action.name(try Nickname("eve")), .listRooms(prefix: ""), .join(.lobby, only: true)] {
            #expect(party.refusal(session, action) == .membersOnly(key))
        }
        #expect(party.run(session, .status).refusals.isEmpty)
        #expect(party.refusal(session, .useCode(try #require(LinkCode("00000000")))) == .wrongCode)
        let (program, _) = try party.connect(with: .number(2))
        #expect(party.refusal(program, .enter(.lobby, Entry(as: try Nickname("eve")))) == .membersOnly(.number(2)))
    }

    @Test func `an operator admits a key, and it is a member for good`() throws {
        let party = closedParty()
        let chief = SessionID(shard: 0, serial: 60)
        _ = party.run(chief, .arrive(Visitor(key: .number(7), isOperator: true)))
        let (session, _) = party.come(with: key)
        let bob = try Nickname("bob")
        #expect(party.run(chief, .admit(key, bob)).answers(to: chief) == [.admitted(key, bob)])
        #expect(party.run(session, .join(.lobby, only: true)).views.count == 1)
        _ = party.run(session, .depart)
        party.pass(seconds: 1000 * 86_400)
        let (again, outcomes) = party.come(with: key)
        #expect(outcomes.events.map(\.author.label) == ["bob"])
        #expect(party.refusal(again, .admit(.number(3), nil)) == .onlyOperators)
        #expect(party.refusal(chief, .admit(.number(3), bob)) == .nameReserved(bob))
    }

    // MARK: Names from certificates

    @Test func `where names come from certificates nobody takes another`() throws {
        var limits = RoomLimits()
        limits.accounts.namesAreCertified = true
        let party = Party(limits: limits)
        let ann = try Nickname("ann")
        func come(_ serial: UInt64, _ key: KeyFingerprint, _ name: Nickname?) -> [Outcome] {
            party.run(SessionID(shard: 0, serial: serial), .arrive(Visitor(key: key, certifiedName: name)))
        }
        let first = SessionID(shard: 0, serial: 1)
        #expect(come(1, key, ann).events == [.entered(try first.named("ann"))])
        #expect(party.refusal(first, .name(try Nickname("eve"))) == .nameIsCertified)
        _ = come(2, .number(2), nil)
        #expect(party.refusal(SessionID(shard: 0, serial: 2), .name(ann)) == .nameIsCertified)
        // A renewed certificate has another key, and is the same person beside itself.
        #expect(come(3, .number(3), ann).events.isEmpty)
        let third = SessionID(shard: 0, serial: 3)
        #expect(party.run(third, .say(CleanText("hi"))).events == [.said(try first.named("ann"), CleanText("hi"))])
        let program = SessionID(shard: 0, serial: 4)
        _ = party.run(program, .connect(Visitor(key: .number(4), certifiedName: try Nickname("cora"))))
        #expect(try party.enter(program).author.name == Nickname("cora"))
    }

    @Test func `whose certificate has a name that only looks like somebody's is somebody else`() throws {
        var limits = RoomLimits()
        limits.accounts.namesAreCertified = true
        let party = Party(limits: limits)
        func come(_ serial: UInt64, _ key: UInt8, _ name: String) throws -> [Outcome] {
            let visitor = Visitor(key: .number(key), certifiedName: try Nickname(name))
            return party.run(SessionID(shard: 0, serial: serial), .arrive(visitor))
        }
        _ = try come(1, 1, "Ann")
        let other = SessionID(shard: 0, serial: 2)
        let outcomes = try come(2, 2, "\u{410}nn")  // the first letter is Cyrillic
        #expect(outcomes.refusals == [.nameReserved(try Nickname("Ann"))])
        #expect(outcomes.events == [.entered(other.author)])
        #expect(try come(3, 3, "Ann").events.isEmpty, "and this is Ann with a renewed certificate")
    }
}
