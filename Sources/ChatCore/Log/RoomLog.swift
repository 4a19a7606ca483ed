/// Where the events of all rooms are kept, and what the server has to know again when it starts anew.
///
/// An event may be shown to somebody only after the log has taken it: nobody ever sees a line that a crash can unsay. What
/// is newest is looked up in ``RecentEvents`` first, so a log is only asked for what is older.
public protocol RoomLog: AnyObject, Sendable {
    /// What it promises to keep.
    var retention: Retention { get }

    /// Appends what has happened, all of it or nothing. In each room the numbers of events go on where those of the last
    /// ended. An empty batch asks whether the log can be written.
    ///
    /// - Parameter completion: called exactly once, on any thread, perhaps before this returns, when the batch is as
    ///   durable as this log promises, or has not been taken. The owner appends the next only after that, so that whatever
    ///   arrived during one commit is the next.
    func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void)

    /// Numbers of members up to this one are being given although it takes nothing. It should know of that when it is opened
    /// anew, as far as that is possible, and must not take time for it.
    func note(_ member: MemberID)

    /// Looks up events of the past; only those that it was given before the call have to be among them.
    ///
    /// - Parameter completion: called exactly once, on any thread, with the events, oldest first.
    func fetch(_ question: LogQuestion, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void)

    /// Lets go of everything; what has been appended is kept. Called once, when nothing is on its way any more.
    func close() async
}

/// Why a log could not do what it was asked, in words for whoever runs the server.
public struct LogFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// How much a log keeps.
public enum Retention: Sendable, Equatable {
    case nothing
    /// So many messages of a room at most, for as long as the room lives and the server runs, and so many bytes of all
    /// rooms together.
    case inMemory(messages: Int, bytes: Int)
    /// On disk: so many events of each room, none older than so many days, and so many bytes in all; nil: any number.
    case stored(events: Int?, days: Int?, bytes: Int?)

    /// Whether what was said outlives those who have heard it.
    public var isDurable: Bool { if case .stored = self { true } else { false } }
}
