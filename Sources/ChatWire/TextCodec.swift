public import ChatCore

/// The text protocol's lines, byte for byte, each with its LF.
///
/// What members say is `NAME:TEXT`; entering and leaving have lines of their own; what members do begins with `~ `, what is
/// said to one alone with `[`, and all else the server says with `* `. A name holds neither space nor colon nor any of
/// these signs, and speech cannot hold a line end, so no line looks like another's or the server's.
public enum TextCodec {
    /// The longest line a member may send unless the server is told otherwise, in bytes without its end.
    public static let lineLimit = 4096

    /// Appends the line that everybody sees of an event.
    public static func encode(_ body: Event.Body, into bytes: inout [UInt8]) {
        switch body {
        case .said(let author, let text):
            bytes += author.label.utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += text.string.utf8
        case .acted(let author, let text):
            bytes += "~ ".utf8
            bytes += author.label.utf8
            bytes.append(UInt8(ascii: " "))
            bytes += text.string.utf8
        case .entered(let author): bytes += "user:`\(author.label)` has enter".utf8
        case .left(let author): bytes += "user:`\(author.label)` has left".utf8
        case .renamed(let before, let after): bytes += "* `\(before.label)` is now `\(after.label)`".utf8
        case .topic(let text?, let author): bytes += "* `\(author.label)` set the topic: \(text.string)".utf8
        case .topic(nil, let author): bytes += "* `\(author.label)` took the topic away".utf8
        case .announced(let text, let author): bytes += "* announcement by `\(author.label)`: \(text.string)".utf8
        case .forgotten(let author): bytes += "* `\(author.label)` has taken this back".utf8
        case .forgot(let author): bytes += "* `\(author.label)` has taken back all that it had said here".utf8
        case .ruled(let ruling, let author): bytes += "* \(line(ruling, by: author.label))".utf8
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// An event of the past, for one who was not there: `* [10:31] alice:hello`.
    /// - Parameter utcOffset: the server's, in seconds east.
    public static func replayed(_ event: Event, utcOffset: Int) -> [UInt8] {
        var bytes = Array("* [\(clock(event.at, utcOffset: utcOffset))] ".utf8)
        encode(event.body, into: &bytes)
        return bytes
    }

    /// `10:31`.
    public static func clock(_ time: Timestamp, utcOffset: Int) -> String {
        CivilTime(time, utcOffset: utcOffset).clock
    }

    /// Told to who asks for a past that there is not.
    public static let nothingToReplay = "* this room remembers nothing that was said\n"

    /// Told to who looks for words that nobody has said.
    public static let nothingFound = "* nobody has said that here\n"

    /// Told to everybody when the server stops.
    public static let shuttingDown = "* the server is shutting down\n"

    /// Told to a reader that was slower than the room remembers, at the place of the gap.
    public static func missed(_ lines: UInt64) -> String {
        "* you missed \(lines) lines\n"
    }

    /// Told to one who did not read what was said to it alone.
    public static func missedAnswers(_ count: Int) -> String {
        "* you missed \(count) private messages and answers, because you did not read\n"
    }

    private static func line(_ ruling: Ruling, by author: String) -> String {
        switch ruling {
        case .kicked(let other, let reason): "`\(other.label)` was kicked by `\(author)`\(suffix(reason))"
        case .banned(let other, let seconds, let reason):
            "`\(other.label)` was banned by `\(author)`\(span(seconds))\(suffix(reason))"
        case .muted(let other, let seconds): "`\(other.label)` was muted by `\(author)`\(span(seconds))"
        case .unmuted(let other): "`\(other.label)` may speak again, says `\(author)`"
        case .moderator(let other, true): "`\(other.label)` may moderate this room now, says `\(author)`"
        case .moderator(let other, false): "`\(other.label)` may not moderate this room any more, says `\(author)`"
        case .slow(0): "slow mode is off, says `\(author)`"
        case .slow(let seconds): "slow mode: one line from each member in \(seconds) s, says `\(author)`"
        case .lockdown(true): "only invited members can enter now, says `\(author)`"
        case .lockdown(false): "lockdown is over, says `\(author)`"
        case .isPrivate(true): "this room is private now, says `\(author)`: invited members only, and not listed"
        case .isPrivate(false): "this room is public now, says `\(author)`"
        }
    }

    static func suffix(_ reason: CleanText?) -> String { reason.map { ": \($0.string)" } ?? "" }

    static func span(_ seconds: Int?) -> String { seconds.map { " for \(Period.text($0))" } ?? "" }
}
