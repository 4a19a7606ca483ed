import ChatCore

/// What is remembered, and numbers for what goes into it.
final class NumberedEvents {
    let recent: RecentEvents
    private var heads: [RoomID: UInt64] = [:]

    init(_ recent: RecentEvents) {
        self.recent = recent
    }

    convenience init(messages: Int = 1000, bytes: Int = 64 * 1024 * 1024, isAll: Bool = true) {
        self.init(RecentEvents(RecentEvents.Limits(messages: messages, bytes: bytes), isAll: isAll))
    }

    /// - Returns: the events as they were numbered.
    @discardableResult
    func append(_ bodies: [(room: RoomID, body: Event.Body)]) -> [Event] {
        let events = bodies.map { room, body in
            heads[room, default: 0] += 1
            return Event(room: room, sequence: heads[room, default: 0], at: Timestamp(milliseconds: 0), body: body)
        }
        recent.append(events)
        return events
    }

    func forget(_ room: RoomID) {
        recent.forget(room)
        heads[room] = nil
    }

    func all(in room: RoomID) -> [Event] { recent.recall(.newest(room, 1 ... .max, limit: .max)) ?? [] }

    func messages(in room: RoomID, limit: Int = 10) -> [Event] {
        recent.recall(.messages(room, through: .max, limit: limit)) ?? []
    }
}
