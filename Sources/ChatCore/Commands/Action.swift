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
}

/// What a member can ask the server for. Texts are clean; who may do it, and whether it can be done, the rooms decide.
public enum Action: Sendable, Equatable {
    /// Comes to the server, from an address if it is known, and enters the lobby.
    case arrive(from: Address?)
    /// Leaves the server, and all rooms.
    case depart
    /// Comes back as an answer.
    case aside(Aside)

    case name(Nickname)
    /// Enters a room. `only`: and leaves all others, once it may enter.
    case join(RoomName, only: Bool)
    case leave
    case listRooms(prefix: String)
    case listMembers(prefix: String)
    /// nil asks for it; empty text takes it away.
    case topic(CleanText?)
    case invite(Whom)
    case setPrivate(Bool)

    case say(CleanText)
    case act(CleanText)
    case whisper(to: Whom, CleanText)
    /// To the one who has whispered last.
    case answer(CleanText)
    /// nil: is back.
    case away(CleanText?)
    case ignore(Whom, Bool)
    case history(Int)

    case kick(Whom, reason: CleanText?)
    case ban(BanTarget, seconds: Int?, reason: CleanText?)
    case unban(String)
    case listBans
    case mute(Whom, seconds: Int?)
    case unmute(Whom)
    case setModerator(Whom, Bool)
    case announce(CleanText)
    case slow(seconds: Int)
    case lockdown(Bool)
    /// The password was right.
    case becomeOperator
}

extension Action {
    /// What everybody in the room sees, and so needs no other answer.
    public var isSpeech: Bool {
        switch self {
        case .say, .act: true
        default: false
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
}
