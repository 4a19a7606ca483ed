/// Connections that are known by a secret and keep count of what they have seen.
extension ChatState {
    /// Enters a room, or only wants its events from another place on if it is there already. Of all that is asked for
    /// everything is done, or nothing.
    func enter(_ name: RoomName, _ entry: Entry, as newcomer: Device) throws(Refusal) {
        // A secret is good for the key that it was given to, and for a guest's for no key.
        let old = entry.session.flatMap { secrets[$0] }.flatMap { $0.key == newcomer.key ? $0 : nil }
        let device = old ?? newcomer
        let holder = old == nil ? entry.session.flatMap { departed.holder(of: $0) } : nil
        if device !== newcomer { try checkTakeover(of: device, by: newcomer) }
        // What it has said by itself would be forgotten.
        if let holder, holder != newcomer.holder, !newcomer.rooms.isEmpty || newcomer.hasReceipts { throw .notFresh }
        let wanted = wantedName(entry, of: device) ?? formerName(entry, of: device)
        let other = try wanted.flatMap { wanted throws(Refusal) in try check(wanted, for: device) }
        if let other { try checkJoining(other, as: device, from: newcomer) }
        if let wanted, let room = rooms[name], isBanned(wanted, from: room, for: device, as: other) {
            throw .mayNotEnter(name)
        }
        let isThere = rooms[name].map { room in
            room.holds(device) || other.flatMap { predecessor(of: device, in: $0) }.map(room.holds) ?? false
        }
        if let room = rooms[name] { recognize(device, as: other ?? device.person, in: room) }
        if isThere != true { try checkEntry(name, as: device, other ?? device.person, leavingOthers: false) }

        if device !== newcomer { takeOver(device, by: newcomer) }
        if let holder {
            // The member of before has gone; what it has said is still known, and what the newcomer says adds to that.
            device.holder = holder
            device.hasReceipts = true
        }
        if let wanted { take(wanted, as: device, joining: other) }
        let room = makeRoom(name, as: device)
        if room.holds(device) {
            outcome(.leaves(device.session, room.id))
        } else {
            // It has perhaps just gone on in as many as it may be in, which were another's.
            if limits.isReached(limits.roomsPerMember, by: device.rooms.count) {
                goOut(of: device.rooms[0], as: device)
            }
            sit(in: room, as: device)
        }
        follow(room, entry, as: device, isResumed: entry.session.map { _ in old != nil })
    }

    /// What it asks to be called, or an authority calls it; nil if that is what it is called.
    private func wantedName(_ entry: Entry, of device: Device) -> Nickname? {
        let name = entry.name ?? (device.author.name == nil ? device.proof?.certifiedName : nil)
        return name?.text == device.author.label ? nil : name
    }

    /// Who comes again after all has ended, with a key that is known, is not shown to the room under a number first. In the
    /// place of another it comes only if it asks for that.
    private func formerName(_ entry: Entry, of device: Device) -> Nickname? {
        guard entry.session != nil, device.author.name == nil, device.rooms.isEmpty,
            let name = accounts[device.key]?.names.last, let other = try? check(name, for: device) ?? device.person,
            predecessor(of: device, in: other) == nil
        else { return nil }
        return name
    }

    private func follow(_ room: Room, _ entry: Entry, as device: Device, isResumed: Bool?) {
        let (start, isReset) = start(entry.start, in: room)
        lastEntry += 1
        room.note(entry: lastEntry, of: device.session)
        let shown = room.row.prefix(limits.listed).map(\.author)
        let following = Following(
            view: view(of: room, for: device),
            author: device.author,
            epoch: room.epoch,
            head: room.head,
            members: Listing(shown, more: room.row.count - shown.count),
            isReset: isReset,
            isResumed: isResumed,
            start: start,
            entry: lastEntry
        )
        outcome(.follows(device.session, room.id, following))
    }

    /// The next page for one who is still on its way; of an entry that is no more, nothing.
    func page(after sequence: UInt64, entry: UInt64, of device: Device, in name: RoomName?) {
        guard let name, let room = rooms[name], room.seats[device.session]?.entry == entry else { return }
        let page = Page(room: room.name, after: sequence, head: room.head, entry: entry)
        outcome(.page(device.session, room.id, page))
    }

    func past(_ past: Past, for device: Device, in name: RoomName?) throws(Refusal) {
        let room = try room(name, of: device)
        outcome(.past(device.session, room.id, room.name, room.epoch, past, head: room.head))
    }

    /// Says something once, however often it is asked to.
    func post(
        _ text: CleanText,
        isAction: Bool,
        id: MessageID?,
        as device: Device,
        in name: RoomName?
    ) throws(Refusal) {
        let body = isAction ? Event.Body.acted(device.author, text) : .said(device.author, text)
        let room = try room(name, of: device)
        guard let id else {
            try checkLog()
            try say(body, as: device, in: name)
            return answer(device, .posted(room.head, in: room.id, again: false))
        }
        let label = device.author.label
        let message = Receipts.Message(by: device.holder, in: room, as: label, id, text, isAction: isAction)
        switch receipts.find(message, at: now) {
        case .again(let sequence): answer(device, .posted(sequence, in: room.id, again: true))
        case .reused: throw .idReused(id)
        case .new:
            try checkLog()
            try say(body, as: device, in: name, id: id)
            receipts.add(message, sequence: room.head, at: now)
            device.hasReceipts = true
            answer(device, .posted(room.head, in: room.id, again: false))
        }
    }

    // MARK: Taking over

    private func checkTakeover(of old: Device, by newcomer: Device) throws(Refusal) {
        guard newcomer.rooms.isEmpty, !newcomer.hasReceipts else { throw .notFresh }
        // A place is not handed on to where its room does not let in.
        for room in old.rooms where !room.mayModerate(old) && isBanned(newcomer, from: room) {
            throw .mayNotEnter(room.name)
        }
    }

    /// The member of before goes on on the newcomer's connection, and the newcomer has never been.
    private func takeOver(_ old: Device, by newcomer: Device) {
        forget(newcomer)
        answer(old, .takenOver)
        outcome(.closes(old.session))
        people[old.session] = nil
        for room in old.rooms { room.move(from: old.session, to: newcomer.session) }
        old.move(to: newcomer)
        people[old.session] = old
    }

    // MARK: What it finds

    private func start(_ wanted: Entry.Start, in room: Room) -> (Following.Start, isReset: Bool) {
        switch wanted {
        case .now: (.after(room.head), false)
        case .last(let count): (.last(count), false)
        case .after(let sequence, let epoch):
            sequence > room.head || epoch != nil && epoch != room.epoch
                ? (.after(room.head), true) : (.after(sequence), false)
        }
    }
}
