import DequeModule

/// A log that keeps the newest events in memory and promises nothing beyond the life of the process.
///
/// Confined to its owner.
public final class MemoryRoomLog: RoomLog {
    /// How many events are kept at most.
    public let capacity: Int

    private var kept = Deque<Event>()
    private var lastSequence: UInt64 = 0

    public init(capacity: Int = 1024) {
        precondition(capacity > 0, "a log that keeps nothing")
        self.capacity = capacity
    }

    public func append(_ drafts: [Event.Draft], committed: @escaping @Sendable ([Event]) -> Void) {
        var events: [Event] = []
        events.reserveCapacity(drafts.count)
        for draft in drafts {
            lastSequence += 1
            events.append(Event(sequence: lastSequence, at: draft.at, body: draft.body))
        }
        keep(events)
        committed(events)
    }

    public func events(after sequence: UInt64, limit: Int) -> [Event] {
        guard limit > 0, sequence < lastSequence else { return [] }
        // Numbers have no gaps, so the place of an event follows from its number.
        let wanted = Int(min(lastSequence - sequence, UInt64(min(limit, kept.count))))
        return Array(kept.suffix(wanted))
    }

    private func keep(_ events: [Event]) {
        let overflow = kept.count + events.count - capacity
        if overflow > 0 { kept.removeFirst(min(overflow, kept.count)) }
        kept.append(contentsOf: events.suffix(capacity))
    }
}

@available(*, unavailable)
extension MemoryRoomLog: Sendable {}
