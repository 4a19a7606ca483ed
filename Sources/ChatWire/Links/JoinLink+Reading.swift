internal import ChatCore

extension JoinLink {
    /// Whether `text` means to be a link, and so whether ``init(_:)`` is who should say what is wrong with it.
    public static func begins(_ text: String) -> Bool { text.prefix(scheme.count).lowercased() == scheme }

    /// Reads a link, strictly: whatever it does not understand is an error, because a link that means something else here
    /// than where it was made is worse than none. Only what a newer version may have added to the query is passed over.
    ///
    /// - Throws: the first thing that is wrong with it.
    public init(_ text: String) throws(JoinLinkProblem) {
        guard Self.begins(text) else { throw .noLink }
        guard text.utf8.count <= Self.longest else { throw .tooLong }
        let rest = Array(text.utf8.dropFirst(Self.scheme.utf8.count))
        guard !rest.contains(UInt8(ascii: "#")) else { throw .fragment }
        let (address, query) = rest[...].cut(at: UInt8(ascii: "?"))
        let (authority, path) = address.cut(at: UInt8(ascii: "/"))
        let (host, port) = try Self.hostAndPort(authority)
        try self.init(host: host, port: port, room: try Self.room(path), pins: try Self.pins(query))
    }

    private static func hostAndPort(_ authority: ArraySlice<UInt8>) throws(JoinLinkProblem) -> (String, Int) {
        guard !authority.contains(UInt8(ascii: "@")) else { throw .user }
        // The colons of an IPv6 address are within its brackets.
        let end = authority.lastIndex(of: UInt8(ascii: "]")) ?? authority.startIndex
        let (front, digits) = authority[end...].cut(at: UInt8(ascii: ":"))
        let host = String(decoding: authority[..<front.endIndex], as: UTF8.self)
        // Before the port, because of what has no brackets the port is part of the address.
        guard LinkHost.canonical(host) != nil else { throw .host }
        guard let digits else { return (host, defaultPort) }
        guard let port = UInt16(decimal: Substring(decoding: digits, as: UTF8.self)) else { throw .port }
        return (host, Int(port))
    }

    private static func room(_ path: ArraySlice<UInt8>?) throws(JoinLinkProblem) -> RoomName? {
        guard let path, !path.isEmpty else { return nil }
        guard !path.contains(UInt8(ascii: "/")) else { throw .path }
        guard let text = PercentEncoding.decode(path) else { throw .encoding }
        do {
            return try RoomName(text)
        } catch {
            throw .room(error)
        }
    }

    private static func pins(_ query: ArraySlice<UInt8>?) throws(JoinLinkProblem) -> [KeyFingerprint] {
        var pins: [KeyFingerprint] = []
        for item in (query ?? []).split(separator: UInt8(ascii: "&")) {
            let (name, value) = item.cut(at: UInt8(ascii: "="))
            guard let name = PercentEncoding.decode(name) else { throw .encoding }
            // However it is written: a pin that was passed over would be a door left open.
            guard name.lowercased() == "pin" else { continue }
            guard let text = PercentEncoding.decode(value ?? []), let pin = KeyFingerprint(text) else { throw .pin }
            pins.append(pin)
        }
        return pins
    }
}

extension ArraySlice<UInt8> {
    /// What is before the first `byte`, and what is after it; nil if there is none.
    fileprivate func cut(at byte: UInt8) -> (before: ArraySlice<UInt8>, after: ArraySlice<UInt8>?) {
        guard let place = firstIndex(of: byte) else { return (self, nil) }
        return (self[..<place], self[(place + 1)...])
    }
}
