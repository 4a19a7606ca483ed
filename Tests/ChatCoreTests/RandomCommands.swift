import ChatCore
import TestKit

/// Commands at random, and the times they come at: mostly such that somebody could have meant them, as things stand in
/// the model.
struct RandomCommands {
    let limits: RoomLimits
    private var random: SeededGenerator
    private var now: Int64 = 1_000_000
    private var serial: UInt64 = 0
    /// Who is in the room that the command is about, who is muted there, and what its bans are called.
    private var near: [MemberID] = []
    private var muted: [MemberID] = []
    private var banned: [String] = []

    private static let addresses = [
        nil, Address(ipv4: 0x7F00_0001), Address(ipv4: 0xC000_0201), Address(ipv4: 0xC000_0202),
        Address(ipv6: (0x2001_0DB8_0000_0000, 1)), Address(ipv6: (0x2001_0DB8_0000_0000, 2)),
    ]
    private static let ranges = ["192.0.2.1", "192.0.2.0/30", "2001:db8::/32", "127.0.0.0/8"]
    // Ann and ann are one name.
    private static let nicknames = ["Ann", "ann", "bert", "carla"].compactMap { try? Nickname($0) }
    private static let rooms = ["lobby", "den", "#Den", "hall", "attic"].compactMap { try? RoomName($0) }

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        var limits = RoomLimits()
        limits.note = 20
        if random.once(in: 2) {
            limits.rooms = 3
            limits.roomsPerMember = 2
            limits.members = 4
            limits.sanctions = 2
            limits.invitations = 1
        } else if random.once(in: 2) {
            (limits.rooms, limits.roomsPerMember, limits.members) = (0, 0, 0)
        }
        self.limits = limits
    }

    mutating func next(in model: RoomModel) -> (command: Command, at: Int64) {
        now += step()
        if model.members.count < 4 || random.once(in: 30) { return (arrival(), now) }
        // Most are there, and some have been.
        let (members, gone) = (model.members.map(\.session), 1...max(serial, 1))
        let somebody = members.randomElement(using: &random) ?? SessionID(shard: 0, serial: 0)
        let session = random.once(in: 30) ? Self.session(UInt64.random(in: gone, using: &random)) : somebody
        // Rare, so that most of the time there are some who may not do everything.
        if random.once(in: members.count > 6 ? 15 : 60) { return (Command(session, .depart), now) }
        if random.once(in: 150) { return (Command(session, .becomeOperator), now) }
        let member = model.members.first { $0.session == session }
        let own = member?.rooms.randomElement(using: &random).map { model.rooms[model.roomIndex($0)] }
        let room = random.once(in: 8) ? Self.rooms.randomElement(using: &random) : own?.name
        let others = own?.members.filter { $0 != session || random.once(in: 8) } ?? []
        near = others.map { model.members[model.memberIndex($0)].number }
        muted = own?.mutes.compactMap(\.number) ?? []
        banned = own?.bans.map(\.label) ?? []
        let moderates = own.map { room in member.map { model.rank($0, in: room) > 0 } ?? false } ?? false
        if moderates, !random.once(in: 3) { return (Command(session, in: room, rule()), now) }
        return (Command(session, in: random.once(in: 3) ? nil : room, action()), now)
    }

    /// Mostly short, and now and then so long that rooms end; just long enough, or just not.
    private mutating func step() -> Int64 {
        switch Int.random(in: 0..<300, using: &random) {
        case 0: 599_999
        case 1: 600_000
        case 2: 600_001
        case 3..<8: 60_000
        case 8..<50: Int64.random(in: 0...10_000, using: &random)
        default: 0
        }
    }

    /// Now and then one comes who is there already, or who has been.
    private mutating func arrival() -> Command {
        let comesAgain = serial > 0 && random.once(in: 20)
        if !comesAgain { serial += 1 }
        let session = Self.session(comesAgain ? UInt64.random(in: 1...serial, using: &random) : serial)
        return Command(session, .arrive(from: Self.addresses.randomElement(using: &random) ?? nil))
    }

    private static func session(_ serial: UInt64) -> SessionID { SessionID(shard: Int(serial % 2), serial: serial) }

    private mutating func action() -> Action {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<18: .say(note())
        case 18..<20: .act(note())
        case 20..<24: .whisper(to: whom(), note())
        case 24..<26: .answer(note())
        case 26: .away(random.once(in: 2) ? nil : note())
        case 27: .ignore(whom(), random.once(in: 2))
        case 28: .history(5)
        case 29: .aside(.tooLong)
        case 30..<38: .name(Self.nicknames.randomElement(using: &random) ?? Self.nicknames[0])
        case 38..<56: .join(Self.rooms.randomElement(using: &random) ?? .lobby, only: random.once(in: 2))
        case 56..<63: .leave
        case 63: .listRooms(prefix: "")
        case 64: .listMembers(prefix: "")
        default: rule()
        }
    }

    private mutating func rule() -> Action {
        let isOn = random.once(in: 2)
        if let number = muted.randomElement(using: &random), random.once(in: 8) { return .unmute(.number(number)) }
        return switch Int.random(in: 0..<28, using: &random) {
        case 0..<2: .topic(isOn ? note() : nil)
        case 2..<5: .invite(whom())
        case 5..<7: .setPrivate(isOn)
        case 7..<9: .lockdown(isOn)
        case 9: .announce(note())
        case 10..<12: .slow(seconds: isOn ? 0 : Int.random(in: 1...8, using: &random))
        case 12..<15: .kick(whom(), reason: isOn ? nil : note())
        case 15..<18: .ban(target(), seconds: seconds(), reason: isOn ? nil : note())
        case 18..<20: .unban(label())
        case 20: .listBans
        case 21..<23: .mute(whom(), seconds: seconds())
        case 23: .unmute(whom())
        default: .setModerator(whom(), random.once(in: 3) == false)
        }
    }

    private mutating func note() -> CleanText {
        let texts = ["hello", "", "* not the server", "grüße, und mehr als 20 Bytes"]
        return CleanText(texts.randomElement(using: &random) ?? "")
    }

    private mutating func seconds() -> Int? {
        [nil, 1, 5, 60, 600].randomElement(using: &random) ?? nil
    }

    private mutating func whom() -> Whom {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .nobody("?")
        case 1, 2: .name(Self.nicknames.randomElement(using: &random) ?? Self.nicknames[0])
        // Of those who came lately, and one that nobody has yet.
        case 3: .number(MemberID(UInt64.random(in: 1...8, using: &random) + (serial > 7 ? serial - 7 : 0)))
        default: .number(near.randomElement(using: &random) ?? MemberID(1))
        }
    }

    private mutating func target() -> BanTarget {
        guard random.once(in: 4), let range = AddressRange(Self.ranges.randomElement(using: &random) ?? "") else {
            return .member(whom())
        }
        return .addresses(range)
    }

    private mutating func label() -> String {
        if let label = banned.randomElement(using: &random), random.once(in: 2) { return label }
        let range = Self.ranges.randomElement(using: &random) ?? ""
        return random.once(in: 2) ? whom().text : random.once(in: 3) ? range : "ANN"
    }
}
