/// Recognises the greeting of another protocol, so that a browser or a mail client that is tricked into talking to us
/// says nothing to the room.
///
/// Only a connection's *first* line is asked: "GET lost" later on is speech.
public enum ForeignProtocol {
    private static let methods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH",
    ]

    /// Whether a connection that begins with this line speaks HTTP, SMTP or SSH.
    /// - Parameter isCut: the line was too long and this is only its beginning; a long URL may hide the rest.
    public static func speaks(_ line: RawSpan, isCut: Bool = false) -> Bool {
        // By bytes, not by characters: for Swift, a combining mark after a space or a hyphen is one character with it.
        line.withUnsafeBytes { line in
            if line.starts(with: "SSH-".utf8) || line.starts(with: "PRI * HTTP/2.0".utf8) { return true }
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            guard words.count >= 2, !words[1].isEmpty, !words[1].contains(where: isSpace) else { return false }
            switch String(decoding: words[0], as: UTF8.self) {
            case "EHLO", "HELO": return words.count == 2
            case let method where methods.contains(method):
                guard words.count == 3 else { return isCut }
                return words[2].starts(with: "HTTP/".utf8) || isCut && "HTTP/".utf8.starts(with: words[2])
            default: return false
            }
        }
    }

    /// What `\s` is in a regular expression; a line can still hold the others than space.
    private static func isSpace(_ byte: UInt8) -> Bool {
        (0x09...0x0D).contains(byte) || byte == 0x20
    }
}
