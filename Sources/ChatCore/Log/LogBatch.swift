/// What a log takes at once.
public struct LogBatch: Sendable, Equatable {
    /// In their order.
    public var events: [Event]
    /// In their order, and after the events.
    public var facts: [Fact]
    /// The greatest number that a member was ever given.
    public var lastMember: MemberID

    public init(events: [Event] = [], facts: [Fact] = [], lastMember: MemberID) {
        (self.events, self.facts, self.lastMember) = (events, facts, lastMember)
    }

    /// What a log has to take of these, before anybody is told of any.
    public init(_ outcomes: [Outcome], lastMember: MemberID) {
        self.init(lastMember: lastMember)
        for outcome in outcomes {
            switch outcome {
            case .event(let event): events.append(event)
            case .fact(let fact): facts.append(fact)
            case .ended(let room): facts.append(.ended(room))
            default: break
            }
        }
    }
}

/// What has to be known again when the server starts anew, besides events.
public enum Fact: Sendable, Equatable {
    /// There is this room, and these are its settings now.
    case room(RoomRecord)
    /// In place of one with the same label and member, if there is one.
    case sanctioned(RoomID, SanctionKind, Sanction)
    /// What this one had forbidden is allowed.
    case pardoned(RoomID, SanctionKind, Sanction)
    /// What a member has said in a room with numbers in this range is to be forgotten: in its place stands
    /// ``Event/Body/forgotten(_:)``, at once for whoever asks.
    case forgotten(RoomID, MemberID, ClosedRange<UInt64>)
    /// The room is no more: nothing of it is wanted.
    case ended(RoomID)
    /// There is this account, and what is known of it now.
    case account(AccountRecord)
    /// The account of this number is no more.
    case accountEnded(UInt64)
}

public enum SanctionKind: Sendable {
    case ban, mute
}

/// A room as it is kept.
public struct RoomRecord: Sendable, Equatable {
    public let id: RoomID
    public let name: RoomName
    public let epoch: Epoch
    public var topic: CleanText?
    public var isPrivate: Bool
    public var isLocked: Bool
    /// One line from each member in so many seconds; 0: any number.
    public var slow: Int
    /// Something has been said in it: it is kept when all have left.
    public var isKept: Bool
    public var rights: RoomRights

    public init(
        id: RoomID,
        name: RoomName,
        epoch: Epoch,
        topic: CleanText?,
        isPrivate: Bool,
        isLocked: Bool,
        slow: Int,
        isKept: Bool,
        rights: RoomRights = RoomRights()
    ) {
        (self.id, self.name, self.epoch, self.topic) = (id, name, epoch, topic)
        (self.isPrivate, self.isLocked, self.slow, self.isKept) = (isPrivate, isLocked, slow, isKept)
        self.rights = rights
    }
}

/// What a log still knows of a chat when the server starts.
public struct SavedChat: Sendable, Equatable {
    public struct Room: Sendable, Equatable {
        public var record: RoomRecord
        /// The number of its last event; 0: it has none.
        public var head: UInt64
        public var bans: [Sanction]
        public var mutes: [Sanction]

        public init(_ record: RoomRecord, head: UInt64, bans: [Sanction] = [], mutes: [Sanction] = []) {
            (self.record, self.head, self.bans, self.mutes) = (record, head, bans, mutes)
        }
    }

    public var rooms: [Room]
    public var lastMember: MemberID
    /// The messages of the last ten minutes that were given an id by their authors, oldest first.
    public var messagesWithID: [Event]
    public var accounts: [AccountRecord]

    public init(
        rooms: [Room] = [],
        lastMember: MemberID = MemberID(0),
        messagesWithID: [Event] = [],
        accounts: [AccountRecord] = []
    ) {
        (self.rooms, self.lastMember, self.messagesWithID) = (rooms, lastMember, messagesWithID)
        self.accounts = accounts
    }
}
