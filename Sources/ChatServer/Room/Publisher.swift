internal import ChatCore

/// Makes publications of one commit's outcomes, with the log's help.
struct Publisher {
    private let log: any RoomLog
    private let limits: RoomLimits

    /// How many events one stretch has at most, and about how many bytes.
    private static let mostEvents = 256
    private static let mostBytes = 128 * 1024

    init(_ log: any RoomLog, _ limits: RoomLimits) {
        self.log = log
        self.limits = limits
    }

    /// - Parameter outcome: the next of the commit.
    func publish(_ outcome: Outcome) -> Publication? {
        switch outcome {
        case .event(let event): return .event(event)
        case .enters(let session, let room, let view, let head):
            let messages = log.messages(in: room, through: head, limit: limits.replay)
            return .enters(session, room, view, messages, log.retention)
        case .follows(let session, let room, let following):
            let first = self.first(of: following, in: room)
            let page = Page(room: following.view.name, after: first, head: following.head, entry: following.entry)
            let stretch = stretch(page, of: room)
            let missed = if case .after = following.start { stretch.leadingGap } else { UInt64(0) }
            return .follows(session, room, following, stretch, missed: missed, log.retention)
        case .page(let session, let room, let page): return .page(session, room, stretch(page, of: room))
        case .past(let session, let room, let name, let epoch, let past, let head):
            let (events, more) = self.past(past, of: room, head: head)
            return .past(session, name, epoch, events, more: more)
        case .leaves(let session, let room): return .leaves(session, room)
        case .answer(let session, let answer): return .answer(session, answer)
        case .replay(let session, let room, let count, let head):
            return .replay(session, log.messages(in: room, through: head, limit: count))
        case .done(let session): return .done(session)
        case .closes(let session): return .closes(session)
        case .ended(let room):
            log.forget(room)
            return nil
        }
    }

    /// After which number one starts who follows.
    private func first(of following: Following, in room: RoomID) -> UInt64 {
        switch following.start {
        case .after(let sequence): return sequence
        case .last(let count):
            let messages = log.messages(in: room, through: following.head, limit: count)
            return messages.first.map { $0.sequence - 1 } ?? following.head
        }
    }

    private func stretch(_ page: Page, of room: RoomID) -> Stretch {
        var events: [Event] = []
        var isLast = true
        if page.after < page.head {
            let range = page.after + 1...page.head
            events = log.oldest(in: room, range, limit: Self.mostEvents)
            isLast = events.count < Self.mostEvents
            let fitting = Self.fitting(events)
            if fitting < events.count {
                events.removeLast(events.count - fitting)
                isLast = false
            }
        }
        let through = isLast ? page.head : events.last?.sequence ?? page.head
        return Stretch(
            room: page.room,
            events: events,
            after: page.after,
            through: through,
            isLast: through == page.head,
            entry: page.entry
        )
    }

    private func past(_ past: Past, of room: RoomID, head: UInt64) -> ([Event], more: Bool) {
        let first = past.after.map { $0 &+ 1 } ?? 1
        let last = min(head, past.before.map { $0 > 0 ? $0 - 1 : 0 } ?? head)
        guard first > 0, first <= last else { return ([], false) }
        let isForward = past.after != nil && past.before == nil
        if isForward {
            let events = log.oldest(in: room, first...last, limit: past.limit + 1)
            let count = min(Self.fitting(events), past.limit)
            return (Array(events.prefix(count)), events.count > count)
        }
        let events = log.newest(in: room, first...last, limit: past.limit + 1)
        let count = min(Self.fitting(events.reversed()), past.limit)
        return (events.suffix(count), events.count > count)
    }

    /// How many of these go into one answer, but at least one.
    private static func fitting(_ events: some Sequence<Event>) -> Int {
        var (bytes, count) = (0, 0)
        for event in events {
            bytes += 256 + event.body.textBytes
            guard bytes <= mostBytes || count == 0 else { break }
            count += 1
        }
        return count
    }
}

extension Stretch {
    /// How many numbers are missing before its first event.
    var leadingGap: UInt64 { (events.first?.sequence ?? through + 1) - after - 1 }
}

extension Event.Body {
    /// About how long it is.
    fileprivate var textBytes: Int {
        switch self {
        case .said(_, let text), .acted(_, let text), .announced(let text, _): text.string.utf8.count
        case .topic(let text, _): text?.string.utf8.count ?? 0
        case .entered, .left, .renamed, .ruled: 0
        }
    }
}
