internal import ChatCore
internal import ChatWire

/// One of the protocols that the server speaks. What all in a room see is encoded once for each that is spoken there.
enum Dialect: Int, Sendable {
    case text
    /// conclave/1
    case structured

    /// - Parameter applicationProtocol: what ALPN has chosen; nil if nothing was offered.
    init(_ applicationProtocol: String?) {
        self = applicationProtocol == StructuredCodec.name ? .structured : .text
    }

    /// Appends the line that everybody who speaks it sees of an event.
    func encode(_ event: Event, in room: RoomName, into bytes: inout [UInt8]) {
        switch self {
        case .text: TextCodec.encode(event.body, into: &bytes)
        case .structured: RoomEvent(event, in: room).encode(into: &bytes)
        }
    }
}

extension RoomEvent {
    init(_ event: Event, in room: RoomName) {
        self.init(room: room, sequence: event.sequence, at: event.at, body: event.body, id: event.id)
    }
}
