/// Reads bytes from a terminal as keys. The bytes may be split anywhere, and the time comes from outside.
///
/// Esc is both a key and how other keys begin; what it was is known when the next byte comes, or when none has come for a
/// while. So ``deadline`` says until when to wait, and ``expire(at:)`` what it was then. What is none of the keys we
/// know is swallowed whole.
public struct KeyParser: Sendable {
    /// How long to wait for what follows Esc. People press the next key later, and slow links bring the next byte sooner.
    public static let escapeTime = Duration.milliseconds(250)
    /// How long to wait for the rest of a sequence, and of a character.
    public static let sequenceTime = Duration.seconds(1)
    /// How long to wait for the rest of a paste. Nothing else is a key meanwhile.
    public static let pasteTime = Duration.seconds(5)

    /// How many bytes of one paste are kept; the rest is thrown away.
    public let pasteLimit: Int

    /// The time, counted from anywhere, at which to call ``expire(at:)``; `nil` while nothing is unfinished.
    public private(set) var deadline: Duration?

    enum State {
        case ground
        case escape
        case sequence(ControlSequence)
        case function  // after ESC O
        case answer(TerminalAnswer)
        case paste(Paste)
    }

    var state = State.ground
    /// Whether an Esc came before what is being read.
    var hasAlt = false
    var utf8 = UTF8Decoder()
    var keys: [Key] = []

    public init(pasteLimit: Int = 65536) {
        self.pasteLimit = pasteLimit
    }

    /// The keys that are complete with these bytes, in order.
    public mutating func read(_ bytes: some Sequence<UInt8>, at now: Duration) -> [Key] {
        for byte in bytes {
            take(byte)
        }
        setDeadline(now)
        return flush()
    }

    /// The keys that what has come was, if nothing more has come until the deadline; none if that is not yet.
    public mutating func expire(at now: Duration) -> [Key] {
        guard let deadline, now >= deadline else { return [] }
        if utf8.isUnfinished {
            utf8 = UTF8Decoder()
            type("\u{FFFD}")
        }
        switch state {
        case .ground: break
        case .escape: keys.append(.press(.escape, hasAlt ? .alt : []))
        case .function: keys.append(.alt("O"))
        case .answer(let answer): if let key = answer.keyIfNothingFollows { keys.append(key) }
        case .sequence: break
        case .paste(let paste): keys.append(paste.key)
        }
        rest()
        self.deadline = nil
        return flush()
    }

    private mutating func setDeadline(_ now: Duration) {
        switch state {
        case .ground: deadline = utf8.isUnfinished ? now + Self.sequenceTime : nil
        case .escape: deadline = now + Self.escapeTime
        case .answer(let answer): deadline = now + (answer.isCertain ? Self.sequenceTime : Self.escapeTime)
        case .sequence, .function: deadline = now + Self.sequenceTime
        case .paste: deadline = now + Self.pasteTime
        }
    }

    private mutating func flush() -> [Key] {
        defer { keys.removeAll() }
        return keys
    }

    /// Back to where anything may begin.
    mutating func rest() {
        state = .ground
        hasAlt = false
    }
}
