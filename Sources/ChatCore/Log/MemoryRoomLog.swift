/// A log that keeps the newest events of each room in memory and promises nothing beyond the life of the process.
///
/// Messages, and who came and went, are kept apart, so that those who come and go do not push out what was said. Of each
/// there are ``capacity`` for a room at most, and of all rooms ``totalBytes``: a room that says something when that much is
/// taken forgets its own oldest.
///
/// Confined to its owner.
public final class MemoryRoomLog: RoomLog {
    /// How many messages, and how many other events, are kept of a room at most.
    public let capacity: Int
    /// How many bytes all rooms together may take, about.
    public let totalBytes: Int

    private var rooms: [RoomID: RoomMemory] = [:]
    private var bytes = 0

    public init(capacity: Int = 1000, totalBytes: Int = 64 * 1024 * 1024) {
        precondition(capacity >= 0, "a log of \(capacity) events")
        self.capacity = capacity
        self.totalBytes = totalBytes
    }

    public var retention: Retention { capacity > 0 ? .inMemory(messages: capacity) : .nothing }

    public func append(_ drafts: [Event.Draft], committed: @escaping @Sendable ([Event]) -> Void) {
        committed(drafts.map { append($0) })
    }

    public func events(in room: RoomID, after sequence: UInt64, limit: Int) -> [Event] {
        rooms[room]?.events(after: sequence, limit: limit) ?? []
    }

    public func messages(in room: RoomID, before sequence: UInt64, limit: Int) -> [Event] {
        rooms[room]?.messages(before: sequence, limit: limit) ?? []
    }

    public func forget(_ room: RoomID) {
        guard let memory = rooms.removeValue(forKey: room) else { return }
        bytes -= memory.bytes
    }

    private func append(_ draft: Event.Draft) -> Event {
        let before = rooms[draft.room]?.bytes ?? 0
        // In place: a copy of a room's memory for each event would cost more than all else here.
        let event = rooms[draft.room, default: RoomMemory()].append(draft, capacity: capacity)
        bytes += (rooms[draft.room]?.bytes ?? 0) - before
        while bytes > totalBytes, let freed = rooms[draft.room]?.forgetOldest(), freed > 0 { bytes -= freed }
        return event
    }
}

@available(*, unavailable)
extension MemoryRoomLog: Sendable {}
