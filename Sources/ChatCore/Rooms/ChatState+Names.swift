/// Who is called what, and who is here.
extension ChatState {
    func rename(_ person: Person, to name: Nickname) throws(Refusal) {
        try take(name, as: person)
        answer(person, .named(person.author))
    }

    func take(_ name: Nickname, as person: Person) throws(Refusal) {
        try check(name, for: person)
        let before = person.author
        if let old = before.name { names[old] = nil }
        names[name] = person
        person.author = Author(person.member, name: name)
        for room in person.rooms { tell(room, .renamed(from: before, to: person.author)) }
    }

    /// Whether it can have this name.
    func check(_ name: Nickname, for person: Person) throws(Refusal) {
        guard person.author.label != name.text else { throw .alreadyNamed(name) }
        if let holder = names[name], holder !== person { throw .nameTaken(name) }
        // A banned name is not taken by one who came in without it; a ban in the lobby holds everywhere.
        for room in person.rooms + [lobby] where isBanned(name, from: room, for: person) { throw .nameTaken(name) }
    }

    func isBanned(_ name: Nickname, from room: Room, for person: Person) -> Bool {
        room.bans.contains { $0.isInForce(at: now) && $0.name == name } && !room.mayModerate(person)
    }

    /// Those of the room whose names begin like `prefix`, in the order of their numbers.
    func listMembers(
        _ prefix: String,
        after last: MemberID?,
        for person: Person,
        in name: RoomName?
    ) throws(Refusal) {
        let room = try room(name, of: person)
        let folded = Array(prefix.lowercased().utf8)
        let row = room.row[(last.map(room.place(after:)) ?? 0)...]
        let named = folded.isEmpty ? row : ArraySlice(row.filter { $0.author.folded.starts(with: folded) })
        let shown = named.prefix(limits.listed).map { other in
            MemberSummary(
                author: other.author,
                present: now.seconds(since: room.seats[other.session]?.since ?? now),
                idle: now.seconds(since: other.active),
                away: other.away,
                isModerator: room.mayModerate(other),
                isOperator: other.isOperator,
                address: person.isOperator ? other.address : nil
            )
        }
        answer(person, .who(room.name, Listing(shown, more: named.count - shown.count)))
    }

    /// The rooms whose names begin like `prefix`, the fullest first; of private ones only those that this person is in.
    func listRooms(_ prefix: String, for person: Person) {
        let folded = Array((prefix.hasPrefix("#") ? String(prefix.dropFirst()) : prefix).lowercased().utf8)
        var first = Smallest<RoomRank, Room>(limits.listed)
        for room in rooms.values where folded.isEmpty || room.folded.starts(with: folded) {
            guard !room.isPrivate || person.isOperator || room.seats[person.session] != nil else { continue }
            first.add(room, key: RoomRank(members: room.seats.count, age: room.id.number))
        }
        let shown = first.sorted.map { RoomSummary(name: $0.name, members: $0.seats.count, topic: $0.topic) }
        answer(person, .rooms(Listing(shown, more: first.count - shown.count)))
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
