/// Something that happened in a room, and its place in the room's one order.
public struct Event: Sendable, Equatable {
    /// Counts from 1 in each room, without a gap.
    public let sequence: UInt64
    public let at: Timestamp
    public let body: Body

    public init(sequence: UInt64, at: Timestamp, body: Body) {
        self.sequence = sequence
        self.at = at
        self.body = body
    }

    /// What happened.
    public enum Body: Sendable, Equatable {
        case entered(MemberID)
        case said(MemberID, CleanText)
        case left(MemberID)
    }

    /// An event that the log has not taken yet, and so has no number.
    public struct Draft: Sendable, Equatable {
        public let at: Timestamp
        public let body: Body

        public init(at: Timestamp, body: Body) {
            self.at = at
            self.body = body
        }
    }
}
