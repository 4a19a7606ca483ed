/// Something that a session wants to happen.
public struct Command: Sendable, Equatable {
    public let session: SessionID
    /// The room it is about; nil stands for the one that the session entered last.
    public let room: RoomName?
    public let action: Action

    public init(_ session: SessionID, in room: RoomName? = nil, _ action: Action) {
        self.session = session
        self.room = room
        self.action = action
    }

    /// Whether somebody comes or goes by it, and nothing is said.
    public var isNews: Bool {
        switch action {
        case .arrive, .connect, .enter, .depart: true
        default: false
        }
    }
}

/// What a member can ask the server for. Texts are clean; who may do it, and whether it can be done, the rooms decide.
///
/// What is large and rare is kept apart, so that speech, which goes from hand to hand many times, is small.
public enum Action: Sendable, Equatable {
    /// Comes to the server, under its account's name if it has one, and enters the lobby.
    indirect case arrive(Visitor)
    /// Comes to the server, to enter rooms by ``enter(_:_:)``, and is given a secret to be known by.
    indirect case connect(Visitor)
    /// Leaves the server, and all rooms.
    case depart
    /// Comes back as an answer.
    indirect case aside(Aside)

    indirect case name(Nickname)
    /// Enters a room. `only`: and leaves all others, once it may enter.
    indirect case join(RoomName, only: Bool)
    /// Enters a room, and perhaps stays in others, as one who keeps count of what it has seen.
    indirect case enter(RoomName, Entry)
    /// Wants the events of a room after this number, of the entry of that number.
    case page(after: UInt64, entry: UInt64)
    case leave
    case listRooms(prefix: String)
    /// `after`: those with a greater number.
    case listMembers(prefix: String, after: MemberID? = nil)
    /// nil asks for it; empty text takes it away.
    case topic(CleanText?)
    indirect case invite(Whom)
    case setPrivate(Bool)

    case say(CleanText)
    case act(CleanText)
    /// Says or does something and is told its number. With an `id` it can be asked for again, and is done once.
    indirect case post(CleanText, isAction: Bool, id: MessageID?)
    indirect case whisper(to: Whom, CleanText)
    /// To the one who has whispered last.
    case answer(CleanText)
    /// nil: is back.
    case away(CleanText?)
    indirect case ignore(Whom, Bool)
    case history(Int)
    indirect case past(Past)
    /// Takes back all that it has said, in all rooms.
    case forget
    /// Nothing but to be answered.
    case ping

    indirect case whois(Whom)
    case status
    /// nil: its own connection.
    indirect case verify(Whom?)
    /// A name that is kept for it need not be kept any more.
    indirect case release(Nickname)
    /// Wants a code by which another key becomes one of its account.
    case makeCode
    case useCode(LinkCode)
    indirect case admit(KeyFingerprint, Nickname?)

    indirect case kick(Whom, reason: CleanText?)
    indirect case ban(BanTarget, seconds: Int?, reason: CleanText?)
    case unban(String)
    case listBans
    indirect case mute(Whom, seconds: Int?)
    case unmute(Whom)
    indirect case setModerator(Whom, Bool)
    case announce(CleanText)
    case slow(seconds: Int)
    case lockdown(Bool)
    /// The password was right.
    case becomeOperator
}

extension Action {
    /// Whether its sender is told when it is done. What everybody in the room sees needs no other answer.
    public var isAnswered: Bool {
        switch self {
        case .say, .act, .page: false
        default: true
        }
    }
}

/// A member as another one names it: by number, or by name. A number is never a name.
public enum Whom: Sendable, Hashable {
    case number(MemberID)
    case name(Nickname)
    /// What nobody can be called.
    case nobody(String)

    public init(_ text: String) {
        let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if digits, let number = UInt64(text) {
            self = .number(MemberID(number))
        } else if let name = try? Nickname(text) {
            self = .name(name)
        } else {
            self = .nobody(String(text.unicodeScalars.prefix(32)))
        }
    }

    /// As it was written.
    public var text: String {
        switch self {
        case .number(let member): String(member.number)
        case .name(let name): name.text
        case .nobody(let text): text
        }
    }
}

/// Whom a ban keeps out.
public enum BanTarget: Sendable, Equatable {
    case member(Whom)
    case addresses(AddressRange)
    case key(KeyFingerprint)
}
