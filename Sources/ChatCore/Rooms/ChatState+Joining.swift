/// Several connections of one account under one name.
extension ChatState {
    /// Whether this connection's key is one of somebody's keys.
    func isSame(_ person: Person, as device: Device) -> Bool {
        guard let key = device.key else { return false }
        let account = accounts[key]
        return person.contains { other in
            other.key == key || account != nil && accounts[other.key] === account
        }
    }

    /// The connection that this one would take the place of.
    func predecessor(of device: Device, in person: Person) -> Device? {
        device.key.flatMap { key in person.first { $0 !== device && $0.key == key } }
    }

    /// Nobody is led into a room that would not let it in.
    /// - Parameter newcomer: on which connection it will be.
    func checkJoining(_ other: Person, as device: Device, from newcomer: Device) throws(Refusal) {
        let old = predecessor(of: device, in: other)
        let (stays, goesOn) = places(of: device, after: old)
        for room in stays + goesOn where isBanned(newcomer, as: other, from: room) {
            guard room.mayModerate(other.member, isOperator: newcomer.isOperator || old?.isOperator ?? false) else {
                throw .mayNotEnter(room.name)
            }
        }
    }

    /// Which of its own rooms it stays in, and which of its predecessor's it goes on in. In the text protocol one is in one
    /// room at a time: that which its predecessor entered last. Nobody goes on in more rooms than anybody may be in: those
    /// that the predecessor entered first are left.
    private func places(of device: Device, after old: Device?) -> (stays: [Room], goesOn: [Room]) {
        guard let old, !old.rooms.isEmpty else { return (device.rooms, []) }
        if device.secret == nil { return ([], Array(old.rooms.suffix(1))) }
        guard limits.roomsPerMember > 0 else { return (device.rooms, old.rooms) }
        var left = limits.roomsPerMember - device.rooms.count
        let goesOn = old.rooms.reversed().filter { room in
            if room.holds(device) { return true }
            left -= 1
            return left >= 0
        }
        return (device.rooms, goesOn.reversed())
    }

    /// A connection goes over to somebody of its account, in place of the one with the same key or beside the others. The
    /// rooms see nobody come or go, but for the number that it may have been there under.
    func join(_ other: Person, as device: Device) {
        let old = predecessor(of: device, in: other)
        let (stays, goesOn) = places(of: device, after: old)
        for room in device.rooms where !stays.contains(where: { $0 === room }) { goOut(of: room, as: device) }
        move(device, to: other, stayingIn: stays)
        guard let old else { return }
        for room in old.rooms where !goesOn.contains(where: { $0 === room }) {
            vacate(room, as: old, telling: .left(other.author))
        }
        for room in goesOn {
            let isThere = room.holds(device)
            room.replace(old, by: device)
            if !isThere { device.rooms.append(room) }
            guard device.secret == nil else { continue }
            outcome(.enters(device.session, room.id, view(of: room, for: device), head: room.head))
        }
        old.rooms = []
        device.isOperator = device.isOperator || old.isOperator
        answer(old, .takenOver)
        end(old)
    }

    private func move(_ device: Device, to other: Person, stayingIn rooms: [Room]) {
        let before = device.person
        let entries = rooms.map { $0.seats[device.session]?.entry }
        for room in rooms where room.unseat(device) { tell(room, .left(before.author)) }
        before.remove(device)
        device.person = other
        other.add(device)
        if before.isGone {
            // What it may do as who it was it goes on to may do.
            for room in rooms { room.pass(from: before.member, to: other.member) }
            forget(before)
        }
        for (room, entry) in zip(rooms, entries) {
            let isNew = room.seat(device, since: now)
            room.invited.remove(other.member)
            if let entry { room.note(entry: entry, of: device.session) }
            if isNew { tell(room, .entered(other.author)) }
            if room.moderators.contains(other.member) { other.ties.insert(room.name) }
            noteRights(of: device, in: room)
        }
    }
}
