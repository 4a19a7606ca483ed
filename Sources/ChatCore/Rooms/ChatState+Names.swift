/// Who is called what, and who is here.
extension ChatState {
    func rename(_ device: Device, to name: Nickname) throws(Refusal) {
        let other = try check(name, for: device)
        if let other { try checkJoining(other, as: device, from: device) }
        take(name, as: device, joining: other)
        answer(device, .named(device.author))
    }

    /// - Parameter other: what ``check(_:for:)`` has returned.
    func take(_ name: Nickname, as device: Device, joining other: Person?) {
        if let other { join(other, as: device) }
        call(device.person, name, isVerified: reserve(name, for: device))
    }

    /// It goes by this name from now on, and its rooms are told if they see a difference.
    func call(_ person: Person, _ name: Nickname, isVerified: Bool) {
        let before = person.author
        guard before.label != name.text || before.isVerified != isVerified else { return }
        if let old = before.name { names[old] = nil }
        names[name] = person
        person.author = Author(person.member, name: name, isVerified: isVerified)
        guard before.label != name.text else { return }
        for room in person.rooms { tell(room, .renamed(from: before, to: person.author)) }
    }

    /// Whether it can have this name.
    /// - Returns: who has it already, and is somebody of the same account.
    func check(_ name: Nickname, for device: Device) throws(Refusal) -> Person? {
        // One that could not be kept when it was taken perhaps can be now.
        let mayBeKept = device.key != nil && !device.author.isVerified
        guard device.author.label != name.text || mayBeKept else { throw .alreadyNamed(name) }
        if limits.accounts.namesAreCertified, device.proof?.certifiedName?.text != name.text { throw .nameIsCertified }
        if let holder = names[name], holder !== device.person {
            guard isSame(holder, as: device) else { throw taken(name) }
            try checkBan(on: name, for: device, as: holder)
            return holder
        }
        try checkReservation(of: name, for: device)
        try checkBan(on: name, for: device, as: device.person)
        return nil
    }

    /// A banned name is not taken by one who came in without it; a ban in the lobby holds everywhere.
    private func checkBan(on name: Nickname, for device: Device, as person: Person) throws(Refusal) {
        for room in device.rooms + [lobby] where isBanned(name, from: room, for: device, as: person) {
            throw .nameTaken(name)
        }
    }

    func isBanned(_ name: Nickname, from room: Room, for device: Device, as person: Person? = nil) -> Bool {
        room.bans.contains { $0.isInForce(at: now) && $0.name == name }
            && !room.mayModerate((person ?? device.person).member, isOperator: device.isOperator)
    }

    /// Those of the room whose names begin like `prefix`, in the order of their numbers.
    func listMembers(
        _ prefix: String,
        after last: MemberID?,
        for device: Device,
        in name: RoomName?
    ) throws(Refusal) {
        let room = try room(name, of: device)
        let folded = Array(prefix.lowercased().utf8)
        let row = room.row[(last.map(room.place(after:)) ?? 0)...]
        let named = folded.isEmpty ? row : ArraySlice(row.filter { $0.author.folded.starts(with: folded) })
        let shown = named.prefix(limits.listed).map { other in
            MemberSummary(
                author: other.author,
                present: now.seconds(since: room.seat(of: other)?.since ?? now),
                idle: now.seconds(since: other.active),
                away: other.away,
                isModerator: room.rank(of: other) > 0,
                isOperator: other.isOperator,
                address: device.isOperator ? other.devices.last?.address : nil
            )
        }
        answer(device, .who(room.name, Listing(shown, more: named.count - shown.count)))
    }

    /// The rooms whose names begin like `prefix`, the fullest first; of private ones only those that one is in.
    func listRooms(_ prefix: String, for device: Device) {
        let folded = Array((prefix.hasPrefix("#") ? String(prefix.dropFirst()) : prefix).lowercased().utf8)
        var first = Smallest<RoomRank, Room>(limits.listed)
        for room in rooms.values where folded.isEmpty || room.folded.starts(with: folded) {
            guard !room.isPrivate || device.isOperator || room.holds(device.person) else { continue }
            first.add(room, key: RoomRank(members: room.row.count, age: room.id.number))
        }
        let shown = first.sorted.map { RoomSummary(name: $0.name, members: $0.row.count, topic: $0.topic) }
        answer(device, .rooms(Listing(shown, more: first.count - shown.count)))
    }
}

/// The fullest first, and of those the oldest.
private struct RoomRank: Comparable {
    let members: Int
    let age: UInt64

    static func < (one: RoomRank, other: RoomRank) -> Bool {
        one.members == other.members ? one.age < other.age : one.members > other.members
    }
}
