public import ChatCore

/// Going from room to room.
extension Rooms {
    /// A room as the list of rooms has it.
    public struct Entry: Sendable, Equatable {
        /// From 1, in the order of entering: Alt with that digit goes there, up to 9.
        public var number: Int
        public var name: RoomName
        public var unread: Int
        public var mentions: Int
        public var isShown: Bool

        public init(number: Int, name: RoomName, unread: Int = 0, mentions: Int = 0, isShown: Bool = false) {
            (self.number, self.name, self.unread, self.mentions) = (number, name, unread, mentions)
            self.isShown = isShown
        }
    }

    public var list: [Entry] {
        states.enumerated().map { index, state in
            Entry(
                number: index + 1,
                name: state.name,
                unread: state.unread,
                mentions: state.mentions,
                isShown: state.name == shown
            )
        }
    }

    /// The room that is so many further in the list, which goes round.
    public func room(_ steps: Int, from room: RoomName?) -> RoomName? {
        guard !states.isEmpty else { return nil }
        guard let index = index(of: room) else { return states.first?.name }
        let place = (index + steps % states.count + states.count) % states.count
        return states[place].name
    }

    /// - Parameter number: from 1.
    public func room(numbered number: Int) -> RoomName? {
        states.indices.contains(number - 1) ? states[number - 1].name : nil
    }

    public func roster(of room: RoomName?) -> Roster {
        index(of: room).map { states[$0].transcript.roster } ?? Roster()
    }

    /// The newest event of a room that was taken.
    public func lastSequence(of room: RoomName) -> UInt64? {
        index(of: room).map { states[$0].transcript.lastSequence }
    }

    /// Puts a room on the screen, and shows what has waited there.
    public mutating func show(_ room: RoomName, at now: Timestamp) -> [StyledText] {
        guard room != shown else { return [] }
        var rows = flush(at: now)
        shown = room
        let index = index(of: room) ?? add(room)
        let wording = Wording(look: look, own: own)
        let state = states[index]
        // What is told on entering begins with the same line.
        if state.transcript.hasShownEntry || state.dropped > 0 {
            rows += wording.rule(wording.styled("\(room)"))
        }
        if state.dropped > 0 {
            rows += wording.rows(of: .note("\(look.texts.notShown(state.dropped))"), in: room, now: now)
        }
        var isMarked = false
        for kept in state.kept {
            if kept.isUnread, !isMarked {
                isMarked = true
                rows += wording.rule(StyledText(look.texts.unreadMark(state.unread), .bold))
            }
            rows += states[index].transcript.lines(of: kept.happening, at: now, look, own: own)
        }
        (states[index].kept, states[index].dropped) = ([], 0)
        (states[index].unread, states[index].mentions) = (0, 0)
        return rows
    }

    // MARK: Parts

    func index(of room: RoomName?) -> Int? {
        guard let room else { return nil }
        return states.firstIndex { $0.name == room }
    }

    mutating func add(_ room: RoomName) -> Int {
        states.append(State(transcript: Transcript(room: room), name: room))
        return states.count - 1
    }

    /// One is in that room no more. Another one comes to the screen only when the user wants it.
    mutating func remove(_ room: RoomName) {
        states.removeAll { $0.name == room }
        if shown == room { shown = nil }
    }

    /// Puts aside what happens in a room that is not shown. Who comes and goes there is not told later.
    mutating func keep(_ happening: Happening, isCall: Bool, in index: Int) {
        if case .event(let body, _, let sequence) = happening {
            guard !body.isNews else { return }
            let isUnread =
                body.isSpeech && body.author.member != own?.member && !states[index].transcript.isPast(sequence)
            if isUnread { states[index].unread += 1 }
            if isCall { states[index].mentions += 1 }
            append(Kept(happening: happening, isUnread: isUnread), to: index)
        } else {
            append(Kept(happening: happening, isUnread: false), to: index)
        }
    }

    private mutating func append(_ kept: Kept, to index: Int) {
        states[index].kept.append(kept)
        // Taken away in portions: an array does not like to lose its first element again and again.
        guard states[index].kept.count >= 2 * Self.mostKept else { return }
        states[index].kept.removeFirst(Self.mostKept)
        states[index].dropped += Self.mostKept
    }
}
