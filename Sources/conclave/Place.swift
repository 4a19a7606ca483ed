import ArgumentParser
import ChatClient
import ChatCore
import ChatWire
import TLS

/// Where to go: `HOST`, `HOST:PORT`, or a join link, which may also say which room and whom to believe.
struct Place: Sendable {
    var endpoint: Endpoint
    var room: RoomName?
    var pins: [KeyFingerprint] = []

    static let localhost = Place(endpoint: Endpoint(host: "localhost"))

    init(endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// - Throws: a `ValidationError` for what is neither.
    init(_ text: String) throws {
        // A host may be called conclave, and conclave:2022 is a port of it.
        guard text.lowercased().hasPrefix("conclave:"), Endpoint(text) == nil else {
            self.init(endpoint: try Reading.endpoint(of: text))
            return
        }
        do {
            let link = try JoinLink(text)
            self.init(endpoint: Endpoint(host: link.host, port: link.port))
            (room, pins) = (link.room, link.pins)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
