/// Rights in a room that outlive the connections of those who have them.
///
/// Within the rooms rights are numbers'. What is known of keys besides is looked at when somebody enters, so that nobody
/// who speaks waits for it.
extension ChatState {
    /// Who comes again has the rights that it had here.
    /// - Parameter person: who will be on the connection.
    func recognize(_ device: Device, as person: Person, in room: Room) {
        guard !room.rights.isEmpty, let keys = keys(of: device) else { return }
        let isOwner = room.rights.owner.map(keys.contains) ?? false
        if isOwner, room.owner != person.member {
            // One who goes by two names is the owner by one of them.
            let isHere = room.owner.map { numbers[$0] != nil } ?? false
            if isHere { admit(person, to: \.moderators, of: room) } else { room.belongs(to: person.member) }
        }
        if room.rights.moderators.contains(where: keys.contains) { admit(person, to: \.moderators, of: room) }
        if room.isClosed, room.rights.guests.contains(where: keys.contains) {
            admit(person, to: \.invited, of: room)
        }
    }

    private func admit(_ person: Person, to list: ReferenceWritableKeyPath<Room, Set<MemberID>>, of room: Room) {
        guard room[keyPath: list].count < limits.sanctions else { return }
        room[keyPath: list].insert(person.member)
        person.ties.insert(room.name)
    }

    /// What this one may do here is to be known again.
    func noteRights(of device: Device, in room: Room) {
        if learnRights(of: device, in: room) { keep(room) }
    }

    /// The same of all who are in the room, which is kept by whoever asks for this.
    func learnRights(in room: Room) {
        guard room.isClosed else {
            room.rights.guests = []
            return
        }
        for person in room.row { for device in person.devices { _ = learnRights(of: device, in: room) } }
    }

    /// - Returns: whether anything is known that was not.
    private func learnRights(of device: Device, in room: Room) -> Bool {
        // Who has no account comes with another key as easily as with this.
        guard !room.isLobby, let key = device.key, let account = accounts[key] else { return false }
        var rights = room.rights
        if room.owner == device.member {
            if rights.owner.map(account.keys.contains) != true { rights.owner = key }
        } else if room.moderators.contains(device.member) {
            add(key, of: account, to: &rights.moderators)
        } else if room.isClosed {
            add(key, of: account, to: &rights.guests)
        }
        guard rights != room.rights else { return false }
        room.rights = rights
        return true
    }

    private func add(_ key: KeyFingerprint, of account: Account, to list: inout [KeyFingerprint]) {
        guard list.count < RoomRights.most, !list.contains(where: account.keys.contains) else { return }
        list.append(key)
    }

    /// It has been put out, and comes again only if it is invited.
    func forgetGuest(_ person: Person, of room: Room) {
        guard !room.rights.guests.isEmpty else { return }
        let before = room.rights
        for device in person.devices {
            if let keys = keys(of: device) { room.rights.guests.removeAll(where: keys.contains) }
        }
        if room.rights != before { keep(room) }
    }

    // MARK: Moderators

    func isModerator(_ person: Person, of room: Room) -> Bool {
        room.moderators.contains(person.member)
            || person.contains { keys(of: $0).map { room.rights.moderators.contains(where: $0.contains) } ?? false }
    }

    func makeModerator(_ person: Person, of room: Room) {
        room.moderators.insert(person.member)
        person.ties.insert(room.name)
        for device in person.devices { noteRights(of: device, in: room) }
    }

    func endModerator(_ person: Person, of room: Room) {
        room.moderators.remove(person.member)
        let before = room.rights
        for device in person.devices {
            if let keys = keys(of: device) { room.rights.moderators.removeAll(where: keys.contains) }
            if room.holds(device) { _ = learnRights(of: device, in: room) }
        }
        if room.rights != before { keep(room) }
    }

    /// The same of one who is not here.
    func endModerator(_ account: Account, of room: Room) {
        room.rights.moderators.removeAll(where: account.keys.contains)
        keep(room)
    }

    /// Who is not here is known by its names.
    func absent(_ account: Account?, called name: Nickname? = nil) -> Author {
        Author(MemberID(0), name: account?.names.last { $0 == name } ?? name ?? account?.names.last)
    }

    /// Nobody is kept out whom its key gives as high a rank as theirs, wherever it is.
    func checkRank(of device: Device, over keys: [KeyFingerprint], _ author: Author, in room: Room) throws(Refusal) {
        guard room.rank(of: device) > room.rank(ofKeys: keys) else { throw .isProtected(author) }
    }

    /// nil: it has shown none.
    func keys(of device: Device) -> [KeyFingerprint]? {
        device.key.map { accounts[$0]?.keys ?? [$0] }
    }
}
