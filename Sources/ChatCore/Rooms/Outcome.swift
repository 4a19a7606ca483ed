/// What commands make happen, in order. All that is said to anybody has its place in this one order.
///
/// What is large and rare is kept apart, so that events are small.
public enum Outcome: Sendable, Equatable {
    /// For everybody in the room, once the log has taken it.
    case event(Event)
    /// From here on the session reads this room.
    indirect case enters(SessionID, RoomID, RoomView, head: UInt64)
    /// From here on it reads this room from where it wants to, which may be long ago.
    indirect case follows(SessionID, RoomID, Following)
    /// So does one who is on its way from there to here.
    indirect case page(SessionID, RoomID, Page)
    /// From here on it does not.
    case leaves(SessionID, RoomID)
    /// For one session alone.
    indirect case answer(SessionID, Answer)
    /// Messages of a room's past, for one session alone: those up to number `head`, at most so many.
    indirect case replay(SessionID, RoomID, count: Int, head: UInt64)
    /// Events of a room's past, for one session alone: those up to number `head`.
    indirect case past(SessionID, RoomID, RoomName, Epoch, Past, head: UInt64)
    /// For one session alone: the words of these connections, which are all somebody's. Only the connections know them.
    indirect case verifies(SessionID, Author, of: [SessionID])
    /// All that came of one thing that this session asked for has been said; of speech, which is its own receipt, there is
    /// no such word.
    case done(SessionID)
    /// Nothing more is said to this session.
    case closes(SessionID)
    /// The room has ended, and what it has kept is to be forgotten.
    case ended(RoomID)
    /// The log is to know this.
    indirect case fact(Fact)
}

/// What one session is told.
public enum Answer: Sendable, Equatable {
    case aside(Aside)
    case refused(Refusal)
    /// It is on the server now, under this number.
    case welcome(MemberID, at: Timestamp)
    /// The same, for one who will be known by a secret.
    indirect case connected(MemberID, SessionSecret, KeyFingerprint?)
    /// Another connection has taken its place.
    case takenOver
    /// What it has posted has this number. `again`: and had been posted before.
    case posted(UInt64, in: RoomID, again: Bool)
    /// It is in no room now.
    case outside(RoomName)
    case named(Author)
    case rooms(Listing<RoomSummary>)
    case who(RoomName, Listing<MemberSummary>)
    case topic(RoomName, CleanText?)
    /// Something said to it alone.
    case whisper(from: Author, CleanText)
    /// What it said to somebody alone is on its way. `away`: what that one has left for such a case.
    case whispered(to: Author, CleanText, away: CleanText?)
    case away(CleanText?)
    case back
    case invitation(RoomName, from: Author)
    case invited(Author, RoomName)
    case ignoring(Author, Bool)
    case removed(RoomName, by: Author, reason: CleanText?, isBan: Bool)
    case bans(RoomName, Listing<BanSummary>)
    case banned(String, RoomName, seconds: Int?)
    case unbanned(String, RoomName)
    case reservation(Reservation)
    indirect case whois(Profile)
    indirect case status(OwnStatus)
    /// The words of its own connection, or of each of somebody's, as bits.
    case verification(Author, [UInt64])
    case released(Nickname)
    /// By which another key becomes one of its account.
    case code(LinkCode, seconds: Int)
    /// Its key is one of an account now, for which these names are kept.
    case linked([Nickname])
    indirect case admitted(KeyFingerprint, Nickname?)
    /// It may moderate everything from now on.
    case isOperator
    case announced(rooms: Int)
    /// What it has said is forgotten, in so many rooms.
    case forgot(rooms: Int)
}

/// The first of many, and how many more there are.
public struct Listing<Element: Sendable & Equatable>: Sendable, Equatable {
    public var shown: [Element]
    public var more: Int

    public init(_ shown: [Element], more: Int) {
        self.shown = shown
        self.more = more
    }
}

/// A room as one who enters finds it.
public struct RoomView: Sendable, Equatable {
    public let name: RoomName
    public let topic: CleanText?
    /// Everybody in it, the newcomer among them.
    public let members: Int
    public let isPrivate: Bool
    /// One line in so many seconds; 0: no such rule.
    public let slow: Int
    /// Whether the one who entered may moderate it.
    public let mayModerate: Bool
    /// Whether only those enter who are invited.
    public let isClosed: Bool

    public init(
        name: RoomName,
        topic: CleanText?,
        members: Int,
        isPrivate: Bool,
        slow: Int,
        mayModerate: Bool,
        isClosed: Bool
    ) {
        self.name = name
        self.topic = topic
        self.members = members
        self.isPrivate = isPrivate
        self.slow = slow
        self.mayModerate = mayModerate
        self.isClosed = isClosed
    }
}

/// A line of `/rooms`.
public struct RoomSummary: Sendable, Equatable {
    public let name: RoomName
    public let members: Int
    public let topic: CleanText?

    public init(name: RoomName, members: Int, topic: CleanText?) {
        (self.name, self.members, self.topic) = (name, members, topic)
    }
}

/// A line of `/who`.
public struct MemberSummary: Sendable, Equatable {
    public let author: Author
    /// Seconds since it entered the room, and since it last asked for anything.
    public let present, idle: Int
    public let away: CleanText?
    public let isModerator: Bool
    public let isOperator: Bool
    /// For operators' eyes only; nil for all others.
    public let address: Address?

    public init(
        author: Author,
        present: Int,
        idle: Int,
        away: CleanText?,
        isModerator: Bool,
        isOperator: Bool,
        address: Address?
    ) {
        self.author = author
        (self.present, self.idle, self.away) = (present, idle, away)
        (self.isModerator, self.isOperator, self.address) = (isModerator, isOperator, address)
    }
}

/// A line of `/bans`.
public struct BanSummary: Sendable, Equatable {
    /// What `/unban` takes.
    public let label: String
    public let by: String
    /// Seconds that are left; nil: for good.
    public let left: Int?
    public let reason: CleanText?

    public init(label: String, by: String, left: Int?, reason: CleanText?) {
        (self.label, self.by, self.left, self.reason) = (label, by, left, reason)
    }
}
