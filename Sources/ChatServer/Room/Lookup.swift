internal import ChatCore

/// Events of the past that somebody wants: here already, or on their way from the log.
enum Lookup: Sendable {
    case here([Event])
    case onItsWay(Ticket)
}

/// Names one look into the log until it is answered.
struct Ticket: Hashable, Sendable {
    let number: UInt64
}

/// What the log has found.
typealias Found = Result<[Event], LogFailure>
