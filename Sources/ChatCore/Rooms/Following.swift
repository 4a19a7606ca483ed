/// A room as one who keeps count enters it.
public struct Following: Sendable, Equatable {
    public let view: RoomView
    /// Who it is now.
    public let author: Author
    public let epoch: Epoch
    /// The newest number there is, that of its own entering included.
    public let head: UInt64
    /// The first of those who are in the room, by number.
    public let members: Listing<Author>
    /// Whether the number that it had seen means nothing here.
    public let isReset: Bool
    /// Whether it took the place that it asked for; nil: it asked for none.
    public let isResumed: Bool?
    public let start: Start
    /// This entry among all, by which it asks for more pages.
    public let entry: UInt64

    public enum Start: Sendable, Equatable {
        case after(UInt64)
        /// The last so many messages.
        case last(Int)
    }
}

/// The next stretch of a room's events for one who is on its way through them: those after one number, up to another.
public struct Page: Sendable, Equatable {
    public let room: RoomName
    public let after: UInt64
    public let head: UInt64
    public let entry: UInt64

    public init(room: RoomName, after: UInt64, head: UInt64, entry: UInt64) {
        self.room = room
        self.after = after
        self.head = head
        self.entry = entry
    }
}
