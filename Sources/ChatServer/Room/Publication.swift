internal import ChatCore

/// What has happened, on its way to the shards: outcomes of commands, with what they ask the log for looked up.
enum Publication: Sendable {
    case event(Event)
    /// With messages of before.
    indirect case enters(SessionID, RoomID, RoomView, Lookup, Retention)
    /// With the first events of the page.
    indirect case follows(SessionID, RoomID, Following, Page, Lookup, Retention)
    indirect case page(SessionID, RoomID, Page, Lookup)
    case leaves(SessionID, RoomID)
    indirect case answer(SessionID, Answer)
    case replay(SessionID, Lookup)
    indirect case past(SessionID, RoomName, Epoch, Past, Lookup)
    case done(SessionID)
    case closes(SessionID)
    /// Somebody's words, on their way from the connections.
    indirect case verifies(SessionID, Author, Ticket)
    /// What was on its way. Its place among all others means nothing: it has one at the member that waits.
    case found(SessionID, Ticket, Arrival)

    var isFound: Bool { if case .found = self { true } else { false } }

    /// Whom it is for; nil: everybody in a room.
    var session: SessionID? {
        switch self {
        case .event: nil
        case .enters(let session, _, _, _, _), .follows(let session, _, _, _, _, _), .page(let session, _, _, _),
            .leaves(let session, _), .answer(let session, _), .replay(let session, _),
            .past(let session, _, _, _, _), .verifies(let session, _, _), .done(let session),
            .closes(let session), .found(let session, _, _):
            session
        }
    }
}
