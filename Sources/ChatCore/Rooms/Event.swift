/// Something that happened in a room, and its place in the room's one order.
///
/// An object, because it goes from hand to hand many times on its way and never changes.
public final class Event: Sendable {
    public let room: RoomID
    /// Counts from 1 in each room, without a gap.
    public let sequence: UInt64
    public let at: Timestamp
    public let body: Body
    /// What its author calls it, if it is a message and has been given a name.
    public let id: MessageID?

    public init(room: RoomID, sequence: UInt64, at: Timestamp, body: Body, id: MessageID? = nil) {
        self.room = room
        self.sequence = sequence
        self.at = at
        self.body = body
        self.id = id
    }

    /// What happened.
    public enum Body: Sendable, Equatable {
        case entered(Author)
        case left(Author)
        case said(Author, CleanText)
        /// `/me`: told in the third person.
        case acted(Author, CleanText)
        case renamed(from: Author, to: Author)
        /// nil: the room has none any more.
        case topic(CleanText?, by: Author)
        /// An operator to everybody.
        case announced(CleanText, by: Author)
        /// Somebody with the right to has changed what is allowed here.
        case ruled(Ruling, by: Author)
        /// In place of what somebody had said, and wanted to be forgotten.
        case forgotten(Author)
        /// What this member has said here so far is forgotten.
        case forgot(Author)
    }

    /// The same, when its author wants what it has said to be forgotten.
    public var forgotten: Event {
        switch body {
        case .said(let author, _), .acted(let author, _):
            Event(room: room, sequence: sequence, at: at, body: .forgotten(author))
        default: self
        }
    }
}

extension Event: Equatable {
    public static func == (one: Event, other: Event) -> Bool {
        one.room == other.room && one.sequence == other.sequence && one.at == other.at && one.body == other.body
            && one.id == other.id
    }
}

/// What a moderator has decided, as the room is told.
public enum Ruling: Sendable, Equatable {
    case kicked(Author, reason: CleanText?)
    /// Whoever was banned, by name; of an address nobody is told. It ends in so many seconds, or never.
    case banned(Author, seconds: Int?, reason: CleanText?)
    case muted(Author, seconds: Int?)
    case unmuted(Author)
    /// May moderate this room, or may not any more.
    case moderator(Author, Bool)
    /// Each member may say one line in so many seconds; 0: as many as it likes.
    case slow(seconds: Int)
    case lockdown(Bool)
    case isPrivate(Bool)
}

extension Event.Body {
    /// Whether it is about who is there, rather than something said: a room may be told of many of these at once.
    public var isNews: Bool {
        switch self {
        case .entered, .left, .renamed: true
        case .said, .acted, .topic, .announced, .ruled, .forgotten, .forgot: false
        }
    }

    /// Whether it is speech, which a newcomer is shown again.
    public var isSpeech: Bool {
        switch self {
        case .said, .acted, .announced, .forgotten: true
        case .entered, .left, .renamed, .topic, .ruled, .forgot: false
        }
    }

    /// Whose doing it is.
    public var author: Author {
        switch self {
        case .entered(let author), .left(let author), .said(let author, _), .acted(let author, _),
            .renamed(_, let author), .topic(_, let author), .announced(_, let author), .ruled(_, let author),
            .forgotten(let author), .forgot(let author):
            author
        }
    }

    /// What was said, if something was.
    public var text: CleanText? {
        switch self {
        case .said(_, let text), .acted(_, let text), .announced(let text, _): text
        case .entered, .left, .renamed, .topic, .ruled, .forgotten, .forgot: nil
        }
    }
}
