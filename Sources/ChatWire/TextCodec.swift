public import ChatCore

/// The text protocol's lines, byte for byte, each with its LF.
///
/// What members say is `NUMBER:TEXT`; entering and leaving have lines of their own; all else the server says begins with
/// `* `. A member's number cannot hold a colon, and speech cannot hold a line end, so no speech looks like another line.
public enum TextCodec {
    /// The longest line a member may send, in bytes without its end.
    public static let lineLimit = 4096

    /// Appends the line that everybody sees of an event.
    public static func encode(_ body: Event.Body, into bytes: inout [UInt8]) {
        switch body {
        case .entered(let member): encode(member, " has enter", into: &bytes)
        case .left(let member): encode(member, " has left", into: &bytes)
        case .said(let member, let text):
            append(member.number, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes += text.string.utf8
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The line for a newcomer alone, and under it what a user of `openssl s_client` needs to know.
    /// - Parameters:
    ///   - address: where the newcomer comes from, as `host:port`; shown to nobody else.
    ///   - utcOffset: the server's, in seconds east.
    public static func welcome(_ member: MemberID, from address: String, at time: Timestamp, utcOffset: Int) -> String {
        let entered = CivilTime(time, utcOffset: utcOffset)
        return """
            Welcome, \(address), UID:\(member.number), Enter At:\(entered)
            * /help says what there is; openssl s_client needs -quiet or -nocommands, or it keeps lines that begin with \
            Q, R, K or k; with -quiet the end of input does not leave, /quit does\n
            """
    }

    /// Told to a member whose line was over ``lineLimit``.
    public static let tooLong = "* your line is longer than \(lineLimit) bytes and was not sent\n"

    /// Told to whoever greeted us in another protocol, before the door is closed. It repeats nothing of the greeting.
    public static let foreign = "* this is a chat room and not what your program takes it for; goodbye\n"

    /// Told to everybody when the server stops.
    public static let shuttingDown = "* the server is shutting down\n"

    /// Told to a reader that was slower than the room remembers, at the place of the gap.
    public static func missed(_ lines: UInt64) -> String {
        "* you missed \(lines) lines\n"
    }

    public static func unknown(_ command: CleanText) -> String {
        "* there is no command /\(command.string); /help says what there is\n"
    }

    public static let help = """
        * a line you type goes to everybody in the room; what you see of your own lines is the proof that it went
        * /help  this
        * /quit  leave the room
        * //...  say a line that begins with a slash
        * a line has at most \(lineLimit) bytes; whoever reads too slowly is told how many lines were missed
        * with openssl s_client, add -quiet or -nocommands: without it, lines that begin with Q, R, K or k are commands to
        * s_client and never get here; with -quiet the end of input does not leave the room, /quit does\n
        """

    private static func encode(_ member: MemberID, _ what: String, into bytes: inout [UInt8]) {
        bytes += "user:`".utf8
        append(member.number, to: &bytes)
        bytes.append(UInt8(ascii: "`"))
        bytes += what.utf8
    }

    /// Decimal digits, with no string in between: this runs for every line that is said.
    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
