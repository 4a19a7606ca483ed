public import ChatCore

/// Which servers are known by which keys: the text of `known_hosts`, read and written, with no file.
///
/// One line for each `HOST:PORT`, as ``KnownHost`` has it. Empty lines, lines that begin with `#`, and lines that nothing is
/// changed in stay as they are, to the byte.
public struct KnownHosts: Sendable, Equatable {
    private struct Line: Sendable, Equatable {
        /// nil: it is empty, or a comment.
        var known: KnownHost?
        /// How it was written.
        var text: String
    }

    private var lines: [Line] = []

    /// The longest line, in bytes without its end.
    public static let lineLimit = 4096
    /// The longest text, in bytes.
    public static let limit = 1 << 20

    /// Knows nobody.
    public init() {}

    /// Reads a whole text.
    public init(_ bytes: some Sequence<UInt8>) throws(KnownHostsProblem) {
        var reader = KnownHostsReader()
        try reader.feed(bytes)
        self = try reader.finish()
    }

    /// All of them, in the order of their lines.
    public var hosts: [KnownHost] { lines.compactMap(\.known) }

    public subscript(host: HostPort) -> KnownHost? { line(of: host).flatMap { lines[$0].known } }

    /// The text.
    public var text: String { lines.map { $0.text + "\n" }.joined() }

    private func line(of host: HostPort) -> Int? { lines.firstIndex { $0.known?.host == host } }

    /// - Parameter text: how `known` was written; without one it is empty, or a comment.
    mutating func append(_ known: KnownHost?, _ text: String) {
        lines.append(Line(known: known, text: text))
    }

    // MARK: Changing

    /// Keeps a key for a server, beside those that it has.
    /// - Returns: whether it was not there before.
    /// - Throws: if the server has ``KnownHost/mostPins`` already.
    @discardableResult
    public mutating func add(
        _ key: KeyFingerprint,
        for host: HostPort,
        on day: CalendarDay
    ) throws(KnownHostsProblem.Reason) -> Bool {
        var known = self[host] ?? KnownHost(host, [])
        guard !known.pins.contains(where: { $0.key == key }) else { return false }
        guard known.pins.count < KnownHost.mostPins else { throw .tooManyPins }
        known.pins.append(KnownPin(key, added: day))
        set(known)
        return true
    }

    /// Forgets a server.
    /// - Returns: what was known of it.
    @discardableResult
    public mutating func remove(_ host: HostPort) -> KnownHost? {
        guard let known = self[host] else { return nil }
        lines.removeAll { $0.known?.host == host }
        return known
    }

    /// Keeps the key that is to come after the one that a server has now.
    /// - Returns: whether that is news; it is none either if the key of now is not kept.
    public mutating func learn(
        _ next: KeyFingerprint,
        after key: KeyFingerprint,
        for host: HostPort,
        on day: CalendarDay
    ) -> Bool {
        guard var known = self[host], let index = known.pins.firstIndex(where: { $0.key == key }),
            known.pins[index].next?.key != next, !known.pins.contains(where: { $0.key == next })
        else { return false }
        known.pins[index].next = KnownPin.Next(next, learned: day)
        set(known)
        return true
    }

    /// A server has shown the key that was announced: it takes the place of the one that it comes after.
    /// - Returns: the key of before with what was announced; nil if the key was not announced.
    public mutating func use(_ key: KeyFingerprint, for host: HostPort, on day: CalendarDay) -> KnownPin? {
        guard var known = self[host], let index = known.pins.firstIndex(where: { $0.next?.key == key }) else {
            return nil
        }
        let old = known.pins[index]
        // It may have been added by hand meanwhile, and a key stands there once. Of several keys all may come to the same end.
        let kept = known.pins.firstIndex { $0.key == key }
        if kept == nil { known.pins[index] = KnownPin(key, added: day) }
        known.pins.removeAll { $0.next?.key == key }
        set(known)
        return old
    }

    private mutating func set(_ known: KnownHost) {
        if let index = line(of: known.host) {
            lines[index] = Line(known: known, text: known.description)
        } else {
            append(known, known.description)
        }
    }
}
