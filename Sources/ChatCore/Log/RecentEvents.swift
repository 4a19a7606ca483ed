/// The newest events of each room, in memory: what the server is asked for most is answered from here, at once.
///
/// Messages, and who came and went, are kept apart, so that those who come and go do not push out what was said. Of each
/// there are so many for a room at most, and of all rooms so many bytes: a room that says something when that much is
/// taken forgets its own oldest.
///
/// Confined to its owner.
public final class RecentEvents {
    public struct Limits: Sendable, Equatable {
        /// How many messages, and how many other events, are remembered of a room at most.
        public var messages: Int
        /// How many bytes all rooms together may take, about.
        public var bytes: Int

        public init(messages: Int = 1000, bytes: Int = 64 * 1024 * 1024) {
            precondition(messages >= 0 && bytes >= 0, "\(messages) events, \(bytes) bytes")
            (self.messages, self.bytes) = (messages, bytes)
        }
    }

    private let limits: Limits
    /// Whether there is nothing older anywhere.
    private let isAll: Bool
    private var rooms: [RoomID: RoomMemory] = [:]
    /// The room of the last event, which most often is that of the next.
    private var latest: (room: RoomID, memory: RoomMemory)?
    private var bytes = 0

    /// - Parameter isAll: no log keeps what is forgotten here.
    public init(_ limits: Limits = Limits(), isAll: Bool) {
        self.limits = limits
        self.isAll = isAll
    }

    public func append(_ events: [Event]) {
        for event in events { append(event) }
    }

    /// - Returns: nil if there may be more to it than is remembered, and the log has to be asked.
    public func recall(_ question: LogQuestion) -> [Event]? {
        guard question.limit > 0 else { return [] }
        guard let memory = rooms[question.room] else { return isAll ? [] : nil }
        return isAll || memory.knowsAll(of: question) ? memory.answer(question) : nil
    }

    /// What a member has said with numbers in this range is to be forgotten.
    public func forget(_ member: MemberID, in room: RoomID, _ range: ClosedRange<UInt64>) {
        guard let memory = rooms[room] else { return }
        let before = memory.bytes
        memory.forget(member, range)
        bytes += memory.bytes - before
    }

    /// The room has ended: nothing of it is wanted any more.
    public func forget(_ room: RoomID) {
        guard let memory = rooms.removeValue(forKey: room) else { return }
        bytes -= memory.bytes
        if latest?.room == room { latest = nil }
    }

    private func append(_ event: Event) {
        guard limits.messages > 0 else { return }
        let memory = memory(for: event)
        let before = memory.bytes
        memory.append(event, capacity: limits.messages)
        bytes += memory.bytes - before
        while bytes > limits.bytes {
            let freed = memory.forgetOldest()
            guard freed > 0 else { break }
            bytes -= freed
        }
    }

    private func memory(for event: Event) -> RoomMemory {
        if let latest, latest.room == event.room { return latest.memory }
        let memory = rooms[event.room] ?? RoomMemory(from: event.sequence)
        rooms[event.room] = memory
        latest = (event.room, memory)
        return memory
    }
}

@available(*, unavailable)
extension RecentEvents: Sendable {}
