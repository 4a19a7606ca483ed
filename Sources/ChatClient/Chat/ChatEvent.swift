public import ChatCore
public import ChatWire

/// What a client's user is told without having asked.
public enum ChatEvent: Sendable, Equatable {
    /// Something has happened in a room. Each is told once, in the order of its room.
    case room(RoomEvent)
    /// Somebody has spoken to us alone.
    case whispered(from: Author, CleanText)
    /// So many events after number `after` are lost to us.
    case gap(RoomName, after: UInt64, missed: UInt64)
    case notice(PersonalNotice)
    /// A room was entered, or entered again after the connection was lost. If it `isReset`, the numbers of before mean
    /// nothing, and we go on from its newest event.
    case entered(StructuredEnter)
    /// A room that we were in could not be entered again: we are in it no more.
    case notEntered(RoomName, StructuredError)
    /// After the connection was lost we are somebody new, and could not have our name again.
    case nameLost(Nickname, StructuredError)
    case state(ConnectionState)
}

/// How a client's connection is doing.
public enum ConnectionState: Sendable, Equatable {
    case connecting
    /// The server has welcomed us; the rooms we were in are being entered again.
    case connected
    /// After that time it is tried again.
    case waiting(Duration, because: ClientError)
    /// It is not tried again: the last event there is.
    case failed(ClientError)
    /// We have left: the last event there is.
    case closed
}
