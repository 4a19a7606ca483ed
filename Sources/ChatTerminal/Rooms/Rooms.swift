public import ChatCore

/// The rooms of one connection: which of them is on the screen, and what waits in the others.
///
/// It has no clock: `now` is the time on the user's wall, and may jump. All that it holds is bounded: ``mostKept`` lines
/// of each room that is not on the screen, and ``Roster/most`` members of each.
public struct Rooms: Sendable {
    /// How many lines of a room that is not shown are kept, to be shown when the user goes there; at times twice as many.
    public static let mostKept = 200
    /// After so many seconds without a key, the user is taken to be away.
    public static let patience = 5 * 60
    static let mostWhisperers = 20

    public var look: Look
    /// Who the user is; nil: nobody yet.
    public internal(set) var own: Author?
    /// The room on the screen.
    public internal(set) var shown: RoomName?

    var states: [State] = []
    /// For what belongs to no room.
    var common = Transcript(room: nil)
    private var ignored = Ignored()
    /// Who has whispered, or was whispered to, the last first.
    public internal(set) var whisperers: [Author] = []
    /// Who has whispered to the user last: whom `/reply` is for.
    public private(set) var lastWhisperer: Author?

    private var lastKey: Timestamp
    private var isFocused = true
    /// Whether the mark of what is unread is on the screen.
    private var isMarked = false
    private var lastTrouble: Trouble?

    /// One room, in the order of entering.
    struct State: Sendable {
        var transcript: Transcript
        var kept: [Kept] = []
        /// How many were not kept.
        var dropped = 0
        var unread = 0
        var mentions = 0
        var name: RoomName
    }

    /// What is shown later.
    struct Kept: Sendable {
        let happening: Happening
        let isUnread: Bool
    }

    public init(look: Look, now: Timestamp) {
        self.look = look
        lastKey = now
    }

    // MARK: What happens

    /// - Parameter room: where it happens; nil: nowhere, or that is of no importance.
    public mutating func take(_ happening: Happening, in room: RoomName? = nil, at now: Timestamp) -> Showing {
        prepare(for: happening)
        if case .connectionLost(let reason) = happening {
            guard reason != lastTrouble else { return Showing() }
            lastTrouble = reason
        }
        if let author = happening.speaker, ignores(author), author.member != own?.member {
            // Its number is taken all the same.
            if let index = index(of: room) { _ = states[index].transcript.accepts(happening, look, own: own) }
            return Showing()
        }
        guard let room, happening.isOfRoom else { return show(happening, in: room, at: now) }
        guard let index = place(of: room, for: happening) else { return Showing() }
        guard states[index].transcript.accepts(happening, look, own: own) else { return Showing() }
        let call = call(of: happening, in: states[index], now)
        guard room == shown else {
            keep(happening, isCall: call.rings, in: index)
            return call
        }
        let rows = mark(happening, at: now) + states[index].transcript.lines(of: happening, at: now, look, own: own)
        return Showing(rows: rows) + call
    }

    /// Shows what has waited to be told together. To be called at ``due``.
    public mutating func flush(at now: Timestamp) -> [StyledText] {
        guard let index = index(of: shown) else { return [] }
        return states[index].transcript.flush(at: now, look, own: own)
    }

    /// When ``flush(at:)`` has something to show; nil: never.
    public var due: Timestamp? { index(of: shown).flatMap { states[$0].transcript.due } }

    /// Events of the past that were asked for: `/history`, `/search`. They change nothing, and ring no bell.
    public func past(_ events: [(body: Event.Body, at: Timestamp)], at now: Timestamp) -> [StyledText] {
        let wording = Wording(look: look, own: own)
        var day = look.date(now).dayNumber
        return events.flatMap { body, at -> [StyledText] in
            guard body.isSpeech, !ignores(body.author) else { return [] }
            let date = look.date(at)
            let rule = date.dayNumber == day ? [] : wording.rule(StyledText(look.texts.day(date), .dim))
            day = date.dayNumber
            return rule + wording.rows(of: body, at: at, now: now)
        }
    }

