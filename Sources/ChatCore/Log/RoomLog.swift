/// Where the events of all rooms are kept, and where they get their numbers.
///
/// An event may be shown to somebody only after the log has taken it: nobody ever sees a line that a crash can unsay.
public protocol RoomLog: AnyObject {
    /// What it promises to keep of each room.
    var retention: Retention { get }

    /// Appends `drafts` in their order, as one commit.
    ///
    /// - Parameter committed: called exactly once, on any thread, perhaps before this returns, when the events are as
    ///   durable as this log promises. The owner appends the next batch only after that, so that whatever arrived during
    ///   one commit is the next.
    func append(_ drafts: [Event.Draft], committed: @escaping @Sendable ([Event]) -> Void)

    /// The newest events of a room that the log still has after number `sequence`, at most `limit`, oldest first.
    func events(in room: RoomID, after sequence: UInt64, limit: Int) -> [Event]

    /// The newest messages of a room that the log still has before number `sequence`, at most `limit`, oldest first:
    /// what was said, without who came and went.
    func messages(in room: RoomID, before sequence: UInt64, limit: Int) -> [Event]

    /// The room has ended: nothing of it is wanted any more.
    func forget(_ room: RoomID)
}

/// How much of a room a log keeps.
public enum Retention: Sendable, Equatable {
    case nothing
    /// So many messages at most, for as long as the room lives and the server runs.
    case inMemory(messages: Int)
}
