public import ChatCore
public import ChatWire

/// What a command has brought for its user alone. What everybody in the room is told comes as an event.
public enum CommandReply: Sendable, Equatable {
    case answer(Answer)
    /// Messages of a room's past, oldest first; none if there are none.
    case history([RoomEvent], of: RoomName)
    /// The same, of those in which something was looked for.
    case found([RoomEvent], of: RoomName)
    /// The four words of somebody's connections, as the server sees them: a set for each.
    case words(Author, [String])
    /// Nothing more than what everybody is told.
    case told
}
