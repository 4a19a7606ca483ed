internal import ChatCore

/// What has happened, on its way to the shards: outcomes of commands, with what they ask the log for looked up.
enum Publication: Sendable {
    case event(Event)
    /// With messages of before.
    indirect case enters(SessionID, RoomID, RoomView, [Event], Retention)
    /// `missed`: how many events before the stretch the log does not have any more.
    indirect case follows(SessionID, RoomID, Following, Stretch, missed: UInt64, Retention)
    indirect case page(SessionID, RoomID, Stretch)
    case leaves(SessionID, RoomID)
    indirect case answer(SessionID, Answer)
    case replay(SessionID, [Event])
    /// `more`: whether the log has more in that direction.
    indirect case past(SessionID, RoomName, Epoch, [Event], more: Bool)
    case done(SessionID)
    case closes(SessionID)

    /// Whom it is for; nil: everybody in a room.
    var session: SessionID? {
        switch self {
        case .event: nil
        case .enters(let session, _, _, _, _), .follows(let session, _, _, _, _, _), .page(let session, _, _),
            .leaves(let session, _), .answer(let session, _), .replay(let session, _),
            .past(let session, _, _, _, _), .done(let session), .closes(let session):
            session
        }
    }
}

/// Events of a room's past for one who is on its way through them to the newest.
struct Stretch: Sendable {
    let room: RoomName
    /// Oldest first. Where numbers are missing, the log does not have them any more.
    let events: [Event]
    /// It begins after this number, and ends with that one.
    let after, through: UInt64
    /// Whether the next event of the room comes by itself.
    let isLast: Bool
    let entry: UInt64
}
