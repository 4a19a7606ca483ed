public import ChatCore

/// What the user of a terminal is to see, whatever it was told by.
///
/// It is made of the core's own values, so that this target needs no network: who connects says in these words what came.
public enum Happening: Sendable, Equatable {
    /// An event of the room. Its number tells what has been shown already.
    case event(Event.Body, at: Timestamp, sequence: UInt64)
    /// The room was entered, or entered again after the connection was lost.
    case entered(RoomEntry)
    /// So many events of the room are lost, at this place.
    case gap(UInt64)
    /// The room could not be entered again: we are in it no more.
    case notEntered(reason: Trouble)
    /// What a command, or somebody's doing, has brought for us alone: whispers both ways, invitations, lists.
    case answer(Answer)
    /// So many messages for us alone were dropped, because we did not read.
    case unreadPrivate(Int)
    /// We have said nothing for so many seconds, and are closed.
    case silent(seconds: Int)
    case nameLost(Nickname, reason: Trouble)
    /// Whether a name that was taken is kept for our key, with the server's words.
    case nameKept(Nickname, Bool, CleanText)
    /// Our own word about something that could not be done.
    case refused(CleanText)
    /// What went wrong with the connection or at the server.
    case trouble(Trouble)
    /// Anything else for the user alone.
    case note(Sentence)
    /// The connection was lost, and is tried again. Each reason is told once.
    case connectionLost(reason: Trouble)
}

/// A room as one who has entered finds it.
public struct RoomEntry: Sendable, Equatable {
    public var room: RoomName
    /// Who we are now.
    public var author: Author
    /// The newest number there is; all up to it is of the past.
    public var head: UInt64
    /// Events with a greater number come now.
    public var after: UInt64
    /// How many events since the last one that we had are not kept any more.
    public var lost: UInt64
    /// Whether numbers of before mean nothing.
    public var isReset: Bool
    /// Some of those who are in it, and how many more there are.
    public var members: Listing<Author>
    public var topic: CleanText?
    public var isPrivate: Bool
    /// One line in so many seconds; 0: no such rule.
    public var slow: Int
    public var isModerator: Bool
    /// How many messages, and for how many days, the room keeps; nil: no such limit; 0: nothing is kept.
    public var keepsMessages, keepsDays: Int?

    public init(
        room: RoomName,
        author: Author,
        head: UInt64,
        after: UInt64,
        lost: UInt64 = 0,
        isReset: Bool = false,
        members: Listing<Author>,
        topic: CleanText? = nil,
        isPrivate: Bool = false,
        slow: Int = 0,
        isModerator: Bool = false,
        keepsMessages: Int? = nil,
        keepsDays: Int? = nil
    ) {
        (self.room, self.author, self.members, self.topic) = (room, author, members, topic)
        (self.head, self.after, self.lost, self.isReset) = (head, after, lost, isReset)
        (self.isPrivate, self.slow, self.isModerator) = (isPrivate, slow, isModerator)
        (self.keepsMessages, self.keepsDays) = (keepsMessages, keepsDays)
    }
}
