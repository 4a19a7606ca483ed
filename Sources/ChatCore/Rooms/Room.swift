/// One room: who is in it, and its rules. Confined to its ``ChatState``.
final class Room {
    /// One who is in the room.
    struct Seat {
        let device: Device
        /// When its person entered, on whichever connection.
        let since: Timestamp
        /// The last time that it asked for the room's events from some number on; nil: it never did.
        var entry: UInt64?
    }

    let id: RoomID
    let name: RoomName
    let epoch: Epoch
    /// The number of the last event.
    private(set) var head: UInt64
    /// The name in small letters, as bytes.
    let folded: [UInt8]
    /// Who made it, if it is here; nobody, for the lobby.
    private(set) var owner: MemberID?
    private(set) var seats: [SessionID: Seat] = [:]
    /// Everybody in it, by number.
    private(set) var row: [Person] = []
    var topic: CleanText?
    /// Who may moderate besides the owner.
    var moderators: Set<MemberID> = []
    var invited: Set<MemberID> = []
    /// What is known of who has rights besides those who are here.
    var rights = RoomRights()
    var bans: [Sanction] = []
    var mutes: [Sanction] = []
    var isPrivate = false
    var isLocked = false
    /// One line from each member in so many seconds; 0: any number.
    var slow = 0
    /// When who has last said something, while there is slow mode.
    var spoke: [MemberID: Timestamp] = [:]
    /// Since when nobody is in it.
    var emptySince: Timestamp?
    /// Something was said in it, which whoever comes later may want to read.
    var isKept = false
    /// It has been empty for so long that it would have ended if it were not kept.
    var isAsleep = false

    init(_ id: RoomID, _ name: RoomName, epoch: Epoch, owner: MemberID?, head: UInt64 = 0) {
        self.head = head
        self.epoch = epoch
        self.id = id
        self.name = name
        folded = Array(name.text.lowercased().utf8)
        self.owner = owner
    }

    // MARK: Seats

    /// - Returns: whether its person was not there before.
    @discardableResult
    func seat(_ device: Device, since: Timestamp) -> Bool {
        let person = device.person
        let before = seat(of: person)
        seats[device.session] = Seat(device: device, since: before?.since ?? since)
        if before == nil { row.insert(person, at: place(after: person.member)) }
        emptySince = nil
        isAsleep = false
        return before == nil
    }

    /// - Returns: whether its person is not there any more.
    @discardableResult
    func unseat(_ device: Device) -> Bool {
        guard seats.removeValue(forKey: device.session) != nil, !holds(device.person) else { return false }
        let place = place(after: device.member) - 1
        if place >= 0, row[place] === device.person { row.remove(at: place) }
        return true
    }

    /// A connection goes on under another session, and has still to say from where on it wants the room's events.
    func move(from old: SessionID, to new: SessionID) {
        guard var seat = seats.removeValue(forKey: old) else { return }
        seat.entry = nil
        seats[new] = seat
    }

    /// In place of a connection there is another of the same person, which has still to say the same.
    func replace(_ old: Device, by new: Device) {
        guard let seat = seats.removeValue(forKey: old.session), seats[new.session] == nil else { return }
        seats[new.session] = Seat(device: new, since: seat.since)
    }

    func note(entry: UInt64, of session: SessionID) {
        seats[session]?.entry = entry
    }

    func holds(_ device: Device) -> Bool { seats[device.session] != nil }

    func holds(_ person: Person) -> Bool { person.contains { seats[$0.session] != nil } }

    /// One of those that a person has here.
    func seat(of person: Person) -> Seat? {
        person.first { seats[$0.session] != nil }.flatMap { seats[$0.session] }
    }

    /// Where those begin in the row that have a greater number.
    func place(after member: MemberID) -> Int {
        var (low, high) = (0, row.count)
        while low < high {
            let middle = (low + high) / 2
            if row[middle].member <= member { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Events

    /// The next event gets the next number.
    func number(_ body: consuming Event.Body, id: MessageID?, at now: Timestamp) -> Event {
        head += 1
        return Event(room: self.id, sequence: head, at: now, body: body, id: id)
    }

    /// The events after this number have not happened.
    func takeBack(to head: UInt64) {
        self.head = min(self.head, head)
    }

    var isLobby: Bool { id == .lobby }

    /// Whether only those enter who are invited.
    var isClosed: Bool { isPrivate || isLocked }

    /// What is kept of it besides events.
    var record: RoomRecord {
        RoomRecord(
            id: id,
            name: name,
            epoch: epoch,
            topic: topic,
            isPrivate: isPrivate,
            isLocked: isLocked,
            slow: slow,
            isKept: isKept,
            rights: rights
        )
    }

    func mayModerate(_ device: Device) -> Bool { mayModerate(device.member, isOperator: device.isOperator) }

    func mayModerate(_ member: MemberID, isOperator: Bool) -> Bool {
        isOperator || !isLobby && (member == owner || moderators.contains(member))
    }

    /// How high a person stands here; one cannot kick, ban or mute who stands as high.
    func rank(of person: Person) -> Int { rank(person.member, isOperator: person.isOperator) }

    /// How high one stands with what this connection has shown.
    func rank(of device: Device) -> Int { rank(device.member, isOperator: device.isOperator) }

    private func rank(_ member: MemberID, isOperator: Bool) -> Int {
        if isOperator { return 3 }
        if isLobby { return 0 }
        if member == owner { return 2 }
        return moderators.contains(member) ? 1 : 0
    }

    /// How high one stands here when it comes, as far as its keys tell.
    func rank(ofKeys keys: [KeyFingerprint]) -> Int {
        if let owner = rights.owner, keys.contains(owner) { return 2 }
        return rights.moderators.contains(where: keys.contains) ? 1 : 0
    }

    /// Its owner has come again, under this number.
    func belongs(to member: MemberID) {
        owner = member
    }

    /// Who goes by another number keeps its rights.
    func pass(from old: MemberID, to new: MemberID) {
        if owner == old { owner = new }
        if moderators.remove(old) != nil { moderators.insert(new) }
    }

    /// One that leaves the server never comes back under its number.
    func forget(_ member: MemberID) {
        moderators.remove(member)
        invited.remove(member)
        spoke[member] = nil
    }
}
