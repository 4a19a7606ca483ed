/// Where the events of all rooms are kept.
///
/// An event may be shown to somebody only after the log has taken it: nobody ever sees a line that a crash can unsay.
public protocol RoomLog: AnyObject {
    /// What it promises to keep.
    var retention: Retention { get }

    /// Appends events in their order, as one commit. In each room their numbers go on where those of the last ended.
    ///
    /// - Parameter committed: called exactly once, on any thread, perhaps before this returns, when the events are as
    ///   durable as this log promises. The owner appends the next batch only after that, so that whatever arrived during
    ///   one commit is the next.
    func append(_ events: [Event], committed: @escaping @Sendable () -> Void)

    /// The oldest events of a room that the log still has with numbers in `range`, at most `limit`, oldest first.
    func oldest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event]

    /// The newest of them, at most `limit`, oldest first.
    func newest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event]

    /// The newest messages of a room that the log still has up to number `sequence`, at most `limit`, oldest first:
    /// what was said, without who came and went.
    func messages(in room: RoomID, through sequence: UInt64, limit: Int) -> [Event]

    /// The room has ended: nothing of it is wanted any more.
    func forget(_ room: RoomID)
}

/// How much a log keeps.
public enum Retention: Sendable, Equatable {
    case nothing
    /// So many messages of a room at most, for as long as the room lives and the server runs, and so many bytes of all
    /// rooms together.
    case inMemory(messages: Int, bytes: Int)
}
