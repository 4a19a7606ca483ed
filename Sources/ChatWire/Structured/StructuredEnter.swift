public import ChatCore

/// The answer to `enter`.
public struct StructuredEnter: Sendable, Equatable {
    public var room: RoomName
    /// Who we are now.
    public var author: Author
    public var epoch: Epoch
    /// The newest number there is.
    public var head: UInt64
    /// Events with a greater number come now.
    public var after: UInt64
    /// How many events after what we had are not kept any more.
    public var missed: UInt64
    /// Whether numbers of before mean nothing.
    public var isReset: Bool
    /// Whether the member of before was taken over; nil if no session was given.
    public var isResumed: Bool?
    public var members: [Author]
    /// How many members are not listed.
    public var more: Int
    public var topic: CleanText?
    public var isPrivate: Bool
    /// One line in so many seconds; 0: no such rule.
    public var slow: Int
    public var isModerator: Bool
    public var keeps: Keeps

    public init(
        room: RoomName,
        author: Author,
        epoch: Epoch,
        head: UInt64,
        after: UInt64,
        missed: UInt64,
        isReset: Bool,
        isResumed: Bool?,
        members: [Author],
        more: Int,
        topic: CleanText?,
        isPrivate: Bool,
        slow: Int,
        isModerator: Bool,
        keeps: Keeps
    ) {
        self.room = room
        self.author = author
        self.epoch = epoch
        self.head = head
        self.after = after
        self.missed = missed
        self.isReset = isReset
        self.isResumed = isResumed
        self.members = members
        self.more = more
        self.topic = topic
        self.isPrivate = isPrivate
        self.slow = slow
        self.isModerator = isModerator
        self.keeps = keeps
    }

    /// How much a room keeps; nil: that is no limit.
    public struct Keeps: Sendable, Equatable {
        public var messages: Int?
        public var days: Int?
        /// Of all rooms together.
        public var bytes: Int?

        public init(messages: Int?, days: Int?, bytes: Int?) {
            self.messages = messages
            self.days = days
            self.bytes = bytes
        }
    }
}
