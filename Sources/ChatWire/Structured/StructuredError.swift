/// Why a request was not done, as conclave/1 says it.
public struct StructuredError: Error, Sendable, Equatable {
    public var code: Code
    /// For people: one line.
    public var message: String
    /// Of what cannot be understood: where it was noticed, in bytes from the beginning of the line.
    public var position: Int?
    /// How long to wait, if waiting helps.
    public var seconds: Int?

    public init(_ code: Code, _ message: String, position: Int? = nil, seconds: Int? = nil) {
        self.code = code
        self.message = message
        self.position = position
        self.seconds = seconds
    }

    public enum Code: Sendable, Hashable {
        case malformed, tooLong, unknownOperation, missingField, badField
        case idReused, notFresh
        case notInRoom, mayNotEnter, roomFull, tooManyRooms, inTooManyRooms
        case noSuchMember, notHere, thatIsYou, nameTaken, alreadyNamed
        case muted, slow, notModerator, notOperator, protected
        case noSuchBan, noSuchMute, tooMany, moderatesAlready, moderatesNot
        case notKept, notReadable
        case nameReserved, notReserved, nameCertified, noKey, noAccount, hasAccount, wrongCode, tooManyCodes
        case membersOnly, notVerifiable
        case refused
        /// Of a newer server.
        case other(String)
    }
}
