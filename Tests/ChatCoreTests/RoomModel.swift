import ChatCore

/// What the rooms must do, in plain arrays and without a thought of speed: the reference for ``ChatState``.
struct RoomModel {
    struct Member {
        let session: SessionID
        let number: MemberID
        let address: Address?
        var name: Nickname?
        var isOperator = false
        var away: CleanText?
        var whisperer: MemberID?
        /// In the order of entering.
        var rooms: [RoomID] = []

        var author: Author { Author(number, name: name) }
    }

    struct Sanction: Equatable {
        let label: String
        var number: MemberID?
        var name: Nickname?
        var addresses: AddressRange?
        let until: Int64?

        func holds(_ member: Member) -> Bool {
            if let number, number == member.number { return true }
            if let name, let other = member.name, name == other { return true }
            guard let addresses, let address = member.address, !address.isLoopback else { return false }
            return addresses.contains(address)
        }
    }

    struct Room {
        let id: RoomID
        let name: RoomName
        let owner: MemberID?
        var members: [SessionID] = []
        var moderators: [MemberID] = []
        var invited: [MemberID] = []
        var bans: [Sanction] = []
        var mutes: [Sanction] = []
        var topic: CleanText?
        var isPrivate = false
        var isLocked = false
        var slow = 0
        var spoke: [SessionID: Int64] = [:]
        /// When its last member left.
        var emptied: Int64?
    }

    /// The kinds of outcomes, with whom they are for and what everybody sees; what answers say the unit tests look at.
    enum Told: Equatable {
        case event(RoomID, Event.Body)
        case enters(SessionID, RoomID)
        case leaves(SessionID, RoomID)
        case answer(SessionID)
        case refused(SessionID)
        case replay(SessionID, RoomID)
        case closes(SessionID)
        case ended(RoomID)
    }

    struct Refused: Error {}

    /// The rooms that end at once do so in any order.
    static func inOrder(_ told: [Told]) -> [Told] {
        let ended = told.compactMap { if case .ended(let room) = $0 { room } else { nil } }
        let others = told.filter { if case .ended = $0 { false } else { true } }
        return ended.sorted { $0.number < $1.number }.map { .ended($0) } + others
    }

    let limits: RoomLimits
    var members: [Member] = []
    var rooms = [Room(id: .lobby, name: .lobby, owner: nil)]
    var now: Int64 = 0
    var told: [Told] = []
    private var lastNumber: UInt64 = 0
    private var lastRoom: UInt64 = 1

    init(limits: RoomLimits) {
        self.limits = limits
    }

    /// What a command must make happen.
    mutating func apply(_ command: Command, at now: Int64) -> [Told] {
        self.now = now
        told = []
        endRooms()
        let present = members.contains { $0.session == command.session }
        switch command.action {
        case .arrive(let visitor): if !present { arrive(command.session, visitor.address) }
        case .depart: if present { depart(command.session) }
        default:
            guard present else { break }
            var changed = self
            do {
                try changed.act(command)
                self = changed
            } catch {
                told.append(.refused(command.session))
            }
        }
        return told
    }

    // MARK: Coming and going

    private mutating func arrive(_ session: SessionID, _ address: Address?) {
        lastNumber += 1
        let member = Member(session: session, number: MemberID(lastNumber), address: address)
        if inForce(rooms[0].bans).contains(where: { $0.holds(member) }) {
            told += [.refused(session), .closes(session)]
            return
        }
        members.append(member)
        told.append(.answer(session))
        if rooms[0].isLocked || limits.members > 0 && rooms[0].members.count >= limits.members {
            told.append(.refused(session))
        } else {
            enter(session, .lobby)
        }
    }

    mutating func depart(_ session: SessionID) {
        guard let member = members.first(where: { $0.session == session }) else { return }
        for room in member.rooms { vacate(session, room, .left(member.author)) }
        members.removeAll { $0.session == session }
        for index in rooms.indices {
            rooms[index].moderators.removeAll { $0 == member.number }
            rooms[index].invited.removeAll { $0 == member.number }
            rooms[index].spoke[session] = nil
        }
        told.append(.closes(session))
    }

    mutating func enter(_ session: SessionID, _ id: RoomID) {
        let (m, r) = (memberIndex(session), roomIndex(id))
        rooms[r].members.append(session)
        rooms[r].emptied = nil
        rooms[r].invited.removeAll { $0 == members[m].number }
        members[m].rooms.append(id)
        told += [.event(id, .entered(members[m].author)), .enters(session, id)]
    }

    mutating func vacate(_ session: SessionID, _ id: RoomID, _ body: Event.Body) {
        let (m, r) = (memberIndex(session), roomIndex(id))
        rooms[r].members.removeAll { $0 == session }
        members[m].rooms.removeAll { $0 == id }
        told += [.leaves(session, id), .event(id, body)]
        if rooms[r].members.isEmpty, id != .lobby { rooms[r].emptied = now }
    }

    mutating func makeRoom(_ name: RoomName, _ owner: MemberID) -> RoomID {
        lastRoom += 1
        rooms.append(Room(id: RoomID(lastRoom), name: name, owner: owner))
        return RoomID(lastRoom)
    }

    private mutating func endRooms() {
        let over = rooms.filter { $0.emptied.map { $0 + Int64(limits.afterlife) * 1000 <= now } ?? false }
        rooms.removeAll { room in over.contains { $0.id == room.id } }
        told += over.map { .ended($0.id) }
    }

    // MARK: Looking things up

    func memberIndex(_ session: SessionID) -> Int {
        members.firstIndex { $0.session == session } ?? members.endIndex
    }

    func roomIndex(_ id: RoomID) -> Int {
        rooms.firstIndex { $0.id == id } ?? rooms.endIndex
    }

    func inForce(_ sanctions: [Sanction]) -> [Sanction] {
        sanctions.filter { $0.until.map { now < $0 } ?? true }
    }

    func rank(_ member: Member, in room: Room) -> Int {
        if member.isOperator { return 3 }
        if room.id == .lobby { return 0 }
        if room.owner == member.number { return 2 }
        return room.moderators.contains(member.number) ? 1 : 0
    }
}

extension RoomModel.Told {
    init(_ outcome: Outcome) {
        self =
            switch outcome {
            case .event(let event): .event(event.room, event.body)
            case .enters(let session, let room, _, _): .enters(session, room)
            case .leaves(let session, let room): .leaves(session, room)
            case .answer(let session, .refused): .refused(session)
            case .answer(let session, _), .verifies(let session, _, _): .answer(session)
            case .replay(let session, let room, _, _): .replay(session, room)
            case .closes(let session): .closes(session)
            case .done, .follows, .page, .past, .fact: preconditionFailure("filtered out before, or not asked for")
            case .ended(let room): .ended(room)
            }
    }
}
