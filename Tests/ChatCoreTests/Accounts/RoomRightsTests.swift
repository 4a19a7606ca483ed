import TestKit
import Testing

@testable import ChatCore

/// Rights in rooms that outlive connections, and the server.
@Suite struct RoomRightsTests {
    private let alice = KeyFingerprint.number(1)
    private let bob = KeyFingerprint.number(2)
    private let den: RoomName

    init() throws {
        den = try RoomName("den")
    }

    /// What the log has of it, and a party that goes on from there.
    private final class House {
        private var kept = KeptChat()
        private var state: ChatState
        private var serial: UInt64 = 100
        private var now = Timestamp(milliseconds: 1_000_000)

        init() {
            state = ChatState(saved: kept.saved, at: now)
            // The lobby itself has to be known.
            kept.take(state.apply([], at: now), of: state)
        }

        func restart() {
            state = ChatState(saved: kept.saved, at: now)
        }

        func pass(seconds: Int) {
            now = now.adding(seconds: seconds)
        }

        @discardableResult
        func run(_ session: SessionID, _ action: Action) -> [Outcome] {
            let outcomes = state.apply([Command(session, action)], at: now)
            kept.take(outcomes, of: state)
            #expect(state.isConsistent)
            return outcomes
        }

        func come(_ name: String?, _ key: KeyFingerprint?, to room: RoomName) throws -> (SessionID, [Outcome]) {
            serial += 1
            let session = SessionID(shard: 0, serial: serial)
            run(session, .arrive(Visitor(key: key)))
            if let name, state.people[session]?.author.label != name {
                #expect(run(session, .name(try Nickname(name))).refusals.isEmpty)
            }
            return (session, run(session, .join(room, only: true)))
        }

        func rights(in room: RoomName) -> RoomRights? {
            kept.saved.rooms.first { $0.record.name == room }?.record.rights
        }
    }

