import ChatCore

/// A room's log as plainly as can be.
struct Model {
    var events: [Event] = []

    func answer(_ question: LogQuestion) -> [Event] {
        let limit = max(0, question.limit)
        switch question {
        case .oldest(_, let range, _): return Array(events.filter { range.contains($0.sequence) }.prefix(limit))
        case .newest(_, let range, _): return events.filter { range.contains($0.sequence) }.suffix(limit)
        case .messages(_, let through, _): return messages(through).suffix(limit)
        case .since(_, let count, let through, _):
            guard let first = messages(through).suffix(max(0, count)).first?.sequence else { return [] }
            return Array(events.filter { $0.sequence >= first && $0.sequence <= through }.prefix(limit))
        case .search(_, let words, let through, _):
            return messages(through).filter(WordSearch(words).finds).suffix(limit)
        }
    }

    mutating func forget(_ member: MemberID, _ range: ClosedRange<UInt64>) {
        events = events.map { event in
            event.body.author.member == member && range.contains(event.sequence) ? event.forgotten : event
        }
    }

    private func messages(_ through: UInt64) -> [Event] {
        events.filter { $0.sequence <= through && $0.body.isSpeech }
    }
}

extension Invention {
    mutating func question(_ room: RoomID, head: Int) -> LogQuestion {
        let (one, other) = (number(0...head + 3), number(0...head + 3))
        let range = UInt64(min(one, other))...(isTrue() ? UInt64(max(one, other)) : .max)
        let limit = [0, 1, 2, 7, 100, .max][number(0...5)]
        let through = isTrue() ? UInt64(one) : .max
        switch number(0...4) {
        case 0: return .oldest(room, range, limit: limit)
        case 1: return .newest(room, range, limit: limit)
        case 2: return .messages(room, through: through, limit: limit)
        case 3: return .since(room, messages: number(0...20), through: through, limit: limit)
        default:
            return .search(room, words: (0...number(0...2)).map { _ in word() }, through: through, limit: limit)
        }
    }
}
