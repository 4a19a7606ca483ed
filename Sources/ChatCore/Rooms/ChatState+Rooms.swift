/// Entering and leaving, and what a room is about.
extension ChatState {
    func join(_ name: RoomName, only: Bool, as device: Device) throws(Refusal) {
        let room = try roomToEnter(name, as: device, leavingOthers: only)
        if only { for other in device.rooms { goOut(of: other, as: device) } }
        enter(room, as: device)
    }

    func leave(_ room: Room, as device: Device) {
        goOut(of: room, as: device)
        answer(device, .outside(room.name))
    }

    /// By itself: who has been in a closed room may come again, until it is put out.
    func goOut(of room: Room, as device: Device) {
        if room.isClosed, room.invited.count < limits.invitations { welcome(device.person, to: room) }
        vacate(room, as: device, telling: .left(device.author))
    }

    /// - Returns: false if it was welcome already.
    @discardableResult
    private func welcome(_ guest: Person, to room: Room) -> Bool {
        guest.ties.insert(room.name)
        return room.invited.insert(guest.member).inserted
    }

    func enter(_ room: Room, as device: Device) {
        sit(in: room, as: device)
        outcome(.enters(device.session, room.id, view(of: room, for: device), head: room.head))
    }

    /// The room is told, unless its person is there on another connection.
    func sit(in room: Room, as device: Device) {
        if room.isAsleep { asleep -= 1 }
        let isNew = room.seat(device, since: now)
        room.invited.remove(device.member)
        device.rooms.append(room)
        if isNew { tell(room, .entered(device.author)) }
        noteRights(of: device, in: room)
    }

    func view(of room: Room, for device: Device) -> RoomView {
        RoomView(
            name: room.name,
            topic: room.topic,
            members: room.row.count,
            isPrivate: room.isPrivate,
            slow: room.slow,
            mayModerate: room.mayModerate(device),
            isClosed: room.isClosed
        )
    }

    /// Takes a connection out of a room; `body` is what the others are told, unless its person is still there on another.
    func vacate(_ room: Room, as device: Device, telling body: Event.Body) {
        outcome(.leaves(device.session, room.id))
        device.rooms.removeAll { $0 === room }
        guard room.unseat(device) else { return }
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

    func topic(_ text: CleanText?, by device: Device, in name: RoomName?) throws(Refusal) {
        let room = try room(name, of: device)
        guard let text else { return answer(device, .topic(room.name, room.topic)) }
        try checkModerator(device, of: room)
        try checkLength(text)
        room.topic = text.isEmpty ? nil : text
        keep(room)
        tell(room, .topic(room.topic, by: device.author))
        // To people the event is the answer.
        if device.secret != nil { answer(device, .topic(room.name, room.topic)) }
    }

    func invite(_ whom: Whom, by device: Device, to name: RoomName?) throws(Refusal) {
        let room = try room(name, of: device)
        if room.isClosed { try checkModerator(device, of: room) }
        let guest = try find(whom)
        guard guest !== device.person else { throw .thatIsYou }
        guard !room.holds(guest) else { throw .alreadyHere(guest.author, room.name) }
        guard room.invited.count < limits.invitations else { throw .tooMany("invitations", limit: limits.invitations) }
        // To ask again and again is no way to speak to somebody.
        if welcome(guest, to: room) { answer(guest, .invitation(room.name, from: device.author)) }
        answer(device, .invited(guest.author, room.name))
    }

    /// The room of that name, made if there is none, if this connection may enter it.
    func roomToEnter(_ name: RoomName, as device: Device, leavingOthers: Bool) throws(Refusal) -> Room {
        if let room = rooms[name] { recognize(device, as: device.person, in: room) }
        try checkEntry(name, as: device, device.person, leavingOthers: leavingOthers)
        return makeRoom(name, as: device)
    }

    /// The room of that name, or a new one that is its maker's.
    func makeRoom(_ name: RoomName, as device: Device) -> Room {
        if let room = rooms[name] { return room }
        let room = Room(nextRoom(), name, epoch: Epoch(using: &random), owner: device.member)
        rooms[name] = room
        keep(room)
        return room
    }

    /// Whether this connection may enter the room of that name, or make it.
    /// - Parameter person: who will be on the connection then.
    func checkEntry(_ name: RoomName, as device: Device, _ person: Person, leavingOthers: Bool) throws(Refusal) {
        if let room = rooms[name] {
            guard !room.holds(device) else { throw .alreadyIn(room.name) }
            try checkCount(of: device, leavingOthers)
            try checkDoor(of: room, for: device, person)
        } else {
            try checkCount(of: device, leavingOthers)
            let isFull = limits.isReached(limits.rooms, by: rooms.count - asleep) || lastRoom >= RoomID.most
            guard !isFull else { throw .tooManyRooms(limit: limits.rooms) }
        }
    }

    private func checkCount(of device: Device, _ leavingOthers: Bool) throws(Refusal) {
        guard !leavingOthers, limits.isReached(limits.roomsPerMember, by: device.rooms.count) else { return }
        throw .inTooManyRooms(limit: limits.roomsPerMember)
    }

    /// Who moderates enters always, and so does who is inside on another connection. Bans are weighed before invitations,
    /// so that an invitation does not lift one.
    func checkDoor(of room: Room, for device: Device, _ person: Person) throws(Refusal) {
        // A ban on a moderator or an owner is a ban; one on an address that they share is not.
        let isBannedItself = room.bans.contains { ban in
            ban.isInForce(at: now)
                && (ban.member == person.member || ban.isOnKey(of: device, accounts[device.key]))
        }
        guard !isBannedItself || device.isOperator else { throw .mayNotEnter(room.name) }
        guard !room.mayModerate(person.member, isOperator: device.isOperator) else { return }
        guard !isBanned(device, as: person, from: room) else { throw .mayNotEnter(room.name) }
        guard !room.holds(person) else { return }
        guard !room.isClosed || room.invited.contains(person.member) else { throw .mayNotEnter(room.name) }
        guard !limits.isReached(limits.members, by: room.row.count) else {
            throw .roomIsFull(room.name, limit: limits.members)
        }
    }
}
