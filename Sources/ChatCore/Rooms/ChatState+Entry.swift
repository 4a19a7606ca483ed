/// Members that are known by a secret and keep count of what they have seen.
extension ChatState {
    func connect(_ session: SessionID, from address: Address?) {
        guard people[session] == nil, let person = admit(session, from: address) else { return }
        let secret = SessionSecret(using: &random)
        person.secret = secret
        secrets[secret] = person
        answer(person, .connected(person.member, secret))
    }

    /// Enters a room, or only wants its events from another place on if it is there already.
    func enter(_ name: RoomName, _ entry: Entry, as newcomer: Person) throws(Refusal) {
        let (person, isResumed) = try resume(entry.session, as: newcomer)
        if let wanted = entry.name, wanted.text != person.author.label { try take(wanted, as: person) }
        let room: Room
        if let own = rooms[name], own.seats[person.session] != nil {
            room = own
            outcome(.leaves(person.session, room.id))
        } else {
            room = try roomToEnter(name, as: person, leavingOthers: false)
            sit(in: room, as: person)
        }
        let (start, isReset) = start(entry.start, in: room)
        lastEntry += 1
        room.seats[person.session]?.entry = lastEntry
        let following = Following(
            view: view(of: room, for: person),
            author: person.author,
            epoch: room.epoch,
            head: room.head,
            members: roster(of: room),
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
            try say(body, as: person, in: name)
            return answer(person, .posted(room.head, again: false))
        }
        let message = Receipts.Message(
            holder: person.holder,
            room: room.name,
            life: room.id,
            label: person.author.label,
            id: id,
            text: text,
            isAction: isAction
        )
        switch receipts.find(message, at: now) {
        case .again(let sequence): answer(person, .posted(sequence, again: true))
        case .reused: throw .idReused(id)
        case .new:
            try say(body, as: person, in: name, id: id)
            receipts.add(message, sequence: room.head, at: now)
            person.hasReceipts = true
            answer(person, .posted(room.head, again: false))
        }
    }

    // MARK: Taking over

    /// - Returns: who it is now, and whether it has taken the place that it asked for.
    private func resume(_ secret: SessionSecret?, as newcomer: Person) throws(Refusal) -> (Person, Bool?) {
        guard let secret else { return (newcomer, nil) }
        if let old = secrets[secret] {
            if old === newcomer { return (old, true) }
            guard newcomer.rooms.isEmpty else { throw .notFresh }
            takeOver(old, by: newcomer)
            return (old, true)
        }
        if let holder = departed.holder(of: secret), holder != newcomer.holder {
            // What it has said by itself would be forgotten.
            guard newcomer.rooms.isEmpty, !newcomer.hasReceipts else { throw .notFresh }
            newcomer.holder = holder
            newcomer.hasReceipts = true
        }
        return (newcomer, false)
    }

    /// The member of before goes on on the newcomer's connection, and the newcomer has never been.
    private func takeOver(_ old: Person, by newcomer: Person) {
        forget(newcomer)
        answer(old, .takenOver)
        outcome(.closes(old.session))
        people[old.session] = nil
        for room in old.rooms {
            guard var seat = room.seats.removeValue(forKey: old.session) else { continue }
            seat.entry = nil
            room.seats[newcomer.session] = seat
        }
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

    private func roster(of room: Room) -> Listing<Author> {
        var first = Smallest<MemberID, Author>(limits.listed)
        for seat in room.seats.values { first.add(seat.person.author, key: seat.person.member) }
        let shown = first.sorted
        return Listing(shown, more: room.seats.count - shown.count)
    }
}
