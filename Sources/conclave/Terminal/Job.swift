import ChatCore

/// What the worker of a chat does, one after the other.
enum Job: Sendable {
    /// Something that was typed, and what was so then.
    case text(String, Moment)
    /// What comes now is for this room, to which its user has gone.
    case target(RoomName)
}
