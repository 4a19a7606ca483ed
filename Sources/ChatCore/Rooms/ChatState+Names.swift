/// Who is called what, and who is here.
extension ChatState {
    func rename(_ person: Person, to name: Nickname) throws(Refusal) {
        let before = person.author
        guard before.label != name.text else { throw .alreadyNamed(name) }
        if let holder = names[name], holder !== person { throw .nameTaken(name) }
        for room in person.rooms {
            // A new name is no way round a mute, nor a banned name a way in.
            let wouldBeBanned = room.bans.contains { $0.isInForce(at: now) && $0.name == name }
            guard !wouldBeBanned || room.mayModerate(person) else { throw .nameTaken(name) }
        }
        if let old = before.name { names[old] = nil }
        names[name] = person
        person.author = Author(person.member, name: name)
        for room in person.rooms { tell(room, .renamed(from: before, to: person.author)) }
        answer(person, .named(person.author))
    }

    /// Those of the room whose names begin like `prefix`, in the order of their numbers.
    func listMembers(_ prefix: String, for person: Person, in name: RoomName?) throws(Refusal) {
        let room = try room(name, of: person)
        let folded = prefix.lowercased()
        var first = Smallest<Room.Seat>(limits.listed) { $0.person.member < $1.person.member }
        for seat in room.seats.values {
            guard folded.isEmpty || seat.person.author.label.lowercased().hasPrefix(folded) else { continue }
            first.add(seat)
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
        let folded = (prefix.hasPrefix("#") ? String(prefix.dropFirst()) : prefix).lowercased()
        var first = Smallest<Room>(limits.listed) {
            ($1.seats.count, $0.id.number) < ($0.seats.count, $1.id.number)
        }
        for room in rooms.values {
            guard !room.isPrivate || room.seats[person.session] != nil || person.isOperator else { continue }
            guard folded.isEmpty || room.name.text.lowercased().hasPrefix(folded) else { continue }
            first.add(room)
        }
        let shown = first.sorted.map { RoomSummary(name: $0.name, members: $0.seats.count, topic: $0.topic) }
        answer(person, .rooms(Listing(shown, more: first.count - shown.count)))
    }
}
