internal import ChatCore

/// Events of the past that somebody wants: here already, or on their way from the log.
enum Lookup: Sendable {
    case here([Event])
    case onItsWay(Ticket)
}

/// Names what somebody waits for until it has come.
struct Ticket: Hashable, Sendable {
    let number: UInt64
}

/// What the log has found.
typealias Found = Result<[Event], LogFailure>

/// What has come for somebody who waits for it.
enum Arrival: Sendable {
    case events(Found)
    /// Words of connections, as bits.
    case words([UInt64])
}
