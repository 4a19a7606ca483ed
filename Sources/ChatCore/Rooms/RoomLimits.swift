/// What rooms may hold, and what is said in them. 0 stands for no limit where it says so.
public struct RoomLimits: Sendable, Equatable {
    /// Rooms at a time, the lobby among them; 0: any number.
    public var rooms = 10_000
    /// Rooms that one member may be in; 0: any number.
    public var roomsPerMember = 50
    /// Members of one room; 0: any number.
    public var members = 20_000
    /// How many messages a newcomer is shown; 0: none.
    public var replay = 20
    /// How long a room outlives its last member, in seconds.
    public var afterlife = 600
    /// How many rooms that are empty are kept for what was said there; they do not count as ``rooms``.
    public var asleep = 100_000
    /// The longest topic, away text and reason, in bytes of UTF-8.
    public var note = 400
    /// Bans and mutes of one room.
    public var sanctions = 1000
    /// Invitations of one room that wait to be used.
    public var invitations = 1000
    /// Names that are kept for somebody, and who may come in.
    public var accounts = AccountRules()
    /// How many rooms, members or bans one answer lists.
    public var listed = 100

    public init() {}

    func isReached(_ limit: Int, by count: Int) -> Bool { limit > 0 && count >= limit }
}