    /// Something that the program itself says, without a time.
    public func rows(of words: String) -> [StyledText] {
        Wrapping(head: StyledText(), text: StyledText(words, .dim), width: max(1, look.width)).rows()
    }

    // MARK: The user

    /// A key was pressed. So the window is in front, whether or not the terminal has said so.
    public mutating func keyPressed(at now: Timestamp) {
        lastKey = now
        (isMarked, isFocused) = (false, true)
    }

    /// The terminal's window came to the front, or left it.
    public mutating func focusChanged(_ isFocused: Bool, at now: Timestamp) {
        self.isFocused = isFocused
        if isFocused { keyPressed(at: now) }
    }

    public mutating func ignore(_ author: Author, _ isIgnored: Bool) { ignored.set(author, isIgnored) }

    public func ignores(_ author: Author) -> Bool { ignored.contains(author) }

    private func isAway(at now: Timestamp) -> Bool { !isFocused || now > lastKey.adding(seconds: Self.patience) }

    // MARK: Parts

    /// What changes for all rooms.
    private mutating func prepare(for happening: Happening) {
        switch happening {
        case .entered(let entry):
            own = entry.author
            lastTrouble = nil
        case .answer(.named(let author)): own = author
        case .event(.renamed(_, let after), _, _) where after.member == own?.member: own = after
        case .answer(.ignoring(let author, let isIgnored)): ignore(author, isIgnored)
        case .answer(.whisper(let author, _)), .answer(.whispered(let author, _, _)):
            guard !ignores(author) else { return }
            whisperers.removeAll { $0.member == author.member }
            whisperers = Array(([author] + whisperers).prefix(Self.mostWhisperers))
            if case .answer(.whisper) = happening { lastWhisperer = author }
        default: break
        }
    }

    /// A room begins when it is entered. What still comes of one that was left begins none.
    private mutating func place(of room: RoomName, for happening: Happening) -> Int? {
        if let index = index(of: room) { return index }
        guard case .entered = happening else { return nil }
        return add(room)
    }

    /// What is of no room, or of whatever room is shown.
    private mutating func show(_ happening: Happening, in room: RoomName?, at now: Timestamp) -> Showing {
        var call = Showing()
        if case .answer(.whisper(let author, let text)) = happening {
            call = Showing(rings: true, alert: .init(title: look.texts.whisper(from: author).string, text: text))
        }
        let rows: [StyledText]
        if let index = index(of: shown) {
            rows =
                mark(happening, at: now)
                + states[index].transcript.lines(of: happening, in: room, at: now, look, own: own)
        } else {
            rows = common.lines(of: happening, in: room, at: now, look, own: own)
        }
        switch happening {
        case .notEntered: if let room { remove(room) }
        case .answer(.outside(let room)), .answer(.removed(let room, _, _, _)): remove(room)
        default: break
        }
        return Showing(rows: rows) + call
    }

    /// Whether somebody calls the user.
    private func call(of happening: Happening, in state: State, _ now: Timestamp) -> Showing {
        guard case .event(let body, _, let sequence) = happening, !state.transcript.isPast(sequence),
            body.author.member != own?.member, let text = body.text, let name = own?.name,
            !Mentions.ranges(of: name, in: text.string).isEmpty
        else { return Showing() }
        return Showing(rings: true, alert: .init(title: "\(body.author.label) \(state.name)", text: text))
    }

    /// The line above what came while the user was away.
    private mutating func mark(_ happening: Happening, at now: Timestamp) -> [StyledText] {
        guard !isMarked, let speaker = happening.speaker, speaker.member != own?.member, isAway(at: now) else {
            return []
        }
        isMarked = true
        return flush(at: now) + Wording(look: look, own: own).rule(StyledText(look.texts.unreadMark, .bold))
    }
}

extension Happening {
    /// Whoever says something with it.
    var speaker: Author? {
        switch self {
        case .event(let body, _, _) where body.isSpeech: body.author
        case .answer(.whisper(let author, _)), .answer(.invitation(_, let author)): author
        default: nil
        }
    }

    /// Whether it has its place among the room's events; all else is shown at once.
    var isOfRoom: Bool {
        switch self {
        case .event, .entered, .gap: true
        default: false
        }
    }
}
