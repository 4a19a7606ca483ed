public import ChatCore

/// What one room has to show, event after event, as lines that scroll away.
///
/// Nothing that was shown is shown anew: what is worth to be told together, such as who enters and leaves, waits a moment
/// (``flush(at:_:)``).
public struct Transcript: Sendable {
    /// nil: what is of no room.
    public let room: RoomName?
    public private(set) var roster = Roster()
    /// The newest event that was taken; 0: none.
    public private(set) var lastSequence: UInt64 = 0

    private var presence = Presence()
    /// All up to this number had happened when the room was entered first.
    private var pastHead: UInt64 = 0
    private var hasEntered = false
    /// Whether what is told on entering was shown.
    private(set) var hasShownEntry = false
    /// The day of the last line.
    private var day: Int?

    public init(room: RoomName?) {
        self.room = room
    }

    /// When ``flush(at:_:)`` has something to show; nil: never.
    public var due: Timestamp? { presence.due }

    /// Whether an event had happened before we came.
    func isPast(_ sequence: UInt64) -> Bool { sequence <= pastHead }

    // MARK: Taking

    /// Whether something is news, and to be shown by ``lines(of:at:_:own:)``. Call it once for each happening.
    mutating func accepts(_ happening: Happening, _ look: Look, own: Author?) -> Bool {
        switch happening {
        case .event(let body, let at, let sequence):
            guard sequence > lastSequence else { return false }
            lastSequence = sequence
            return accepts(body, at: at, isPast: sequence <= pastHead, look, own)
        case .entered(let entry):
            roster.replace(entry.members)
            if entry.isReset || !hasEntered {
                lastSequence = entry.after
                pastHead = entry.head
            }
            hasEntered = true
            return true
        default: return true
        }
    }

    private mutating func accepts(_ body: Event.Body, at: Timestamp, isPast: Bool, _ look: Look, _ own: Author?) -> Bool
    {
        if isPast {
            // The list of who is here now is newer.
            if body.isSpeech { roster.speak(body.author, at: at) }
            return body.isSpeech
        }
        switch body {
        case .entered(let author): roster.enter(author)
        case .left(let author): roster.leave(author)
        case .renamed(let before, let after): roster.rename(before, after)
        case .said(let author, _), .acted(let author, _): roster.speak(author, at: at)
        default: break
        }
        let isOwn = body.author.member == own?.member
        switch body {
        // That we are here we know.
        case .entered, .left: return !isOwn && !look.isQuiet
        case .renamed: return isOwn || !look.isQuiet
        case .said, .acted: return !isOwn || look.showsOwn
        default: return true
        }
    }

    // MARK: Showing

    /// The rows of something that was accepted, and before it those of what had waited.
    /// - Parameter other: the room that it is about, if it is another.
    mutating func lines(
        of happening: Happening,
        in other: RoomName? = nil,
        at now: Timestamp,
        _ look: Look,
        own: Author?
    ) -> [StyledText] {
        let wording = Wording(look: look, own: own)
        switch happening {
        case .event(.entered(let author), let at, _):
            presence.enter(author, at: at, now: now, isTold: tells(of: author, at))
            return []
        case .event(.left(let author), let at, _):
            presence.leave(author, at: at, now: now, isTold: tells(of: author, at))
            return []
        case .event(.renamed(let before, let after), let at, _)
        where after.member != own?.member && !tells(of: after, at) && !tells(of: before, at):
            return []
        case .event(let body, let at, _):
            return flush(at: now, look, own: own) + dated(at, now, look) + wording.rows(of: body, at: at, now: now)
        case .entered(let entry):
            defer { hasShownEntry = true }
            return flush(at: now, look, own: own) + wording.rows(of: entry, isAgain: hasShownEntry)
        default:
            return flush(at: now, look, own: own) + dated(now, now, look)
                + wording.rows(of: happening, in: other ?? room, now: now)
        }
    }

    /// Shows what has waited.
    mutating func flush(at now: Timestamp, _ look: Look, own: Author?) -> [StyledText] {
        guard let at = presence.at else { return [] }
        defer { presence = Presence() }
        let wording = Wording(look: look, own: own)
        let stamp = look.stamp(at, now: now)
        var rows = dated(at, now, look)
        if !presence.entered.isEmpty {
            rows += wording.wrapped(wording.presence("→", look.texts.entered(presence.entered), at: stamp))
        }
        if !presence.left.isEmpty {
            rows += wording.wrapped(wording.presence("←", look.texts.left(presence.left), at: stamp))
        }
        return rows
    }

    /// The rule about who is told of. In a small room that is everybody.
    /// - Parameter at: when it happened. All of it is by the server's clock, so that it is of no importance how wrong ours is.
    private func tells(of author: Author, _ at: Timestamp) -> Bool {
        roster.count <= Presence.smallRoom || roster.hasSpoken(author, within: Presence.memory, of: at)
    }

    /// A line with the date, where a day begins. That of today is known.
    private mutating func dated(_ at: Timestamp, _ now: Timestamp, _ look: Look) -> [StyledText] {
        let date = look.date(at)
        let last = day ?? look.date(now).dayNumber
        day = date.dayNumber
        guard date.dayNumber != last else { return [] }
        return Wording(look: look, own: nil).rule(StyledText(look.texts.day(date), .dim))
    }
}
