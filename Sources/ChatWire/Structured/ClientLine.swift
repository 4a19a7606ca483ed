public import ChatCore

/// What a client that prints conclave/1 has to say besides what the server says, in the same manner.
public enum ClientLine: Sendable, Equatable {
    /// A room was entered, or entered again.
    case `in`(StructuredEnter)
    /// A room could not be entered again.
    case out(RoomName, StructuredError)
    case nameLost(Nickname, StructuredError)
    /// How the connection is doing. `seconds`: when it is tried again; `message`: why.
    case state(String, seconds: Double?, message: String?)

    /// Appends it as a line with its LF.
    public func encode(into bytes: inout [UInt8]) {
        switch self {
        case .in(let entered):
            bytes.beginEvent("in")
            entered.writeFields(into: &bytes)
        case .out(let room, let error):
            bytes.beginEvent("out")
            bytes.field("room", room)
            bytes.field("error", error)
        case .nameLost(let name, let error):
            bytes.beginEvent("name-lost")
            bytes.field("nick", name.text)
            bytes.field("error", error)
        case .state(let state, let seconds, let message):
            bytes.beginEvent("state")
            bytes.field("state", state)
            if let seconds {
                bytes.beginField("seconds")
                JSON.number(seconds).write(into: &bytes)
            }
            if let message { bytes.field("message", message) }
        }
        bytes.endLine()
    }
}
