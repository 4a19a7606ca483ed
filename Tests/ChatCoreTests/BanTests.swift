import Testing

@testable import ChatCore

@Suite struct BanTests {
    private let party = Party()
    private let den: RoomName
    private let owner: SessionID
    private let room = RoomID(2)

    init() throws {
        den = try RoomName("den")
        owner = try party.arrive(in: den)
    }

    private func mayEnter(_ session: SessionID) -> Bool {
        party.refusal(session, .join(den, only: false)) != .mayNotEnter(den)
    }

    private func range(_ text: String) throws -> BanTarget { .addresses(try #require(AddressRange(text))) }

    @Test func `who is banned is put out, all are told, and it cannot come back until it is over`() throws {
        let bob = try party.arrive("bob", in: den)
        let why = CleanText("spam")
        let author = try bob.named("bob")
        #expect(
            party.run(owner, .ban(.member(bob.whom), seconds: 60, reason: why)) == [
                .leaves(bob, room),
                .event(room, .ruled(.banned(author, seconds: 60, reason: why), by: owner.author)),
                .answer(bob, .removed(den, by: owner.author, reason: why, isBan: true)),
                .answer(owner, .banned("bob", den, seconds: 60)),
            ]
        )
        party.pass(seconds: 59, milliseconds: 999)
        #expect(!mayEnter(bob))
        party.pass(seconds: 0, milliseconds: 1)
        #expect(mayEnter(bob))
    }

    @Test func `neither a new name nor a new connection is a way round a ban`() throws {
        let bob = try party.arrive("bob", from: Address("2001:db8::1"))
        _ = party.run(owner, .ban(.member(bob.whom), seconds: nil, reason: nil))
        _ = party.run(bob, .name(try Nickname("rob")))
        #expect(!mayEnter(bob))
        _ = party.run(bob, .depart)
        #expect(!mayEnter(try party.arrive("BOB", from: Address("2001:db8:1::1"))), "by the name")
        #expect(!mayEnter(try party.arrive(from: Address("2001:db8::2"))), "from the same network")
        #expect(mayEnter(try party.arrive(from: Address("2001:db8:0:1::1"))), "from the next network")
        #expect(mayEnter(try party.arrive()))
    }

    @Test func `a ban on somebody of this machine does not ban all of this machine`() throws {
        let local = Address("127.0.0.1")
        let bob = try party.arrive(from: local)
        _ = party.run(owner, .ban(.member(bob.whom), seconds: nil, reason: nil))
        #expect(!mayEnter(bob))
        #expect(mayEnter(try party.arrive(from: local)))
    }

    @Test func `nor is to take the name while entering`() throws {
        _ = party.run(owner, .ban(.member(.name(try Nickname("eve"))), seconds: nil, reason: nil))
        let (program, _) = try party.connect()
        let entry = Entry(as: try Nickname("EVE"))
        #expect(party.refusal(program, .enter(den, entry)) == .mayNotEnter(den))
        #expect(try party.enter(program, .lobby, as: "eve").author.name == Nickname("eve"), "it is free elsewhere")
        #expect(party.refusal(program, .enter(den, Entry())) == .mayNotEnter(den))
    }

    @Test func `a name that nobody has can be banned, a number not`() throws {
        let name = Whom.name(try Nickname("eve"))
        let banned = party.run(owner, .ban(.member(name), seconds: nil, reason: nil))
        #expect(banned == [.answer(owner, .banned("eve", den, seconds: nil))])
        #expect(!mayEnter(try party.arrive("Eve")))
        let number = Whom.number(MemberID(99))
        #expect(party.refusal(owner, .ban(.member(number), seconds: nil, reason: nil)) == .noSuchMember("99"))
        let nobody = Whom.nobody("?")
        #expect(party.refusal(owner, .ban(.member(nobody), seconds: nil, reason: nil)) == .noSuchMember("?"))
    }

    @Test
    func `addresses are an operator's to ban, and the ban takes out who comes from there, but who stands as high`()
        throws
    {
        let (inside, outside) = (Address("192.0.2.1"), Address("192.0.2.9"))
        let bob = try party.arrive(from: inside)
        let carl = try party.arrive(from: outside)
        let god = try party.arriveAsOperator(from: inside)
        for session in [bob, carl, god] { _ = party.run(session, .join(den, only: true)) }
        let ban = Action.ban(try range("192.0.2.0/29"), seconds: nil, reason: nil)
        #expect(party.refusal(owner, ban) == .onlyOperatorsBanAddresses)
        let outcomes = party.run(god, ban)
        #expect(outcomes.events == [.ruled(.banned(bob.author, seconds: nil, reason: nil), by: god.author)])
        #expect(outcomes.answers(to: god) == [.banned("192.0.2.0/29", den, seconds: nil)])
        #expect(!mayEnter(bob))
        #expect(party.labels(owner) == ["1", "3", "4"])
    }

    @Test func `a ban in the lobby is from the server, wherever who is banned is, and holds at the door`() throws {
        let god = try party.arriveAsOperator()
        let place = Address("192.0.2.1")
        let bob = try party.arrive(from: place)
        _ = party.run(bob, .join(den, only: true))
        #expect(
            party.run(god, .ban(.member(bob.whom), seconds: 60, reason: nil)) == [
                .answer(bob, .removed(.lobby, by: god.author, reason: nil, isBan: true)),
                .leaves(bob, room), .event(room, .left(bob.author)), .closes(bob),
                .answer(god, .banned("3", .lobby, seconds: 60)),
            ]
        )
        let (late, outcomes) = party.come(from: place)
        #expect(outcomes == [.answer(late, .refused(.mayNotEnter(.lobby))), .closes(late)])
        party.pass(seconds: 60)
        #expect(party.come(from: place).outcomes.views.count == 1)
    }

