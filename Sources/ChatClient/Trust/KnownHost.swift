public import ChatCore

/// A key that a server is known by.
public struct KnownPin: Sendable, Equatable {
    public var key: KeyFingerprint
    /// Since when it is kept.
    public var added: CalendarDay?
    /// The key that is to come after it, by the server's own word.
    public var next: Next?

    /// A key that was announced, and has not been seen yet.
    public struct Next: Sendable, Equatable {
        public var key: KeyFingerprint
        /// When it was announced.
        public var learned: CalendarDay?

        public init(_ key: KeyFingerprint, learned: CalendarDay? = nil) {
            self.key = key
            self.learned = learned
        }
    }

    public init(_ key: KeyFingerprint, added: CalendarDay? = nil, next: Next? = nil) {
        self.key = key
        self.added = added
        self.next = next
    }
}

/// One line of `known_hosts`: a server and the keys that it is known by.
///
///     chat.example.org:2022 sha256:41… added 2026-11-30 next sha256:9c… learned 2026-12-24
///
/// A server with several keys, such as ECDSA and RSA, has one after the other, each with its words behind it. What begins
/// with a word that means nothing here is a remark, and stays as it is.
public struct KnownHost: Sendable, Equatable {
    public let host: HostPort
    /// At least one, at most ``mostPins``.
    public internal(set) var pins: [KnownPin]
    /// The rest of the line, as it was written.
    public internal(set) var remark: String

    /// More keys than that no server has.
    public static let mostPins = 16

    public init(_ host: HostPort, _ pins: [KnownPin], remark: String = "") {
        self.host = host
        self.pins = pins
        self.remark = remark
    }

    /// Reads a line without its end, which is neither empty nor a comment.
    public init(line: String) throws(KnownHostsProblem.Reason) {
        var words = Words(line)
        guard let name = words.next() else { throw .noHost("") }
        guard let host = HostPort(name) else { throw .noHost(name) }
        self.host = host
        (pins, remark) = ([], "")
        while let word = words.peek(), remark.isEmpty {
            switch word {
            case _ where word.lowercased().hasPrefix("sha256:"):
                let key = try words.pin(after: nil)
                guard !pins.contains(where: { $0.key == key }) else { throw .twice(key) }
                guard pins.count < Self.mostPins else { throw .tooManyPins }
                pins.append(KnownPin(key))
            case "added" where pins.last?.added == nil && pins.last?.next == nil && !pins.isEmpty:
                pins[pins.count - 1].added = try words.day(after: word)
            case "next" where pins.last?.next == nil && !pins.isEmpty:
                pins[pins.count - 1].next = KnownPin.Next(try words.pin(after: word))
            case "learned" where pins.last?.next != nil && pins.last?.next?.learned == nil:
                pins[pins.count - 1].next?.learned = try words.day(after: word)
            case "added", "next", "learned": throw .misplaced(word)
            default: remark = words.rest
            }
        }
        guard !pins.isEmpty else { throw .noPin(host) }
    }
}

extension KnownHost: CustomStringConvertible {
    /// The line, without its end.
    public var description: String {
        var words = [host.description]
        for pin in pins {
            words.append(pin.key.description)
            if let day = pin.added { words += ["added", day.description] }
            guard let next = pin.next else { continue }
            words += ["next", next.key.description]
            if let day = next.learned { words += ["learned", day.description] }
        }
        if !remark.isEmpty { words.append(remark) }
        return words.joined(separator: " ")
    }
}

/// The words of a line, with blanks between them.
private struct Words {
    private var text: Substring

    init(_ line: String) { text = line[...] }

    /// What has not been read.
    var rest: String {
        let start = text.firstIndex { !Self.isBlank($0) } ?? text.endIndex
        let end = text.lastIndex { !Self.isBlank($0) }.map { text.index(after: $0) } ?? start
        return String(text[start..<end])
    }

    func peek() -> String? {
        var copy = self
        return copy.next()
    }

    mutating func next() -> String? {
        text = text.drop(while: Self.isBlank)
        let word = text.prefix { !Self.isBlank($0) }
        text = text[word.endIndex...]
        return word.isEmpty ? nil : String(word)
    }

    /// - Parameter word: what stands before it, and is still to be read; nil if nothing does.
    mutating func pin(after word: String?) throws(KnownHostsProblem.Reason) -> KeyFingerprint {
        if word != nil { _ = next() }
        let text = next() ?? ""
        guard let pin = KeyFingerprint(text) else { throw .noFingerprint(text) }
        return pin
    }

    mutating func day(after word: String) throws(KnownHostsProblem.Reason) -> CalendarDay {
        _ = next()
        let text = next() ?? ""
        guard let day = CalendarDay(text) else { throw .noDay(text) }
        return day
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\r"
    }
}
