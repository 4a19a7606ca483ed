import ChatCore
import Testing

/// Names that are kept for a key.
@Suite struct ReservationTests {
    private let alice: Nickname
    private let one = KeyFingerprint.number(1)
    private let two = KeyFingerprint.number(2)
    private let day = 86_400

    init() throws {
        alice = try Nickname("alice")
    }

    private func reservations(_ outcomes: [Outcome]) -> [Reservation] {
        outcomes.compactMap { if case .answer(_, .reservation(let reservation)) = $0 { reservation } else { nil } }
    }

    @Test func `the first use of a name with a key keeps it for that key`() throws {
        let party = Party()
        let (session, _) = party.come(with: one)
        let outcomes = party.run(session, .name(alice))
        #expect(reservations(outcomes) == [.kept(alice, seconds: 90 * day)])
        let author = try #require(
            outcomes.answers(to: session).compactMap { answer -> Author? in
                if case .named(let author) = answer { author } else { nil }
            }.first
        )
        #expect(author.isVerified && author.name == alice)
        _ = party.run(session, .depart)
        let guest = try party.arrive()
        for text in ["alice", "ALICE", "аlice"] {
            let name = try Nickname(text)
            #expect(party.refusal(guest, .name(name)) == .nameReserved(name))
        }
        let (other, _) = party.come(with: two)
        #expect(party.refusal(other, .name(alice)) == .nameReserved(alice))
        #expect(Refusal.nameReserved(alice).description.contains("kept for somebody else's key"))
    }

    @Test func `while its owner is here others hear the same`() throws {
        let party = Party()
        let (session, _) = party.come(with: one)
        _ = party.run(session, .name(alice))
        #expect(party.refusal(try party.arrive(), .name(alice)) == .nameReserved(alice))
        let (bob, _) = (try party.arrive("bob"), 0)
        #expect(
            party.refusal(session, .name(try Nickname("bob"))) == .nameTaken(try Nickname("bob")),
            "a guest has it now"
        )
        _ = party.run(bob, .depart)
        #expect(reservations(party.run(session, .name(try Nickname("bob")))).count == 1)
    }

    @Test func `a connection with a known key comes under the name that was last used`() throws {
        let party = Party()
        let (first, _) = party.come(with: one)
        _ = party.run(first, .name(try Nickname("bob")))
        _ = party.run(first, .name(alice))
        _ = party.run(first, .depart)
        let (second, outcomes) = party.come(with: one)
        let author = try second.named("alice")
        #expect(outcomes.answers(to: second) == [.welcome(second.member, at: party.now), .named(author)])
        #expect(outcomes.events == [.entered(author)] && outcomes.views.count == 1)
        _ = party.run(second, .name(try Nickname("Bob")))
        _ = party.run(second, .depart)
        #expect(party.come(with: one).outcomes.events == [.entered(try SessionID(shard: 0, serial: 3).named("Bob"))])
    }

    @Test func `four names are kept for one key, and more can be used`() throws {
        let party = Party()
        let (session, _) = party.come(with: one)
        for text in ["a1", "b2", "c3", "d4"] {
            #expect(reservations(party.run(session, .name(try Nickname(text)))).count == 1)
        }
        let fifth = try Nickname("e5")
        let outcomes = party.run(session, .name(fifth))
        #expect(reservations(outcomes) == [.notKept(fifth, .ofOne(limit: 4))] && outcomes.refusals.isEmpty)
        #expect(
            party.run(session, .release(try Nickname("b2"))).answers(to: session) == [.released(try Nickname("b2"))]
        )
        #expect(
            reservations(party.run(session, .name(fifth))) == [.kept(fifth, seconds: 90 * day)],
            "now there is room"
        )
        #expect(party.refusal(session, .name(fifth)) == .alreadyNamed(fifth))
    }

    @Test func `a name lapses when its owner has not been here for ninety days`() throws {
        let party = Party()
        let (session, _) = party.come(with: one)
        _ = party.run(session, .name(alice))
        party.pass(seconds: 100 * day)
        let guest = try party.arrive()
        #expect(party.refusal(guest, .name(alice)) == .nameReserved(alice), "who is here has not gone, however quiet")
        _ = party.run(session, .depart)
        party.pass(seconds: 90 * day - 1)
        #expect(party.refusal(guest, .name(alice)) == .nameReserved(alice))
        party.pass(seconds: 1)
        #expect(party.run(guest, .name(alice)).refusals.isEmpty)
        let (back, outcomes) = party.come(with: one)
        #expect(outcomes.events == [.entered(back.author)], "it has lost its name")
    }

    @Test func `from one place so many names are newly kept in a day, but from this machine any number`() throws {
        let party = Party()
        func take(_ number: UInt8, from address: String) throws -> Reservation? {
            let (session, _) = party.come(with: .number(number), from: Address(address))
            return reservations(party.run(session, .name(try Nickname("n\(number)x")))).first
        }
        for number: UInt8 in 1...10 {
            guard case .kept = try take(number, from: "2001:db8::\(number)") else {
                throw Party.Unexpected(outcomes: [])
            }
        }
        #expect(try take(11, from: "2001:db8::99") == .notKept(try Nickname("n11x"), .today(limit: 10)))
        guard case .kept = try take(12, from: "2001:db8:0:1::1") else { throw Party.Unexpected(outcomes: []) }
        party.pass(seconds: day)
        guard case .kept = try take(13, from: "2001:db8::99") else { throw Party.Unexpected(outcomes: []) }
        for number: UInt8 in 20...40 {
            guard case .kept = try take(number, from: "127.0.0.1") else { throw Party.Unexpected(outcomes: []) }
        }
    }

    @Test func `there are so many accounts, and those that have lapsed make room`() throws {
        var limits = RoomLimits()
        limits.accounts.accounts = 2
        let party = Party(limits: limits)
        for number: UInt8 in 1...2 {
            let (session, _) = party.come(with: .number(number))
            _ = party.run(session, .name(try Nickname("n\(number)x")))
            _ = party.run(session, .depart)
        }
        let third = try Nickname("n3x")
        let (session, _) = party.come(with: .number(3))
        #expect(reservations(party.run(session, .name(third))) == [.notKept(third, .ofAll(limit: 2))])
        party.pass(seconds: 90 * day)
        #expect(reservations(party.run(session, .name(third))) == [.kept(third, seconds: 90 * day)])
    }

    @Test func `only its owner and operators give a name back`() throws {
        let party = Party()
        let (session, _) = party.come(with: one)
        _ = party.run(session, .name(alice))
        #expect(party.refusal(try party.arrive(), .release(alice)) == .nameReserved(alice))
        #expect(party.refusal(session, .release(try Nickname("bob"))) == .notReserved(try Nickname("bob")))
        let chief = try party.arriveAsOperator()
        #expect(party.run(chief, .release(alice)).answers(to: chief) == [.released(alice)])
        let listed = party.run(chief, .listMembers(prefix: "alice")).answers(to: chief)
        guard case .who(_, let members)? = listed.first else { throw Party.Unexpected(outcomes: []) }
        #expect(members.shown.map(\.author.isVerified) == [false], "it is called that, but not by its key")
        _ = party.run(session, .depart)
        #expect(party.run(try party.arrive(), .name(alice)).refusals.isEmpty)
    }

    @Test func `what is kept is there after a restart, and lapses all the same`() throws {
        var kept = KeptChat()
        var now = Timestamp(milliseconds: 5_000)
        var state = ChatState(saved: kept.saved, at: now)
        func run(_ serial: UInt64, _ action: Action) -> [Outcome] {
            let made = state.apply([Command(SessionID(shard: 0, serial: serial), action)], at: now)
            kept.take(made, of: state)
            return made
        }
        _ = run(1, .arrive(Visitor(key: one)))
        _ = run(1, .name(alice))
        _ = state.suspend([])
        _ = run(1, .name(try Nickname("bob")))
        kept.take(state.resume(at: now), of: state)
        state = ChatState(saved: kept.saved, at: now)
        #expect(kept.saved.accounts.map(\.names) == [[alice, try Nickname("bob")]])
        _ = run(2, .arrive(from: nil))
        #expect(run(2, .name(alice)).refusals == [.nameReserved(alice)])
        now = now.adding(seconds: 90 * day)
        #expect(run(2, .name(alice)).refusals.isEmpty)
        #expect(kept.saved.accounts.isEmpty)
    }
}
