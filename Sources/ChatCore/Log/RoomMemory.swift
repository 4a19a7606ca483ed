internal import DequeModule

/// The newest events of one room, in memory. Confined to its log.
final class RoomMemory {
    /// About how much it takes.
    private(set) var bytes = 0

    private var messages = Deque<Event>()
    private var others = Deque<Event>()

    /// Keeps an event; of its kind at most `capacity` are kept.
    func append(_ event: Event, capacity: Int) {
        bytes += Self.size(of: event)
        if event.body.isSpeech {
            messages.append(event)
            if messages.count > capacity { bytes -= Self.size(of: messages.removeFirst()) }
        } else {
            others.append(event)
            if others.count > capacity { bytes -= Self.size(of: others.removeFirst()) }
        }
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

    /// The oldest with numbers in `range`, at most `limit`, oldest first.
    func oldest(_ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        let wanted = [messages, others].flatMap { events in
            events[events.place(of: range.lowerBound)...].prefix(limit).prefix { $0.sequence <= range.upperBound }
        }
        return Array(wanted.sorted { $0.sequence < $1.sequence }.prefix(limit))
    }

    /// The newest with numbers in `range`, at most `limit`, oldest first.
    func newest(_ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        let wanted = [messages, others].flatMap { events in
            let end = range.upperBound == .max ? events.endIndex : events.place(of: range.upperBound + 1)
            return events[..<end].suffix(limit).drop { $0.sequence < range.lowerBound }
        }
        return wanted.sorted { $0.sequence < $1.sequence }.suffix(limit)
    }

    /// The newest messages up to number `sequence`, at most `limit`, oldest first.
    func messages(through sequence: UInt64, limit: Int) -> [Event] {
        let end = sequence == .max ? messages.endIndex : messages.place(of: sequence + 1)
        return Array(messages[..<end].suffix(max(limit, 0)))
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

extension Deque<Event> {
    /// The place of the first with this number or a greater one.
    fileprivate func place(of sequence: UInt64) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
