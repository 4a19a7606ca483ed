/// What a terminal says by itself, or because some program has asked it: its colours, its name, its settings. Nobody has
/// typed that, and so it is none of our keys: from `ESC ]`, `ESC P` or `ESC _` to BEL or `ESC \`.
///
/// Each of the three is also how Alt with that key comes. What follows says which it is.
struct TerminalAnswer: Sendable {
    enum Step {
        case unfinished
        case complete
        /// It was a key, and this byte belongs to what comes next.
        case none
    }

    private let introducer: UInt8
    private var count = 0
    private var last: UInt8 = 0

    /// Nothing that we could be told is as long; so what is typed after one that never ends is not lost for ever.
    private static let limit = 4096

    init(introducer: UInt8) { self.introducer = introducer }

    /// Whether it is no key.
    var isCertain: Bool { count > 0 }

    var keyIfNothingFollows: Key? { isCertain ? nil : .alt(Unicode.Scalar(introducer)) }

    mutating func take(_ byte: UInt8) -> Step {
        guard isCertain || canBegin(with: byte) else { return .none }
        defer { last = byte }
        count += 1
        let isEnd = byte == 0x07 || (last == 0x1B && byte == UInt8(ascii: "\\"))
        return isEnd || count == Self.limit ? .complete : .unfinished
    }

    private func canBegin(with byte: UInt8) -> Bool {
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        switch introducer {
        case UInt8(ascii: "]"): return isDigit
        // A version, a setting, a capability, tmux.
        case UInt8(ascii: "P"): return isDigit || ">!+$t|".utf8.contains(byte)
        // kitty, of a picture.
        default: return byte == UInt8(ascii: "G")
        }
    }
}
