/// Where a room's events are kept, and where they get their numbers.
///
/// An event may be shown to somebody only after the log has taken it: nobody ever sees a line that a crash can unsay.
public protocol RoomLog: AnyObject {
    /// Appends `drafts` in their order, as one commit.
    ///
    /// - Parameter committed: called exactly once, on any thread, perhaps before this returns, when the events are as
    ///   durable as this log promises. The owner appends the next batch only after that, so that whatever arrived during
    ///   one commit is the next.
    func append(_ drafts: [Event.Draft], committed: @escaping @Sendable ([Event]) -> Void)

    /// The newest events that the log still has after number `sequence`, at most `limit`, oldest first.
    func events(after sequence: UInt64, limit: Int) -> [Event]
}
