internal import DequeModule

/// The newest events of one room, in memory. Confined to its log.
final class RoomMemory {
    /// About how much it takes.
    private(set) var bytes = 0

    private var lastSequence: UInt64 = 0
    private var messages = Deque<Event>()
    private var others = Deque<Event>()

    /// Numbers and keeps an event; of its kind at most `capacity` are kept.
    func append(_ draft: Event.Draft, capacity: Int) -> Event {
        lastSequence += 1
        let event = Event(room: draft.room, sequence: lastSequence, at: draft.at, body: draft.body)
        guard capacity > 0 else { return event }
        bytes += Self.size(of: event)
        if draft.body.isSpeech {
            messages.append(event)
            if messages.count > capacity { bytes -= Self.size(of: messages.removeFirst()) }
        } else {
            others.append(event)
            if others.count > capacity { bytes -= Self.size(of: others.removeFirst()) }
        }
        return event
    }

    /// Forgets the oldest event, but never the last one.
    /// - Returns: the bytes that this gave back.
    func forgetOldest() -> Int {
        guard messages.count + others.count > 1 else { return 0 }
        let isMessage = (messages.first?.sequence ?? .max) < (others.first?.sequence ?? .max)
        let size = Self.size(of: isMessage ? messages.removeFirst() : others.removeFirst())
        bytes -= size
        return size
    }

    /// The newest after number `sequence`, at most `limit`, oldest first.
    func events(after sequence: UInt64, limit: Int) -> [Event] {
        let limit = max(limit, 0)
        let wanted = [messages, others].flatMap { events in
            events.reversed().prefix(limit).prefix { $0.sequence > sequence }
        }
        return wanted.sorted { $0.sequence < $1.sequence }.suffix(limit)
    }

    /// The newest messages before number `sequence`, at most `limit`, oldest first.
    func messages(before sequence: UInt64, limit: Int) -> [Event] {
        Array(messages.reversed().drop { $0.sequence >= sequence }.prefix(max(limit, 0))).reversed()
    }

    /// The text, and about what the rest of an event takes: a name counts for 900 bytes where it may be the only use of
    /// its author, which has it three times.
    private static func size(of event: Event) -> Int {
        switch event.body {
        case .said(_, let text), .acted(_, let text), .announced(let text, _): text.string.utf8.count + 128
        case .topic(let text, _): (text?.string.utf8.count ?? 0) + 128
        case .entered, .left: 1024
        case .renamed: 2048
        case .ruled: 1024 + 400
        }
    }
}