    @Test(arguments: ["eve", "EVE", "192.0.2.0/24", "192.0.2.77/24", "2001:db8::/32", "2001:0db8:0::/32"])
    func `a ban is taken back by what it is called, however that is written`(label: String) throws {
        let god = try party.arriveAsOperator()
        _ = party.run(god, .join(den, only: true))
        _ = party.run(god, .ban(.member(.name(try Nickname("Eve"))), seconds: nil, reason: nil))
        _ = party.run(god, .ban(try range("192.0.2.0/24"), seconds: nil, reason: nil))
        _ = party.run(god, .ban(try range("2001:db8::/32"), seconds: nil, reason: nil))
        // Addresses are for operators' eyes only.
        if AddressRange(label) != nil { #expect(party.refusal(owner, .unban(label)) == .noSuchBan(label)) }
        guard case .unbanned(let called, den) = party.run(god, .unban(label)).answers(to: god).first else {
            Issue.record("\(label) is not taken back")
            return
        }
        #expect(["Eve", "192.0.2.0/24", "2001:db8::/32"].contains(called))
        #expect(party.refusal(god, .unban(label)) == .noSuchBan(label))
    }

    @Test func `a ban that is over, and one that there is not, cannot be taken back`() throws {
        _ = party.run(owner, .ban(.member(.name(try Nickname("eve"))), seconds: 5, reason: nil))
        #expect(party.refusal(owner, .unban("adam")) == .noSuchBan("adam"))
        party.pass(seconds: 5)
        #expect(party.refusal(owner, .unban("eve")) == .noSuchBan("eve"))
    }

    @Test func `nobody bans oneself or who stands as high`() throws {
        let mod = try party.arrive(in: den)
        _ = party.run(owner, .setModerator(mod.whom, true))
        #expect(party.refusal(mod, .ban(.member(owner.whom), seconds: nil, reason: nil)) == .isProtected(owner.author))
        #expect(party.refusal(mod, .ban(.member(mod.whom), seconds: nil, reason: nil)) == .thatIsYou)
    }

    @Test func `bans are listed, the newest first, with who, how long and why; those that are over are not`() throws {
        let why = CleanText("spam")
        _ = party.run(owner, .ban(.member(.name(try Nickname("eve"))), seconds: nil, reason: nil))
        _ = party.run(owner, .ban(.member(.name(try Nickname("bob"))), seconds: 5, reason: why))
        _ = party.run(owner, .ban(.member(.name(try Nickname("dan"))), seconds: 90, reason: why))
        party.pass(seconds: 29, milliseconds: 1)
        let expected = [
            BanSummary(label: "dan", by: "1", left: 61, reason: why),
            BanSummary(label: "eve", by: "1", left: nil, reason: nil),
        ]
        #expect(party.run(owner, .listBans) == [.answer(owner, .bans(den, Listing(expected, more: 0)))])
        _ = party.run(owner, .ban(.member(.name(try Nickname("eve"))), seconds: 7, reason: nil))
        guard case .bans(_, let listing) = party.run(owner, .listBans).answers(to: owner).first else { return }
        #expect(listing.shown.map(\.label) == ["eve", "dan"])
        #expect(listing.shown.map(\.left) == [7, 61])
    }
}
