extension StructuredError.Code {
    /// As the protocol spells it.
    public var text: String {
        switch self {
        case .malformed: "malformed"
        case .tooLong: "too-long"
        case .unknownOperation: "unknown-op"
        case .missingField: "missing-field"
        case .badField: "bad-field"
        case .idReused: "id-reused"
        case .notFresh: "not-fresh"
        case .notInRoom: "not-in-room"
        case .mayNotEnter: "may-not-enter"
        case .roomFull: "room-full"
        case .tooManyRooms: "too-many-rooms"
        case .inTooManyRooms: "in-too-many-rooms"
        case .noSuchMember: "no-such-member"
        case .notHere: "not-here"
        case .thatIsYou: "that-is-you"
        case .nameTaken: "name-taken"
        case .alreadyNamed: "already-named"
        case .muted: "muted"
        case .slow: "slow"
        case .notModerator: "not-moderator"
        case .notOperator: "not-operator"
        case .protected: "protected"
        case .noSuchBan: "no-such-ban"
        case .noSuchMute: "no-such-mute"
        case .tooMany: "too-many"
        case .moderatesAlready: "moderates-already"
        case .moderatesNot: "moderates-not"
        case .notKept: "not-kept"
        case .notReadable: "not-readable"
        case .nameReserved: "name-reserved"
        case .notReserved: "not-reserved"
        case .nameCertified: "name-certified"
        case .noKey: "no-key"
        case .noAccount: "no-account"
        case .hasAccount: "has-account"
        case .wrongCode: "wrong-code"
        case .tooManyCodes: "too-many-codes"
        case .membersOnly: "members-only"
        case .notVerifiable: "not-verifiable"
        case .refused: "refused"
        case .other(let text): text
        }
    }

    /// Any text is a code: there may be more of them than we know.
    public init(_ text: String) {
        self = Self.byText[text] ?? .other(text)
    }

    /// All that this version knows.
    public static let known: [StructuredError.Code] = [
        .malformed, .tooLong, .unknownOperation, .missingField, .badField, .idReused, .notFresh, .notInRoom,
        .mayNotEnter,
        .roomFull, .tooManyRooms, .inTooManyRooms, .noSuchMember, .notHere, .thatIsYou, .nameTaken, .alreadyNamed,
        .muted,
        .slow, .notModerator, .notOperator, .protected, .noSuchBan, .noSuchMute, .tooMany, .moderatesAlready,
        .moderatesNot, .notKept, .notReadable, .nameReserved, .notReserved, .nameCertified, .noKey, .noAccount,
        .hasAccount, .wrongCode, .tooManyCodes, .membersOnly, .notVerifiable, .refused,
    ]

    private static let byText = Dictionary(uniqueKeysWithValues: known.map { ($0.text, $0) })
}
