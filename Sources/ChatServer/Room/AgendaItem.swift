internal import ChatCore

/// What a connection is still to get, or is to be done for it, one after the other.
enum AgendaItem {
    /// A line or more, of its own.
    case say([UInt8])
    /// The lines of a room before this one.
    case read(Reader, to: UInt64)
    /// It has left this room, and had all it was to get.
    case drop(Reader)
    /// It has had a stretch of a room's past, and wants the next.
    case turnPage(RoomName, after: UInt64, entry: UInt64)
    /// What is on its way, from the log or from other connections.
    case wait(Waiting)
    /// The last: its connection is closed.
    case close

    func isAbout(_ other: Reader) -> Bool {
        switch self {
        case .read(let reader, _), .drop(let reader): reader === other
        case .say, .turnPage, .wait, .close: false
        }
    }
}

/// What a member waits for, and what it is to get then.
struct Waiting {
    let ticket: Ticket
    /// Whether it is the answer to a request, and not only the next of what it has asked for long ago.
    let isAnswer: Bool
    let items: (Arrival) -> [AgendaItem]

    init(ticket: Ticket, isAnswer: Bool, events items: @escaping (Found) -> [AgendaItem]) {
        (self.ticket, self.isAnswer) = (ticket, isAnswer)
        self.items = { if case .events(let found) = $0 { items(found) } else { [] } }
    }

    init(ticket: Ticket, words items: @escaping ([UInt64]) -> [AgendaItem]) {
        (self.ticket, isAnswer) = (ticket, true)
        self.items = { if case .words(let words) = $0 { items(words) } else { [] } }
    }
}
