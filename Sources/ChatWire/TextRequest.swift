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
        let rest = text.string.dropFirst()
        if rest.utf8.first == UInt8(ascii: "/") {
            self = .say(CleanText(String(rest)))
            return
        }
        let name = rest.prefix { $0 != " " }
        switch name {
        case "quit": self = .quit
        case "help": self = .help
        default: self = .unknown(CleanText(String(name.prefix(32))))
        }
    }
}
