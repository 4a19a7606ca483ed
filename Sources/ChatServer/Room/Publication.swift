internal import ChatCore

/// What has happened, on its way to the shards: outcomes of commands, with their events numbered and what they ask the log
/// for looked up.
enum Publication: Sendable {
    case event(Event)
    /// With messages of before.
    case enters(SessionID, RoomID, RoomView, [Event], Retention)
    case leaves(SessionID, RoomID)
    case answer(SessionID, Answer)
    case replay(SessionID, [Event])
    case done(SessionID)
    case closes(SessionID)

    /// Whom it is for; nil: everybody in a room.
    var session: SessionID? {
        switch self {
        case .event: nil
        case .enters(let session, _, _, _, _), .leaves(let session, _), .answer(let session, _),
            .replay(let session, _), .done(let session), .closes(let session):
            session
        }
    }
}

/// Makes publications of one commit's outcomes.
struct Publisher {
    private let log: any RoomLog
    private let limits: RoomLimits
    /// Those that are still to come.
    private var events: ArraySlice<Event>

    /// - Parameter events: those of the outcomes, numbered by the log.
    init(_ events: [Event], _ log: any RoomLog, _ limits: RoomLimits) {
        self.log = log
        self.limits = limits
        self.events = events[...]
    }

    /// - Parameter outcomes: of one commit, in order, each once.
    mutating func publish(_ outcomes: [Outcome]) -> [Publication] {
        outcomes.compactMap { publish($0) }
    }

    private mutating func publish(_ outcome: Outcome) -> Publication? {
        switch outcome {
        case .event:
            guard let event = events.popFirst() else { preconditionFailure("an event that the log has not numbered") }
            return .event(event)
        case .enters(let session, let room, let view):
            return .enters(session, room, view, messages(in: room, limits.replay), log.retention)
        case .leaves(let session, let room): return .leaves(session, room)
        case .answer(let session, let answer): return .answer(session, answer)
        case .replay(let session, let room, let count): return .replay(session, messages(in: room, count))
        case .done(let session): return .done(session)
        case .closes(let session): return .closes(session)
        case .ended(let room):
            log.forget(room)
            return nil
        }
    }

    /// Those before this place in the order: the log has all of this commit already.
    private func messages(in room: RoomID, _ count: Int) -> [Event] {
        let next = events.first { $0.room == room }?.sequence
        return log.messages(in: room, before: next ?? .max, limit: count)
    }
}
