public import ChatCore

/// The servers that the user was at last, the latest first.
///
/// As a file they are lines of words, such as `chat.example.org:2022 room=#lobby nick=alice pin=sha256:41…`. Words that are
/// not known are left out, and so are lines that cannot be read: it is a help to memory, and no more.
public struct RecentServers: Sendable, Equatable {
    /// How many are kept.
    public static let most = 9

    public struct Entry: Sendable, Equatable {
        public var endpoint: Endpoint
        public var room: RoomName?
        public var nick: Nickname?
        /// The keys that were given with it, in a link or by its user. They decide alone, as they did then.
        public var pins: [KeyFingerprint]

        public init(
            _ endpoint: Endpoint,
            room: RoomName? = nil,
            nick: Nickname? = nil,
            pins: [KeyFingerprint] = []
        ) {
            (self.endpoint, self.room, self.nick, self.pins) = (endpoint, room, nick, pins)
        }
    }

    public private(set) var entries: [Entry] = []

    public init() {}

    /// - Parameter bytes: whatever a file holds.
    public init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in lines.reversed() {
            if let entry = Self.entry(line) { visit(entry) }
        }
    }

    /// As a file.
    public var text: String {
        entries.map { entry in
            var line = "\(entry.endpoint)"
            if let room = entry.room { line += " room=\(room)" }
            if let nick = entry.nick { line += " nick=\(nick.text)" }
            for pin in entry.pins { line += " pin=\(pin)" }
            return line + "\n"
        }.joined()
    }

    /// The user is there now. It stands there once, as of now.
    public mutating func visit(_ entry: Entry) {
        let host = entry.endpoint.host.lowercased()
        entries.removeAll { $0.endpoint.host.lowercased() == host && $0.endpoint.port == entry.endpoint.port }
        entries = Array(([entry] + entries).prefix(Self.most))
    }

    private static func entry(_ line: Substring) -> Entry? {
        let words = line.split(separator: " ")
        guard let first = words.first, let endpoint = Endpoint(String(first)), isClean(first) else { return nil }
        var entry = Entry(endpoint)
        for word in words.dropFirst() {
            if word.hasPrefix("room=") {
                entry.room = try? RoomName(String(word.dropFirst(5)))
            } else if word.hasPrefix("nick=") {
                entry.nick = try? Nickname(String(word.dropFirst(5)))
            } else if word.hasPrefix("pin=") {
                // Without a key that it had the server would be believed by something else.
                guard let pin = KeyFingerprint(String(word.dropFirst(4))) else { return nil }
                entry.pins.append(pin)
            }
        }
        return entry
    }

    /// It will be shown.
    private static func isClean(_ text: Substring) -> Bool {
        CleanText(String(text)).string == text && !text.contains("\u{FFFD}")
    }
}
