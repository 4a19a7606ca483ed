import ChatCore

/// Outcomes without the numbers and times that events have, for tests that are not about these.
extension Outcome {
    static func event(_ room: RoomID, _ body: Event.Body) -> Outcome {
        .event(Event(room: room, sequence: 0, at: Timestamp(milliseconds: 0), body: body))
    }

    static func enters(_ session: SessionID, _ room: RoomID, _ view: RoomView) -> Outcome {
        .enters(session, room, view, head: 0)
    }

    static func replay(_ session: SessionID, _ room: RoomID, count: Int) -> Outcome {
        .replay(session, room, count: count, head: 0)
    }

    var unnumbered: Outcome {
        switch self {
        case .event(let event): .event(event.room, event.body)
        case .enters(let session, let room, let view, _): .enters(session, room, view)
        case .replay(let session, let room, let count, _): .replay(session, room, count: count)
        default: self
        }
    }
}
