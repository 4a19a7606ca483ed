/// What is said, to a room and to one alone.
extension ChatState {
    /// - Parameter body: ``Event/Body/said(_:_:)`` or ``Event/Body/acted(_:_:)``.
    func say(_ body: consuming Event.Body, as device: Device, in name: RoomName?, id: MessageID? = nil) throws(Refusal)
    {
        let room = try room(name, of: device)
        try checkSpeech(of: device, in: room)
        noteSpeech(of: device.person, in: room)
        tell(room, body, id: id)
    }

    func whisper(_ text: CleanText, to other: Person, from device: Device) throws(Refusal) {
        guard other !== device.person else { throw .thatIsYou }
        other.whisperer = device.author
        answer(other, .whisper(from: device.author, text))
        answer(device, .whispered(to: other.author, text, away: other.away))
    }

    func answer(_ text: CleanText, from device: Device) throws(Refusal) {
        guard let whisperer = device.person.whisperer else { throw .nobodyToAnswer }
        guard let other = numbers[whisperer.member] else { throw .hasLeft(whisperer) }
        try whisper(text, to: other, from: device)
    }

    func setAway(_ text: CleanText?, of device: Device) throws(Refusal) {
        try checkLength(text)
        device.person.away = text
        answer(device, text == nil ? .back : .away(text))
    }

    func ignore(_ whom: Whom, _ isIgnored: Bool, by device: Device) throws(Refusal) {
        let other = try find(whom)
        guard other !== device.person else { throw .thatIsYou }
        answer(device, .ignoring(other.author, isIgnored))
    }

    /// Whether it was laid on this one, by its number or its key.
    private func isItself(_ device: Device, under mute: Sanction) -> Bool {
        mute.member == device.member || mute.isOnKey(of: device, accounts[device.key])
    }

    /// Mutes and slow mode. Who moderates is exempt from slow mode.
    private func checkSpeech(of device: Device, in room: Room) throws(Refusal) {
        guard room.slow > 0 || !room.mutes.isEmpty else { return }
        let moderates = room.mayModerate(device)
        // One that was laid on somebody else at the same address or of the same name does not bind who moderates.
        if let mute = mute(of: device, in: room), !moderates || isItself(device, under: mute) {
            throw .muted(room.name, seconds: mute.left(at: now))
        }
        guard room.slow > 0, !moderates else { return }
        if let spoke = room.spoke[device.member] {
            let left = spoke.adding(seconds: room.slow).milliseconds - now.milliseconds
            guard left <= 0 else { throw .slow(room.name, seconds: Int(left + 999) / 1000) }
        }
        if room.spoke.updateValue(now, forKey: device.member) == nil { device.person.ties.insert(room.name) }
    }
}
