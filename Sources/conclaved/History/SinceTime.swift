import ChatCore
import ChatWire

/// A moment in the past, as it is given to `--since`.
enum SinceTime {
    /// - Returns: nil if it is no day, no time of RFC 3339, and no period.
    static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        if let seconds = Period.parse(text) { return now.adding(seconds: -seconds) }
        if text.utf8.count == 10 { return Timestamp(iso8601: text + "T00:00:00.000Z") }
        return time(text)
    }

    /// `2026-11-01T10:30:00Z`, with a fraction of a second or without, and `Z` or an offset such as `+01:00`.
    private static func time(_ text: String) -> Timestamp? {
        let scalars = Array(text.uppercased().unicodeScalars)
        guard scalars.count >= 20 else { return nil }
        var place = 19
        var fraction = ""
        if scalars[place] == "." {
            place += 1
            while place < scalars.count, ("0"..."9").contains(scalars[place]) {
                fraction.unicodeScalars.append(scalars[place])
                place += 1
            }
            guard !fraction.isEmpty else { return nil }
        }
        let milliseconds = String((fraction + "000").prefix(3))
        let whole = String(String.UnicodeScalarView(scalars[..<19]))
        let zone = String(String.UnicodeScalarView(scalars[place...]))
        guard let time = Timestamp(iso8601: "\(whole).\(milliseconds)Z"), let offset = offset(zone) else { return nil }
        return time.adding(seconds: -offset)
    }

    /// Seconds east of UTC.
    private static func offset(_ zone: String) -> Int? {
        if zone == "Z" { return 0 }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard zone.hasPrefix("+") || zone.hasPrefix("-"), parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (zone.hasPrefix("-") ? -1 : 1) * (Int(hours) * 3600 + Int(minutes) * 60)
    }
}
