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
    /// The room of the last event, which most often is that of the next.
    private var latest: (room: RoomID, memory: RoomMemory)?
    private var bytes = 0

    public init(capacity: Int = 1000, totalBytes: Int = 64 * 1024 * 1024) {
        precondition(capacity >= 0, "a log of \(capacity) events")
        self.capacity = capacity
        self.totalBytes = totalBytes
    }

    public var retention: Retention { capacity > 0 ? .inMemory(messages: capacity, bytes: totalBytes) : .nothing }

    public func append(_ events: [Event], committed: @escaping @Sendable () -> Void) {
        for event in events { append(event) }
        committed()
    }

    public func oldest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        rooms[room]?.oldest(range, limit: limit) ?? []
    }

    public func newest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        rooms[room]?.newest(range, limit: limit) ?? []
    }

    public func messages(in room: RoomID, through sequence: UInt64, limit: Int) -> [Event] {
        rooms[room]?.messages(through: sequence, limit: limit) ?? []
    }

    public func forget(_ room: RoomID) {
        guard let memory = rooms.removeValue(forKey: room) else { return }
        bytes -= memory.bytes
        if latest?.room == room { latest = nil }
    }

    private func append(_ event: Event) {
        guard capacity > 0 else { return }
        let memory = memory(of: event.room)
        let before = memory.bytes
        memory.append(event, capacity: capacity)
        bytes += memory.bytes - before
        while bytes > totalBytes {
            let freed = memory.forgetOldest()
            guard freed > 0 else { break }
            bytes -= freed
        }
    }

    private func memory(of room: RoomID) -> RoomMemory {
        if let latest, latest.room == room { return latest.memory }
        let memory = rooms[room] ?? RoomMemory()
        rooms[room] = memory
        latest = (room, memory)
        return memory
    }
}

@available(*, unavailable)
extension MemoryRoomLog: Sendable {}
