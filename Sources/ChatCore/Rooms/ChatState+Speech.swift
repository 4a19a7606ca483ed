/// What is said, to a room and to one alone.
extension ChatState {
    /// - Parameter body: ``Event/Body/said(_:_:)`` or ``Event/Body/acted(_:_:)``.
    func say(_ body: consuming Event.Body, as person: Person, in name: RoomName?, id: MessageID? = nil) throws(Refusal)
    {
        let room = try room(name, of: person)
        try checkSpeech(of: person, in: room)
        noteSpeech(of: person, in: room)
        tell(room, body, id: id)
    }

    func whisper(_ text: CleanText, to other: Person, from person: Person) throws(Refusal) {
        guard other !== person else { throw .thatIsYou }
        other.whisperer = person.author
        answer(other, .whisper(from: person.author, text))
        answer(person, .whispered(to: other.author, text, away: other.away))
    }

    func answer(_ text: CleanText, from person: Person) throws(Refusal) {
        guard let whisperer = person.whisperer else { throw .nobodyToAnswer }
        guard let other = numbers[whisperer.member] else { throw .hasLeft(whisperer) }
        try whisper(text, to: other, from: person)
    }

    func setAway(_ text: CleanText?, of person: Person) throws(Refusal) {
        try checkLength(text)
        person.away = text
        answer(person, text == nil ? .back : .away(text))
    }

    func ignore(_ whom: Whom, _ isIgnored: Bool, by person: Person) throws(Refusal) {
        let other = try find(whom)
        guard other !== person else { throw .thatIsYou }
        answer(person, .ignoring(other.author, isIgnored))
    }

    /// Mutes and slow mode. Who moderates is exempt from slow mode.
    private func checkSpeech(of person: Person, in room: Room) throws(Refusal) {
        guard room.slow > 0 || !room.mutes.isEmpty else { return }
        let moderates = room.mayModerate(person)
        // One that was laid on somebody else at the same address or of the same name does not bind who moderates.
        if let mute = room.mute(of: person, at: now), !moderates || mute.member == person.member {
            throw .muted(room.name, seconds: mute.left(at: now))
        }
        guard room.slow > 0, !moderates else { return }
        if let spoke = room.spoke[person.member] {
            let left = spoke.adding(seconds: room.slow).milliseconds - now.milliseconds
            guard left <= 0 else { throw .slow(room.name, seconds: Int(left + 999) / 1000) }
        }
        if room.spoke.updateValue(now, forKey: person.member) == nil { person.ties.insert(room.name) }
    }
}
