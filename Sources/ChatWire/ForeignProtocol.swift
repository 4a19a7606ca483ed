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
        let text = line.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        if text.hasPrefix("SSH-") || text.hasPrefix("PRI * HTTP/2.0") { return true }
        let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, !words[1].isEmpty, !words[1].contains(where: \.isWhitespace) else { return false }
        switch words[0] {
        case "EHLO", "HELO": return words.count == 2
        case let method where methods.contains(String(method)):
            return words.count == 3 ? words[2].hasPrefix("HTTP/") : isCut
        default: return false
        }
    }
}
