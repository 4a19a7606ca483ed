public import ChatCore
public import ChatWire

/// What a command has brought for its user alone. What everybody in the room is told comes as an event.
public enum CommandReply: Sendable, Equatable {
    case answer(Answer)
    /// Messages of a room's past, oldest first; none if there are none.
    /// - Parameter older: what to ask for to see older ones: those before this number; nil: there are none.
    case history([RoomEvent], of: RoomName, older: UInt64?)
    /// The same, of those in which something was looked for.
    case found([RoomEvent], of: RoomName, older: UInt64?)
    /// The four words of somebody's connections, as the server sees them: a set for each.
    case words(Author, [String])
    /// Nothing more than what everybody is told.
    case told
}
