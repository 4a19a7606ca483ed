/// Entering and leaving, and what a room is about.
extension ChatState {
    func join(_ name: RoomName, only: Bool, as person: Person) throws(Refusal) {
        let room = try roomToEnter(name, as: person, leavingOthers: only)
        if only { for other in person.rooms { goOut(of: other, as: person) } }
        enter(room, as: person)
    }

    func leave(_ room: Room, as person: Person) {
        goOut(of: room, as: person)
        answer(person, .outside(room.name))
    }

    /// By itself: who has been in a closed room may come again, until it is put out.
    private func goOut(of room: Room, as person: Person) {
        if room.isClosed, room.invited.count < limits.invitations { welcome(person, to: room) }
        vacate(room, as: person, telling: .left(person.author))
    }

    /// - Returns: false if it was welcome already.
    @discardableResult
    private func welcome(_ guest: Person, to room: Room) -> Bool {
        guest.ties.insert(room.name)
        return room.invited.insert(guest.member).inserted
    }

    func enter(_ room: Room, as person: Person) {
        sit(in: room, as: person)
        outcome(.enters(person.session, room.id, view(of: room, for: person), head: room.head))
    }

    func sit(in room: Room, as person: Person) {
        if room.isAsleep { asleep -= 1 }
        room.seat(person, since: now)
        room.invited.remove(person.member)
        person.rooms.append(room)
        tell(room, .entered(person.author))
    }

    func view(of room: Room, for person: Person) -> RoomView {
        RoomView(
            name: room.name,
            topic: room.topic,
            members: room.seats.count,
            isPrivate: room.isPrivate,
            slow: room.slow,
            mayModerate: room.mayModerate(person),
            isClosed: room.isClosed
        )
    }

    /// Takes a member out of a room; `body` is what the others are told.
    func vacate(_ room: Room, as person: Person, telling body: Event.Body) {
        outcome(.leaves(person.session, room.id))
        room.unseat(person)
        person.rooms.removeAll { $0 === room }
        tell(room, body)
        guard room.seats.isEmpty, !room.isLobby else { return }
        room.emptySince = now
        ending.append((room, now.adding(seconds: limits.afterlife)))
    }

    /// Ends the rooms that nobody has been in for long enough, but for those that are kept for what was said there.
    func endRooms() {
        guard !isSuspended else { return }
        while let (room, at) = ending.first, at <= now {
            ending.removeFirst()
            // Emptied more than once, it is listed more than once, and ends once.
            guard rooms[room.name] === room, let since = room.emptySince,
                since.adding(seconds: limits.afterlife) <= now, !room.isAsleep
            else { continue }
            if mayOutlive(room) {
                putToSleep(room)
                continue
            }
            rooms[room.name] = nil
            outcome(.ended(room.id))
        }
    }

    /// Whether it is kept although nobody is in it.
    func mayOutlive(_ room: Room) -> Bool {
        isDurable && room.isKept && !room.isClosed && asleep < limits.asleep
    }

    func putToSleep(_ room: Room) {
        room.isAsleep = true
        asleep += 1
    }

    func topic(_ text: CleanText?, by person: Person, in name: RoomName?) throws(Refusal) {
        let room = try room(name, of: person)
        guard let text else { return answer(person, .topic(room.name, room.topic)) }
        try checkModerator(person, of: room)
        try checkLength(text)
        room.topic = text.isEmpty ? nil : text
        keep(room)
        tell(room, .topic(room.topic, by: person.author))
        // To people the event is the answer.
        if person.secret != nil { answer(person, .topic(room.name, room.topic)) }
    }

    func invite(_ whom: Whom, by person: Person, to name: RoomName?) throws(Refusal) {
        let room = try room(name, of: person)
        if room.isClosed { try checkModerator(person, of: room) }
        let guest = try find(whom)
        guard guest !== person else { throw .thatIsYou }
        guard room.seats[guest.session] == nil else { throw .alreadyHere(guest.author, room.name) }
        guard room.invited.count < limits.invitations else { throw .tooMany("invitations", limit: limits.invitations) }
        // To ask again and again is no way to speak to somebody.
        if welcome(guest, to: room) { answer(guest, .invitation(room.name, from: person.author)) }
        answer(person, .invited(guest.author, room.name))
    }

    /// The room of that name, made if there is none, if this person may enter it.
    func roomToEnter(_ name: RoomName, as person: Person, leavingOthers: Bool) throws(Refusal) -> Room {
        try checkEntry(name, as: person, leavingOthers: leavingOthers)
        if let room = rooms[name] { return room }
        let room = Room(nextRoom(), name, epoch: Epoch(using: &random), owner: person.member)
        rooms[name] = room
        keep(room)
        return room
    }

    /// Whether this person may enter the room of that name, or make it.
    func checkEntry(_ name: RoomName, as person: Person, leavingOthers: Bool) throws(Refusal) {
        if let room = rooms[name] {
            guard room.seats[person.session] == nil else { throw .alreadyIn(room.name) }
            try checkCount(of: person, leavingOthers)
            try checkDoor(of: room, for: person)
        } else {
            try checkCount(of: person, leavingOthers)
            let isFull = limits.isReached(limits.rooms, by: rooms.count - asleep) || lastRoom >= RoomID.most
            guard !isFull else { throw .tooManyRooms(limit: limits.rooms) }
        }
    }

    private func checkCount(of person: Person, _ leavingOthers: Bool) throws(Refusal) {
        guard !leavingOthers, limits.isReached(limits.roomsPerMember, by: person.rooms.count) else { return }
        throw .inTooManyRooms(limit: limits.roomsPerMember)
    }

    /// Who moderates enters always. Bans are weighed before invitations, so that an invitation does not lift one.
    func checkDoor(of room: Room, for person: Person) throws(Refusal) {
        // A ban on a moderator or an owner is a ban; one on an address that they share is not.
        let isBannedItself = room.bans.contains { $0.isInForce(at: now) && $0.member == person.member }
        guard !isBannedItself || person.isOperator else { throw .mayNotEnter(room.name) }
        guard !room.mayModerate(person) else { return }
        let isClosed = room.isClosed && !room.invited.contains(person.member)
        guard !isClosed, !room.isBanned(person, at: now) else { throw .mayNotEnter(room.name) }
        guard !limits.isReached(limits.members, by: room.seats.count) else {
            throw .roomIsFull(room.name, limit: limits.members)
        }
    }
}
