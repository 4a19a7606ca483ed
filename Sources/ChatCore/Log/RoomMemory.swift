internal import DequeModule

/// The newest events of one room, in memory. Confined to its owner.
final class RoomMemory {
    /// About how much it takes.
    private(set) var bytes = 0

    private var messages = Deque<Event>()
    private var others = Deque<Event>()
    /// From this number on nothing of that kind is missing.
    private var messagesFrom, othersFrom: UInt64

    /// - Parameter first: the number of the first event that it will be given.
    init(from first: UInt64) {
        (messagesFrom, othersFrom) = (first, first)
    }

    /// Keeps an event; of its kind at most `capacity` are kept.
    func append(_ event: Event, capacity: Int) {
        bytes += Self.size(of: event)
        if event.body.isSpeech {
            messages.append(event)
            if messages.count > capacity { forgetFirstMessage() }
        } else {
            others.append(event)
            if others.count > capacity { forgetFirstOther() }
        }
    }

    /// Forgets the oldest event, but never the last one.
    /// - Returns: the bytes that this gave back.
    func forgetOldest() -> Int {
        guard messages.count + others.count > 1 else { return 0 }
        let before = bytes
        let isMessage = (messages.first?.sequence ?? .max) < (others.first?.sequence ?? .max)
        if isMessage { forgetFirstMessage() } else { forgetFirstOther() }
        return before - bytes
    }

    /// What this member has said with numbers in the range is forgotten, but not that it was said.
    func forget(_ member: MemberID, _ range: ClosedRange<UInt64>) {
        for place in messages.indices {
            let event = messages[place]
            guard event.body.author.member == member, range.contains(event.sequence) else { continue }
            bytes -= Self.size(of: event)
            messages[place] = event.forgotten
            bytes += Self.size(of: messages[place])
        }
    }

    // MARK: Questions

    /// Whether nothing that the answer should hold has been forgotten here, or was never known.
    func knowsAll(of question: LogQuestion) -> Bool {
        let from = max(messagesFrom, othersFrom)
        switch question {
        case .oldest(_, let range, _): return range.lowerBound >= from
        case .newest(_, let range, let limit):
            return range.lowerBound >= from
                || range.upperBound >= from && newest(from...range.upperBound, limit: limit).count >= max(limit, 0)
        case .messages(_, let sequence, let limit):
            return messagesFrom <= 1 || messages(through: sequence, limit: limit).count >= max(limit, 0)
        case .since(_, let count, let sequence, _):
            let first = messages(through: sequence, limit: count)
            guard first.count >= max(count, 0) else { return from <= 1 }
            return first.first.map { $0.sequence >= from } ?? true
        case .search: return messagesFrom <= 1
        }
    }

    func answer(_ question: LogQuestion) -> [Event] {
        switch question {
        case .oldest(_, let range, let limit): return oldest(range, limit: limit)
        case .newest(_, let range, let limit): return newest(range, limit: limit)
        case .messages(_, let sequence, let limit): return messages(through: sequence, limit: limit)
        case .since(_, let count, let sequence, let limit):
            guard let first = messages(through: sequence, limit: count).first else { return [] }
            return oldest(first.sequence...sequence, limit: limit)
        case .search(_, let words, let sequence, let limit):
            let search = WordSearch(words)
            let found = messages[..<place(in: messages, after: sequence)].reversed().lazy.filter(search.finds)
            return found.prefix(max(limit, 0)).reversed()
        }
    }

    private func oldest(_ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        let wanted = [messages, others].flatMap { events in
            events[events.place(of: range.lowerBound)...].prefix(max(limit, 0)).prefix {
                $0.sequence <= range.upperBound
            }
        }
        return Array(wanted.sorted { $0.sequence < $1.sequence }.prefix(max(limit, 0)))
    }

    private func newest(_ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        let wanted = [messages, others].flatMap { events in
            events[..<place(in: events, after: range.upperBound)].suffix(max(limit, 0)).drop {
                $0.sequence < range.lowerBound
            }
        }
        return wanted.sorted { $0.sequence < $1.sequence }.suffix(max(limit, 0))
    }

    private func messages(through sequence: UInt64, limit: Int) -> [Event] {
        Array(messages[..<place(in: messages, after: sequence)].suffix(max(limit, 0)))
    }

    private func place(in events: Deque<Event>, after sequence: UInt64) -> Int {
        sequence == .max ? events.endIndex : events.place(of: sequence + 1)
    }

    // MARK: Forgetting

    private func forgetFirstMessage() {
        let event = messages.removeFirst()
        bytes -= Self.size(of: event)
        messagesFrom = event.sequence + 1
    }

    private func forgetFirstOther() {
        let event = others.removeFirst()
        bytes -= Self.size(of: event)
        othersFrom = event.sequence + 1
    }

    /// The text, and about what the rest of an event takes: a name counts for 900 bytes where it may be the only use of
    /// its author, which has it three times.
    private static func size(of event: Event) -> Int {
        (event.id == nil ? 0 : 96) + size(of: event.body)
    }

    private static func size(of body: Event.Body) -> Int {
        switch body {
        case .said(_, let text), .acted(_, let text), .announced(let text, _): text.string.utf8.count + 128
        case .topic(let text, _): (text?.string.utf8.count ?? 0) + 128
        case .forgotten: 128
        case .entered, .left, .forgot: 1024
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
