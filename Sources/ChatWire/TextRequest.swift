public import ChatCore

/// What one line of the text protocol asks for.
public enum TextRequest: Sendable, Equatable {
    /// An empty line, or one that is empty once cleaned: nobody hears it.
    case nothing
    case say(CleanText)
    case command(Request, CommandSpec)
    /// A command that there is not, or that was used wrongly.
    case problem(CommandProblem)

    /// Reads a line, without its end.
    ///
    /// A line that begins with `/` is a command; `//` stands for speech that begins with one slash.
    public init(_ line: RawSpan) {
        let text = CleanText(line)
        guard text.string.utf8.first == UInt8(ascii: "/") else {
            self = Self.speech(text)
            return
        }
        // By scalars, not by characters: a combining mark after the slash or a space does not change what they are, and
        // one character may be as long as a line.
        let rest = text.string.unicodeScalars.dropFirst()
        if rest.first == "/" {
            self = .say(CleanText(String(rest)))
            return
        }
        do {
            let (spec, request) = try CommandTable.read(rest)
            self = .command(request, spec)
        } catch {
            self = .problem(error)
        }
    }

    private static func speech(_ text: CleanText) -> TextRequest {
        guard text.string.utf8.first == UInt8(ascii: " ") else { return text.isEmpty ? .nothing : .say(text) }
        let words = text.string.unicodeScalars.drop { $0 == " " }
        if words.isEmpty { return .nothing }
        // A password that a space before the slash would show to everybody.
        guard String(words.prefix(6)).lowercased() == "/oper " else { return .say(text) }
        return .problem(CommandProblem(.spaceBefore))
    }
}
