public import ChatCore

/// What one line of conclave/1 asks for.
public struct StructuredRequest: Sendable, Equatable {
    /// Comes back in the answer; nil: no answer is wanted but an error.
    public var ref: String?
    public var operation: Operation

    /// The longest `ref`, in bytes of UTF-8.
    public static let longestReference = 64

    /// The most messages of before that `enter` gives.
    public static let mostMessages = 1000

    public init(_ operation: Operation, ref: String? = nil) {
        self.operation = operation
        self.ref = ref
    }

    /// The operations, under the names that the protocol gives them.
    public enum Operation: Sendable, Equatable {
        case enter(RoomName, Entry)
        case leave(RoomName)
        case say(RoomName, CleanText, isAction: Bool, id: MessageID?)
        case whisper(to: Whom, CleanText)
        case rename(Nickname)
        case who(RoomName, prefix: String, after: MemberID?)
        case rooms(prefix: String)
        /// nil asks for it; empty text takes it away.
        case topic(RoomName, CleanText?)
        case history(RoomName, Past)
        /// The newest messages in which all words of the text are found, of those with a smaller number than `before`.
        case search(RoomName, CleanText, before: UInt64?, limit: Int)
        /// Takes back all that it has said, in all rooms.
        case forget
        case invite(RoomName, Whom)
        /// nil: is back.
        case away(CleanText?)
        case kick(RoomName, Whom, reason: CleanText?)
        case ban(RoomName, BanTarget, seconds: Int?, reason: CleanText?)
        case unban(RoomName, String)
        case bans(RoomName)
        case mute(RoomName, Whom, seconds: Int?)
        case unmute(RoomName, Whom)
        /// `op` and `deop`.
        case setModerator(RoomName, Whom, Bool)
        case slow(RoomName, seconds: Int)
        case lockdown(RoomName, Bool)
        case setPrivate(RoomName, Bool)
        case announce(CleanText)
        case oper(account: String, password: String)
        case whois(Whom)
        case release(Nickname)
        /// nil: wants a code.
        case link(LinkCode?)
        /// nil: its own connection.
        case verify(Whom?)
        case admit(KeyFingerprint, Nickname?)
        case ping
        case bye
    }
}
