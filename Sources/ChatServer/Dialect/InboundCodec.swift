internal import ChatCore

/// What one connection says, as inputs. Confined to its event loop.
protocol InboundCodec: AnyObject {
    /// What it asks for by coming.
    func arrival(of visitor: Visitor) -> Action
    /// Takes the next piece of the stream and calls `found` with each input and its length in bytes, until `found` says
    /// no. What was said is handed over: it goes through many hands, and to copy it for each costs more than to read it.
    /// - Returns: how many bytes were taken; the rest must come again.
    func feed(_ bytes: RawSpan, _ found: (consuming Input, Int) -> Bool) -> Int
    /// The peer has properly said its last: a line without an end counts.
    func finish(_ found: (Input) -> Void)
}

/// One thing that a connection has said.
enum Input {
    /// Nothing that anybody hears.
    case nothing
    /// For the rooms to decide. It counts for so many messages.
    case ask(Action, in: RoomName?, cost: Int64)
    /// The right to moderate everything.
    case becomeOperator(account: String, password: String, cost: Int64)
    /// Leaves the server. `isAnswered`: and wants to hear that it was heard.
    case leave(isAnswered: Bool)
    /// It speaks another protocol.
    case foreign
}

extension Input {
    var cost: Int64 {
        switch self {
        case .nothing: 0
        case .ask(_, _, let cost), .becomeOperator(_, _, let cost): cost
        case .leave, .foreign: 1
        }
    }
}
