public import ChatCore

/// One line of what a server says in conclave/1.
public enum StructuredFrame: Sendable, Equatable {
    case welcome(StructuredWelcome)
    case answer(StructuredAnswer)
    case event(RoomEvent)
    /// Somebody has spoken to us alone.
    case whispered(from: Author, CleanText)
    /// So many events after number `after` are lost.
    case gap(RoomName, after: UInt64, missed: UInt64)
    case notice(PersonalNotice)
    case closing(Closing)
    /// From a newer server.
    case unknown(event: String)
}

/// The first thing a server says.
public struct StructuredWelcome: Sendable, Equatable {
    public var server: String
    public var member: MemberID
    public var session: SessionSecret
    /// Where we come from, as the server sees it.
    public var address: String
    /// The key that we have shown, as the server saw it; nil: none.
    public var key: KeyFingerprint?
    public var limits: Limits
    /// The key that the server is going to have next; nil if it does not say.
    public var nextPin: NextPin?

    public init(
        server: String,
        member: MemberID,
        session: SessionSecret,
        address: String,
        key: KeyFingerprint? = nil,
        limits: Limits
    ) {
        self.server = server
        self.member = member
        self.session = session
        self.address = address
        self.key = key
        self.limits = limits
    }

    /// What a client has to keep to. 0 stands for any number where it says so.
    public struct Limits: Sendable, Equatable {
        /// The longest text, in bytes.
        public var line: Int
        /// The longest request, in bytes.
        public var frame: Int
        /// Messages a second in the long run, and at once; 0: any number.
        public var messages, burst: Int64
        /// Rooms that one may be in; 0: any number.
        public var rooms: Int

        public init(line: Int, frame: Int, messages: Int64, burst: Int64, rooms: Int) {
            self.line = line
            self.frame = frame
            self.messages = messages
            self.burst = burst
            self.rooms = rooms
        }
    }
}

/// An answer: its fields depend on what was asked, and are read by the one who has asked.
public struct StructuredAnswer: Sendable, Equatable {
    /// nil: of a request without one, or one that could not be read.
    public var ref: String?
    public var result: Result<JSON, StructuredError>

    public init(ref: String?, _ result: Result<JSON, StructuredError>) {
        self.ref = ref
        self.result = result
    }
}

/// An event of a room, as everybody in it sees it.
public struct RoomEvent: Sendable, Equatable {
    public var room: RoomName
    public var sequence: UInt64
    public var at: Timestamp
    public var body: Event.Body
    /// What its author calls it.
    public var id: MessageID?

    public init(room: RoomName, sequence: UInt64, at: Timestamp, body: Event.Body, id: MessageID? = nil) {
        self.room = room
        self.sequence = sequence
        self.at = at
        self.body = body
        self.id = id
    }
}

/// What one member alone is told without having asked.
public enum PersonalNotice: Sendable, Equatable {
    case invited(RoomName, by: Author)
    case removed(RoomName, by: Author, reason: CleanText?, isBan: Bool)
    /// So many whispers and notices were dropped, because we did not read.
    case unread(Int)
    /// Whether a name that we have taken is kept for our key, in words.
    case name(Nickname, isKept: Bool, message: String)
    /// We have said nothing for so many seconds, and are closed.
    case silent(seconds: Int)
}

/// Why the connection is about to end.
public struct Closing: Sendable, Equatable {
    public var reason: Reason
    /// For people.
    public var message: String

    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    public enum Reason: String, Sendable, CaseIterable {
        case bye, shutdown, banned, silent, full, removed
        case takenOver = "taken-over"
        /// Of a newer server.
        case other
    }
}
