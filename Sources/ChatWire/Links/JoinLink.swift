public import ChatCore

/// An invitation that carries all that it takes to come in and to know that it is the right server:
/// `conclave://HOST[:PORT][/ROOM][?pin=sha256:HEX[&pin=…]]`.
///
/// Whoever follows one with a pin asks no authority and need not be asked anything: the server has the key, or it is not
/// the server. So a link is worth as much as the way it came by.
public struct JoinLink: Hashable, Sendable {
    /// A name in small letters, or an IP address in its one form and without brackets.
    public let host: String
    /// 1 to 65535.
    public let port: Int
    /// Nil: wherever everybody begins.
    public let room: RoomName?
    /// The keys that the server may show, each once, in the order of the link; none: the link says nothing of them.
    public let pins: [KeyFingerprint]

    /// Where the server is, if the link does not say.
    public static let defaultPort = 2022
    /// The longest link that is read, in bytes.
    public static let longest = 2048
    /// How many pins a link may have: today's key and tomorrow's, of each type, and room to spare.
    public static let mostPins = 8

    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address with brackets or without.
    ///   - pins: one that is there twice counts once.
    /// - Throws: what is wrong with the host, the port, or the number of pins.
    public init(
        host: String,
        port: Int = JoinLink.defaultPort,
        room: RoomName? = nil,
        pins: [KeyFingerprint] = []
    ) throws(JoinLinkProblem) {
        guard let host = LinkHost.canonical(host) else { throw .host }
        guard (1...65_535).contains(port) else { throw .port }
        var seen: Set<KeyFingerprint> = []
        let pins = pins.filter { seen.insert($0).inserted }
        guard pins.count <= Self.mostPins else { throw .tooManyPins }
        self.host = host
        self.port = port
        self.room = room
        self.pins = pins
    }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    public var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension JoinLink: CustomStringConvertible {
    /// The one form in which a link is written: the port always, the room without its `#`, and nothing of what a link from
    /// elsewhere may have had besides.
    public var description: String {
        let path = room.map { "/" + PercentEncoding.encode($0.text) } ?? ""
        let query = pins.enumerated().map { ($0 == 0 ? "?" : "&") + "pin=\($1)" }.joined()
        return Self.scheme + authority + path + query
    }

    static let scheme = "conclave://"
}
