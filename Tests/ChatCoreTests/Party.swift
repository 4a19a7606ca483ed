import ChatCore
import Testing

/// A server that is driven by hand: everybody who comes gets the next session, and the clock moves when it is told to.
final class Party {
    let state: ChatState
    private(set) var now = Timestamp(milliseconds: 1_000_000)
    private var serial: UInt64 = 0

    init(limits: RoomLimits = RoomLimits(), saved: SavedChat? = nil) {
        state = ChatState(limits: limits, saved: saved, at: now)
    }

    /// Comes, and takes a name if it is given one. The session's serial is the member's number too.
    func arrive(_ name: String? = nil, from address: Address? = nil) throws -> SessionID {
        let session = come(from: address).session
        if let name { #expect(run(session, .name(try Nickname(name))).refusals.isEmpty) }
        return session
    }

    /// Comes, perhaps in vain.
    func come(from address: Address? = nil) -> (session: SessionID, outcomes: [Outcome]) {
        serial += 1
        let session = SessionID(shard: 0, serial: serial)
        return (session, run(session, .arrive(from: address)))
    }

    /// Comes with a key, perhaps in vain.
    func come(with key: KeyFingerprint, from address: Address? = nil) -> (session: SessionID, outcomes: [Outcome]) {
        serial += 1
        let session = SessionID(shard: 0, serial: serial)
        return (session, run(session, .arrive(Visitor(address: address, key: key))))
    }

    /// Comes with a key, as one who will be known by a secret.
    func connect(
        with key: KeyFingerprint,
        from address: Address? = nil
    ) throws -> (session: SessionID, secret: SessionSecret) {
        serial += 1
        let session = SessionID(shard: 0, serial: serial)
        let outcomes = run(session, .connect(Visitor(address: address, key: key)))
        guard case .answer(session, .connected(_, let secret, key))? = outcomes.first else {
            throw Unexpected(outcomes: outcomes)
        }
        return (session, secret)
    }

    /// Comes as one who will be known by a secret, perhaps in vain.
    func call(from address: Address? = nil) -> (session: SessionID, outcomes: [Outcome]) {
        serial += 1
        let session = SessionID(shard: 0, serial: serial)
        return (session, run(session, .connect(from: address)))
    }

    /// Comes as one who is known by a secret, and is in no room yet.
    func connect(from address: Address? = nil) throws -> (session: SessionID, secret: SessionSecret) {
        let (session, outcomes) = call(from: address)
        guard outcomes.count == 1, case .answer(session, .connected(session.member, let secret, nil)) = outcomes[0]
        else {
            throw Unexpected(outcomes: outcomes)
        }
        return (session, secret)
    }

    /// Enters a room and keeps count of what it has seen there.
    func enter(
        _ session: SessionID,
        _ room: RoomName = .lobby,
        as name: String? = nil,
        from start: Entry.Start = .now,
        session secret: SessionSecret? = nil
    ) throws -> Following {
        let entry = Entry(as: try name.map { try Nickname($0) }, from: start, session: secret)
        let outcomes = run(session, .enter(room, entry))
        guard case .follows(session, _, let following)? = outcomes.last else { throw Unexpected(outcomes: outcomes) }
        return following
    }

    /// Says something under an id.
    /// - Returns: the number, and whether it had been said before.
    func post(_ session: SessionID, _ text: String, id: String?, in room: RoomName = .lobby) throws -> Posted {
        let outcomes = run(session, .post(CleanText(text), isAction: false, id: id.flatMap { MessageID($0) }), in: room)
        switch outcomes.last {
        case .answer(session, .posted(let sequence, _, let again)):
            guard outcomes.count == (again ? 1 : 2) else { throw Unexpected(outcomes: outcomes) }
            return again ? .again(sequence) : .new(sequence)
        case .answer(session, .refused(let refusal)) where outcomes.count == 1: return .refused(refusal)
        default: throw Unexpected(outcomes: outcomes)
        }
    }

    enum Posted: Equatable {
        case new(UInt64)
        case again(UInt64)
        case refused(Refusal)
    }

    struct Unexpected: Error {
        let outcomes: [Outcome]
    }

    /// Comes, and goes to a room.
    func arrive(_ name: String? = nil, in room: RoomName) throws -> SessionID {
        let session = try arrive(name)
        #expect(run(session, .join(room, only: true)).refusals.isEmpty)
        return session
    }

    /// Comes, and becomes an operator.
    func arriveAsOperator(_ name: String? = nil, from address: Address? = nil) throws -> SessionID {
        let session = try arrive(name, from: address)
        _ = run(session, .becomeOperator)
        return session
    }

    func run(_ session: SessionID, _ action: Action, in room: RoomName? = nil) -> [Outcome] {
        // What says that all has been said is of use to the session only; see `each request is done once`.
        state.apply([Command(session, in: room, action)], at: now).filter { $0 != .done(session) }.map(\.unnumbered)
    }

    /// Why an action is refused; nil if it is not, or if anything else happens as well.
    func refusal(_ session: SessionID, _ action: Action, in room: RoomName? = nil) -> Refusal? {
        let outcomes = run(session, action, in: room)
        guard outcomes.count == 1, case .answer(session, .refused(let refusal)) = outcomes[0] else { return nil }
        return refusal
    }

    func pass(seconds: Int, milliseconds: Int64 = 0) {
        now = Timestamp(milliseconds: now.milliseconds + Int64(seconds) * 1000 + milliseconds)
    }

    /// Who is in a room, as somebody inside is told.
    func labels(_ asker: SessionID, in room: RoomName? = nil) -> [String] {
        for case .answer(asker, .who(_, let listing)) in run(asker, .listMembers(prefix: ""), in: room) {
            return listing.shown.map(\.author.label)
        }
        return []
    }
}

extension KeyFingerprint {
    /// The key of this number.
    static func number(_ number: UInt8) -> KeyFingerprint {
        guard let key = KeyFingerprint([UInt8](repeating: number, count: count)) else {
            preconditionFailure("32 bytes")
        }
        return key
    }
}

/// At a ``Party`` serials are numbers.
extension SessionID {
    var member: MemberID { MemberID(serial) }
    var whom: Whom { .number(member) }
    var author: Author { Author(member) }

    func named(_ name: String) throws -> Author { Author(member, name: try Nickname(name)) }
}

extension [Outcome] {
    var refusals: [Refusal] {
        compactMap { if case .answer(_, .refused(let refusal)) = $0 { refusal } else { nil } }
    }

    var events: [Event.Body] {
        compactMap { if case .event(let event) = $0 { event.body } else { nil } }
    }

    func answers(to session: SessionID) -> [Answer] {
        compactMap { if case .answer(session, let answer) = $0 { answer } else { nil } }
    }

    /// What a room is called and looks like to the one who enters it.
    var views: [RoomView] {
        compactMap { if case .enters(_, _, let view, _) = $0 { view } else { nil } }
    }
}
