internal import ChatCore

/// Events of a room's past for one who is on its way through them to the newest.
struct Stretch: Sendable {
    let room: RoomName
    /// Oldest first. Where numbers are missing, the log does not have them any more.
    let events: [Event]
    /// It begins after this number, and ends with that one.
    let after, through: UInt64
    /// Whether the next event of the room comes by itself.
    let isLast: Bool
    let entry: UInt64

    /// How many events one stretch has at most, and about how many bytes.
    static let mostEvents = 256
    static let mostBytes = 120 * 1024

    /// - Parameters:
    ///   - events: the oldest of the page that there are, ``mostEvents`` at most.
    ///   - isLate: they have come from the log when the room may have gone on already: so there is a stretch after them.
    init(_ page: Page, _ events: [Event], isLate: Bool) {
        let fitting = events.prefix(events.fitting(in: Self.mostBytes))
        let isAll = events.count < Self.mostEvents && fitting.count == events.count
        room = page.room
        self.events = Array(fitting)
        after = page.after
        through = isAll ? page.head : fitting.last?.sequence ?? page.head
        isLast = !isLate && through == page.head
        entry = page.entry
    }

    /// How many numbers are missing before its first event.
    var leadingGap: UInt64 { (events.first?.sequence ?? through + 1) - after - 1 }
}

extension Page {
    /// What to ask the log for; nil: nothing is missing.
    func question(of room: RoomID) -> LogQuestion? {
        after < head ? .oldest(room, after + 1...head, limit: Stretch.mostEvents) : nil
    }
}

extension Past {
    /// What to ask the log for: one event more than is wanted, to know whether there are more. nil: there cannot be any.
    func question(of room: RoomID, head: UInt64) -> LogQuestion? {
        let last = min(head, before.map { $0 > 0 ? $0 - 1 : 0 } ?? head)
        if !words.isEmpty { return .search(room, words: words, through: last, limit: limit + 1) }
        let first = after.map { $0 &+ 1 } ?? 1
        guard first > 0, first <= last else { return nil }
        return isForward
            ? .oldest(room, first...last, limit: limit + 1) : .newest(room, first...last, limit: limit + 1)
    }

    /// - Parameter found: the answer to ``question(of:head:)``.
    func answer(_ found: [Event]) -> (events: [Event], more: Bool) {
        if isForward {
            let count = min(found.fitting(in: Stretch.mostBytes), limit)
            return (Array(found.prefix(count)), found.count > count)
        }
        let count = min(found.reversed().fitting(in: Stretch.mostBytes), limit)
        return (found.suffix(count), found.count > count)
    }

    private var isForward: Bool { words.isEmpty && after != nil && before == nil }
}

extension Sequence<Event> {
    /// How many of these go into one answer of so many bytes, but at least one.
    fileprivate func fitting(in most: Int) -> Int {
        var (bytes, count) = (0, 0)
        for event in self {
            bytes += event.body.encodedBytes
            guard bytes <= most || count == 0 else { break }
            count += 1
        }
        return count
    }
}

extension Event.Body {
    /// How long it is at most as JSON, where a text may double and a name has up to 128 bytes.
    fileprivate var encodedBytes: Int {
        switch self {
        case .said(_, let text), .acted(_, let text), .announced(let text, _): 400 + 2 * text.string.utf8.count
        case .topic(let text, _): 400 + 2 * (text?.string.utf8.count ?? 0)
        case .entered, .left, .forgotten, .forgot: 400
        case .renamed: 600
        case .ruled: 1400
        }
    }
}
