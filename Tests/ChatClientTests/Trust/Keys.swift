import ChatClient
import ChatCore
import Testing

/// Keys, days and servers to speak of.
enum Keys {
    /// A fingerprint that has this digit throughout.
    static func key(_ digit: Character) throws -> KeyFingerprint {
        try #require(KeyFingerprint("sha256:" + String(repeating: digit, count: 64)))
    }

    static func host(_ text: String) throws -> HostPort { try #require(HostPort(text)) }

    static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }
}
