/// Who is called what, and who is here.
extension ChatState {
    func rename(_ person: Person, to name: Nickname) throws(Refusal) {
        try take(name, as: person)
        answer(person, .named(person.author))
    }

    func take(_ name: Nickname, as person: Person) throws(Refusal) {
        let before = person.author
        guard before.label != name.text else { throw .alreadyNamed(name) }
        if let holder = names[name], holder !== person { throw .nameTaken(name) }
        // A banned name is not taken by one who came in without it; a ban in the lobby holds everywhere.
        for room in person.rooms + [lobby] {
            let wouldBeBanned = room.bans.contains { $0.isInForce(at: now) && $0.name == name }
            guard !wouldBeBanned || room.mayModerate(person) else { throw .nameTaken(name) }
        }
        if let old = before.name { names[old] = nil }
        names[name] = person
        person.author = Author(person.member, name: name)
        for room in person.rooms { tell(room, .renamed(from: before, to: person.author)) }
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
        var first = Smallest<MemberID, Room.Seat>(limits.listed)
        for seat in room.seats.values where folded.isEmpty || seat.person.author.folded.starts(with: folded) {
            if let last, seat.person.member <= last { continue }
            first.add(seat, key: seat.person.member)
        }
        let shown = first.sorted.map { seat in
            MemberSummary(
                author: seat.person.author,
                present: now.seconds(since: seat.since),
                idle: now.seconds(since: seat.person.active),
                away: seat.person.away,
                isModerator: room.mayModerate(seat.person),
                isOperator: seat.person.isOperator,
                address: person.isOperator ? seat.person.address : nil
            )
        }
        answer(person, .who(room.name, Listing(shown, more: first.count - shown.count)))
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
