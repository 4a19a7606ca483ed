/// Something that a session wants to happen in the room.
public struct Command: Sendable, Equatable {
    public let session: SessionID
    public let action: Action

    public init(_ session: SessionID, _ action: Action) {
        self.session = session
        self.action = action
    }

    public enum Action: Sendable, Equatable {
        case enter
        case say(CleanText)
        case leave
    }
}

/// Who is in the room, and what each command therefore makes happen.
///
/// Pure and deterministic: the same commands give the same events. It has one owner, whose order is the order of all.
public struct ChatState: Sendable {
    private var members: [SessionID: MemberID] = [:]
    private var lastNumber: UInt64 = 0

    public init() {}

    /// How many are in the room.
    public var count: Int { members.count }

    /// - Returns: what happens, or nil if nothing does: a session enters once, leaves once, and speaks only in between.
    public mutating func apply(_ command: Command) -> Event.Body? {
        switch command.action {
        case .enter:
            guard members[command.session] == nil else { return nil }
            lastNumber += 1
            let member = MemberID(lastNumber)
            members[command.session] = member
            return .entered(member)
        case .say(let text):
            return members[command.session].map { .said($0, text) }
        case .leave:
            return members.removeValue(forKey: command.session).map { .left($0) }
        }
    }
}
