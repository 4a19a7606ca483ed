public import ChatCore

/// What one line of the text protocol asks for.
public enum TextRequest: Sendable, Equatable {
    /// An empty line, or one that is empty once cleaned: nobody hears it.
    case nothing
    case say(CleanText)
    case quit
    case help
    /// A command that there is not, by the name it was called with, cut to a length that fits an answer.
    case unknown(CleanText)

    /// Reads a line, without its end.
    ///
    /// A line that begins with `/` is a command; `//` stands for speech that begins with one slash.
    public init(_ line: RawSpan) {
        let text = CleanText(line)
        guard text.string.utf8.first == UInt8(ascii: "/") else {
            self = text.isEmpty ? .nothing : .say(text)
            return
        }
        // By scalars, not by characters: a combining mark after the slash or a space does not change what they are, and
        // one character may be as long as a line.
        let rest = text.string.unicodeScalars.dropFirst()
        if rest.first == "/" {
            self = .say(CleanText(String(rest)))
            return
        }
        let name = rest.prefix { $0 != " " }
        switch String(name) {
        case "quit": self = .quit
        case "help": self = .help
        default: self = .unknown(CleanText(String(name.prefix(32))))
        }
    }
}
