/// Members that are known by a secret and keep count of what they have seen.
extension ChatState {
    func connect(_ session: SessionID, from address: Address?) {
        guard people[session] == nil, let person = admit(session, from: address) else { return }
        let secret = SessionSecret(using: &random)
        person.secret = secret
        secrets[secret] = person
        answer(person, .connected(person.member, secret))
    }

    /// Enters a room, or only wants its events from another place on if it is there already. Of all that is asked for
    /// everything is done, or nothing.
    func enter(_ name: RoomName, _ entry: Entry, as newcomer: Person) throws(Refusal) {
        let old = entry.session.flatMap { secrets[$0] }
        let person = old ?? newcomer
        let holder = old == nil ? entry.session.flatMap { departed.holder(of: $0) } : nil
        if person !== newcomer { try checkTakeover(of: person, by: newcomer) }
        // What it has said by itself would be forgotten.
        if let holder, holder != newcomer.holder, !newcomer.rooms.isEmpty || newcomer.hasReceipts { throw .notFresh }
        let wanted = entry.name.flatMap { $0.text == person.author.label ? nil : $0 }
        if let wanted {
            try check(wanted, for: person)
            if let room = rooms[name], isBanned(wanted, from: room, for: person) { throw .mayNotEnter(name) }
        }
        let isThere = rooms[name].map { $0.seats[person.session] != nil } ?? false
        if !isThere { try checkEntry(name, as: person, leavingOthers: false) }

        if person !== newcomer { takeOver(person, by: newcomer) }
        if let holder {
            // The member of before has gone; what it has said is still known, and what the newcomer says adds to that.
            person.holder = holder
            person.hasReceipts = true
        }
        if let wanted { try take(wanted, as: person) }
        let room = try isThere ? room(name, of: person) : roomToEnter(name, as: person, leavingOthers: false)
        if isThere { outcome(.leaves(person.session, room.id)) } else { sit(in: room, as: person) }
        follow(room, entry, as: person, isResumed: entry.session.map { _ in old != nil })
    }

    private func follow(_ room: Room, _ entry: Entry, as person: Person, isResumed: Bool?) {
        let (start, isReset) = start(entry.start, in: room)
        lastEntry += 1
        room.note(entry: lastEntry, of: person.session)
        let shown = room.row.prefix(limits.listed).map(\.author)
        let following = Following(
            view: view(of: room, for: person),
            author: person.author,
            epoch: room.epoch,
            head: room.head,
            members: Listing(shown, more: room.row.count - shown.count),
            isReset: isReset,
            isResumed: isResumed,
            start: start,
            entry: lastEntry
        )
        outcome(.follows(person.session, room.id, following))
    }

    /// The next page for one who is still on its way; of an entry that is no more, nothing.
    func page(after sequence: UInt64, entry: UInt64, of person: Person, in name: RoomName?) {
        guard let name, let room = rooms[name], room.seats[person.session]?.entry == entry else { return }
        let page = Page(room: room.name, after: sequence, head: room.head, entry: entry)
        outcome(.page(person.session, room.id, page))
    }

    func past(_ past: Past, for person: Person, in name: RoomName?) throws(Refusal) {
        let room = try room(name, of: person)
        outcome(.past(person.session, room.id, room.name, room.epoch, past, head: room.head))
    }

    /// Says something once, however often it is asked to.
    func post(
        _ text: CleanText,
        isAction: Bool,
        id: MessageID?,
        as person: Person,
        in name: RoomName?
    ) throws(Refusal) {
        let body = isAction ? Event.Body.acted(person.author, text) : .said(person.author, text)
        let room = try room(name, of: person)
        guard let id else {
            try checkLog()
            try say(body, as: person, in: name)
            return answer(person, .posted(room.head, in: room.id, again: false))
        }
        let label = person.author.label
        let message = Receipts.Message(by: person.holder, in: room, as: label, id, text, isAction: isAction)
        switch receipts.find(message, at: now) {
        case .again(let sequence): answer(person, .posted(sequence, in: room.id, again: true))
        case .reused: throw .idReused(id)
        case .new:
            try checkLog()
            try say(body, as: person, in: name, id: id)
            receipts.add(message, sequence: room.head, at: now)
            person.hasReceipts = true
            answer(person, .posted(room.head, in: room.id, again: false))
        }
    }

    // MARK: Taking over

    private func checkTakeover(of old: Person, by newcomer: Person) throws(Refusal) {
        guard newcomer.rooms.isEmpty, !newcomer.hasReceipts else { throw .notFresh }
        // A place is not handed on to where its room does not let in.
        for room in old.rooms where !room.mayModerate(old) && room.isBanned(newcomer, at: now) {
            throw .mayNotEnter(room.name)
        }
    }

    /// The member of before goes on on the newcomer's connection, and the newcomer has never been.
    private func takeOver(_ old: Person, by newcomer: Person) {
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
