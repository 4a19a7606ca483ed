public import ChatCore

/// The chat for pipes, screen readers and terminals that can nothing: one line for each event, in words, with no escape
/// sequence, nothing merged, nothing wrapped, and nothing but the text to say what it is.
///
/// A line that a member has said begins with the time and the name, and no name holds a space or a colon; what a member
/// does begins with `~`, and our own lines with `*`. In front of the past stand date and time, whatever time is wanted:
/// there is nothing else to tell it by.
public struct PlainTranscript: Sendable {
    /// Its width is of no importance.
    public var look: Look
    public private(set) var own: Author?
    /// The rooms that one is in, in the order of entering.
    public private(set) var rooms: [RoomName] = []
    /// Who has whispered to the user last: whom `/reply` is for.
    public private(set) var lastWhisperer: Author?
    private var transcripts: [RoomName: Transcript] = [:]
    private var ignored = Ignored()
    private var lastTrouble: Trouble?

    public init(look: Look) {
        self.look = look
    }

    /// - Parameter room: where it happens; nil: nowhere, or that is of no importance.
    /// - Returns: lines without their ends: one for an event, several for a list, none for what is not shown.
    public mutating func lines(of happening: Happening, in room: RoomName? = nil, at now: Timestamp) -> [CleanText] {
        prepare(for: happening)
        if case .connectionLost(let reason) = happening {
            guard reason != lastTrouble else { return [] }
            lastTrouble = reason
        }
        let isAgain = room.map { transcripts[$0] != nil } ?? false
        if let room, happening.isOfRoom, !takes(happening, in: room) { return [] }
        if let author = happening.speaker, author.member != own?.member, ignores(author) { return [] }
        let texts = texts(of: happening, in: room, isAgain: isAgain, now)
        leave(happening, room)
        return texts.map { CleanText($0) }
    }

    /// Events of the past that were asked for.
    public func past(_ events: [(body: Event.Body, at: Timestamp)], at now: Timestamp) -> [CleanText] {
        events.filter { $0.body.isSpeech && !ignores($0.body.author) }.map { body, at in
            CleanText(stamp(at, now, isPast: true) + line(of: body))
        }
    }

    public func ignores(_ author: Author) -> Bool { ignored.contains(author) }

    // MARK: Parts

    /// A room begins when it is entered. What still comes of one that was left begins none, and is not shown.
    private mutating func takes(_ happening: Happening, in room: RoomName) -> Bool {
        var transcript = transcripts[room]
        if transcript == nil, case .entered = happening {
            transcript = Transcript(room: room)
            rooms.append(room)
        }
        guard let isNews = transcript?.accepts(happening, look, own: own) else { return false }
        transcripts[room] = transcript
        return isNews
    }

    private func texts(of happening: Happening, in room: RoomName?, isAgain: Bool, _ now: Timestamp) -> [String] {
        let wording = Wording(look: look, own: own)
        // Where there is but one room it need not be said.
        let place = room.map { rooms.count > 1 ? "\($0) " : "" } ?? ""
        switch happening {
        case .event(let body, let at, let sequence):
            let isPast = room.flatMap { transcripts[$0]?.isPast(sequence) } ?? false
            return [stamp(at, now, isPast: isPast) + place + line(of: body)]
        case .entered(let entry):
            guard !isAgain else { return ["* " + wording.back(entry).string] }
            return ["* " + look.texts.nowIn(entry.room).string] + wording.header(of: entry).map { "* " + $0.string }
        case .answer(.whisper(let author, let text)):
            return ["\(stamp(now, now))\(look.texts.whisper(from: author).string): \(text.string)"]
        case .answer(.whispered(let author, let text, let away)):
            let away = away.map { "* " + look.texts.away(author, $0).string }
            return ["\(stamp(now, now))\(look.texts.whisper(to: author).string): \(text.string)"]
                + (away.map { [$0] } ?? [])
        case .gap: return wording.sentences(of: happening, in: room).map { "* \(place)" + $0.string }
        default: return wording.sentences(of: happening, in: room).map { "* " + $0.string }
        }
    }

    private func line(of body: Event.Body) -> String {
        switch body {
        case .said(let author, let text): return "\(author.label): \(text.string)"
        case .acted(let author, let text): return "~ \(author.label) \(text.string)"
        default:
            let line = Wording(look: look, own: own).line(of: body, at: "")
            // The signs that stand for entering and leaving say nothing to who listens.
            return "* " + line.text.string
        }
    }

    /// The time; of other days than today, and of the past, the date as well.
    private func stamp(_ at: Timestamp, _ now: Timestamp, isPast: Bool = false) -> String {
        let date = look.date(at)
        if isPast { return "\(date.date) \(date.clock) " }
        let stamp = look.stamp(at, now: now)
        guard !stamp.isEmpty else { return "" }
        guard look.time == .clock, date.dayNumber != look.date(now).dayNumber else { return stamp + " " }
        return "\(date.date) \(stamp) "
    }

    private mutating func prepare(for happening: Happening) {
        switch happening {
        case .entered(let entry):
            own = entry.author
            lastTrouble = nil
        case .answer(.named(let author)): own = author
        case .event(.renamed(_, let after), _, _) where after.member == own?.member: own = after
        case .answer(.ignoring(let author, let isIgnored)): ignored.set(author, isIgnored)
        case .answer(.whisper(let author, _)): if !ignores(author) { lastWhisperer = author }
        default: break
        }
    }

    private mutating func leave(_ happening: Happening, _ room: RoomName?) {
        switch happening {
        case .answer(.outside(let room)), .answer(.removed(let room, _, _, _)): remove(room)
        case .notEntered: if let room { remove(room) }
        default: break
        }
    }

    private mutating func remove(_ room: RoomName) {
        transcripts[room] = nil
        rooms.removeAll { $0 == room }
    }
}