    @Test(arguments: [false, true]) func `an owner with an account is the owner again`(isRestarted: Bool) throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        house.run(owner, .say(CleanText("hi")))
        #expect(house.rights(in: den) == RoomRights(owner: alice))
        house.run(owner, .depart)
        if isRestarted { house.restart() }
        let (guest, _) = try house.come("eve", KeyFingerprint.number(9), to: den)
        #expect(house.run(guest, .slow(seconds: 5)).refusals == [.onlyModerators(den)])
        let (again, outcomes) = try house.come("alice", alice, to: den)
        #expect(outcomes.views.map(\.mayModerate) == [true])
        #expect(house.run(again, .kick(.name(try Nickname("eve")), reason: nil)).refusals.isEmpty)
    }

    @Test func `who takes a name later owns by its key what it has made`() throws {
        let house = House()
        let (owner, _) = try house.come(nil, alice, to: den)
        #expect(house.rights(in: den) == RoomRights(), "without an account it may have any number of keys")
        house.run(owner, .name(try Nickname("alice")))
        #expect(house.rights(in: den) == RoomRights(owner: alice))
    }

    @Test func `a guest's rights end with its connection`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", nil, to: den)
        house.run(owner, .say(CleanText("hi")))
        house.run(owner, .depart)
        let (again, _) = try house.come("alice", nil, to: den)
        #expect(house.run(again, .slow(seconds: 5)).refusals == [.onlyModerators(den)])
        #expect(house.rights(in: den) == RoomRights())
    }

    @Test func `moderators come again as such, until that is taken back, wherever they are`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        let (helper, _) = try house.come("bob", bob, to: den)
        house.run(owner, .say(CleanText("hi")))
        house.run(owner, .setModerator(.name(try Nickname("bob")), true))
        house.run(helper, .depart)
        house.restart()
        let (again, _) = try house.come("bob", bob, to: den)
        #expect(house.run(again, .slow(seconds: 0)).refusals.isEmpty)
        let (chief, _) = try house.come("alice", alice, to: den)
        house.run(again, .depart)
        let events = house.run(chief, .setModerator(.name(try Nickname("bob")), false)).events
        #expect(events.count == 1 && house.rights(in: den) == RoomRights(owner: alice))
        let (last, _) = try house.come("bob", bob, to: den)
        #expect(house.run(last, .slow(seconds: 0)).refusals == [.onlyModerators(den)])
        #expect(
            house.run(chief, .setModerator(.name(try Nickname("nobody")), false)).refusals == [.noSuchMember("nobody")]
        )
    }

    @Test func `a moderator does nothing to an owner or a moderator who is away`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        let (helper, _) = try house.come("bob", bob, to: den)
        let (third, _) = try house.come("cora", .number(3), to: den)
        for name in ["bob", "cora"] { house.run(owner, .setModerator(.name(try Nickname(name)), true)) }
        for session in [owner, third] { house.run(session, .depart) }
        for name in ["alice", "cora"] {
            let whom = Whom.name(try Nickname(name))
            let author = Author(MemberID(0), name: try Nickname(name))
            #expect(
                house.run(helper, .ban(.member(whom), seconds: nil, reason: nil)).refusals == [.isProtected(author)]
            )
        }
        let author = Author(MemberID(0), name: try Nickname("alice"))
        #expect(house.run(helper, .ban(.key(alice), seconds: nil, reason: nil)).refusals == [.isProtected(author)])
        let cora = Whom.name(try Nickname("cora"))
        #expect(house.run(helper, .setModerator(cora, false)).refusals.count == 1)
        // Nor while it is on the server, and not in the room.
        let (back, _) = try house.come("cora", .number(3), to: try RoomName("hall"))
        #expect(house.run(helper, .ban(.member(cora), seconds: nil, reason: nil)).refusals.count == 1)
        #expect(house.run(helper, .setModerator(cora, false)).refusals.count == 1)
        #expect(house.run(back, .join(den, only: true)).views.map(\.mayModerate) == [true])
    }

    @Test func `who was in a locked room comes in again, and who was put out does not`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        let (friend, _) = try house.come("bob", bob, to: den)
        _ = try house.come("eve", .number(9), to: den)
        house.run(owner, .say(CleanText("hi")))
        house.run(owner, .lockdown(true))
        house.run(owner, .kick(.name(try Nickname("eve")), reason: nil))
        #expect(house.rights(in: den) == RoomRights(owner: alice, guests: [bob]))
        house.restart()
        #expect(try house.come("eve", .number(9), to: den).1.refusals == [.mayNotEnter(den)])
        #expect(try house.come(nil, nil, to: den).1.refusals == [.mayNotEnter(den)])
        #expect(try house.come("bob", bob, to: den).1.refusals.isEmpty)
        let (chief, outcomes) = try house.come("alice", alice, to: den)
        #expect(outcomes.refusals.isEmpty)
        house.run(chief, .lockdown(false))
        #expect(house.rights(in: den) == RoomRights(owner: alice), "anybody may come now")
        _ = friend
    }

    @Test func `who was invited is known from when it enters`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        house.run(owner, .say(CleanText("hi")))
        house.run(owner, .setPrivate(true))
        let (friend, outcomes) = try house.come("bob", bob, to: den)
        #expect(outcomes.refusals == [.mayNotEnter(den)] && house.rights(in: den)?.guests == [])
        house.run(owner, .invite(.name(try Nickname("bob"))))
        #expect(house.run(friend, .join(den, only: true)).refusals.isEmpty)
        #expect(house.rights(in: den)?.guests == [bob])
        house.restart()
        #expect(try house.come("bob", bob, to: den).1.refusals.isEmpty)
    }

    @Test func `with another key of the account one has the same rights`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        guard case .code(let code, _)? = house.run(owner, .makeCode).answers(to: owner).first else {
            throw Party.Unexpected(outcomes: [])
        }
        house.run(owner, .say(CleanText("hi")))
        let (second, _) = try house.come(nil, .number(5), to: .lobby)
        #expect(house.run(second, .useCode(code)).refusals.isEmpty)
        house.restart()
        #expect(try house.come("alice", .number(5), to: den).1.views.map(\.mayModerate) == [true])
    }

    @Test func `a mute on a moderator is one still when it comes again`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        let (helper, _) = try house.come("bob", bob, to: den)
        let whom = Whom.name(try Nickname("bob"))
        house.run(owner, .setModerator(whom, true))
        house.run(owner, .mute(whom, seconds: nil))
        house.run(helper, .depart)
        let (again, outcomes) = try house.come("bob", bob, to: den)
        #expect(outcomes.views.map(\.mayModerate) == [true])
        #expect(house.run(again, .say(CleanText("hi"))).refusals == [.muted(den, seconds: nil)])
    }

    @Test func `so many are known and no more, and the lobby is nobody's`() throws {
        let house = House()
        let (owner, _) = try house.come("alice", alice, to: den)
        house.run(owner, .lockdown(true))
        for number in 0..<RoomRights.most + 5 {
            let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 == 0 ? number : $0 == 1 ? number >> 8 : 77) }
            let key = try #require(KeyFingerprint(bytes))
            let (guest, _) = try house.come("g-\(number)x", key, to: .lobby)
            house.run(owner, .invite(.name(try Nickname("g-\(number)x"))))
            #expect(house.run(guest, .join(den, only: true)).refusals.isEmpty)
        }
        #expect(house.rights(in: den)?.guests.count == RoomRights.most)
        #expect(house.rights(in: .lobby) ?? RoomRights() == RoomRights())
    }
}
