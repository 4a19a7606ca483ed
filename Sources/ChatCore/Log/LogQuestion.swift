/// What a log may be asked for. The answer is oldest first, and has at most `limit` events.
public enum LogQuestion: Sendable, Equatable {
    /// The oldest events with numbers in a range.
    case oldest(RoomID, ClosedRange<UInt64>, limit: Int)
    /// The newest of them.
    case newest(RoomID, ClosedRange<UInt64>, limit: Int)
    /// The newest messages up to a number: what was said, without who came and went.
    case messages(RoomID, through: UInt64, limit: Int)
    /// The oldest events up to a number that are not older than the newest so many messages; none, if there are no
    /// messages.
    case since(RoomID, messages: Int, through: UInt64, limit: Int)
    /// The newest messages up to a number in which all these words are found, however they are written.
    case search(RoomID, words: [String], through: UInt64, limit: Int)

    public var room: RoomID {
        switch self {
        case .oldest(let room, _, _), .newest(let room, _, _), .messages(let room, _, _), .since(let room, _, _, _),
            .search(let room, _, _, _):
            room
        }
    }

    public var limit: Int {
        switch self {
        case .oldest(_, _, let limit), .newest(_, _, let limit), .messages(_, _, let limit), .since(_, _, _, let limit),
            .search(_, _, _, let limit):
            limit
        }
    }
}
