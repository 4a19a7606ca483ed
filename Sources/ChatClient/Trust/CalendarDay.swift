public import ChatCore
internal import ChatWire

/// A day in UTC, as people write it: `2026-11-30`.
public struct CalendarDay: Sendable, Hashable, Comparable {
    private let text: String

    /// The day in which a moment lies.
    public init(_ moment: Timestamp) {
        text = String(moment.iso8601.prefix(10))
    }

    /// - Parameter seconds: since 1970.
    public init(seconds: Int64) {
        // What a certificate says may be any number.
        let (milliseconds, isTooFar) = seconds.multipliedReportingOverflow(by: 1000)
        self.init(Timestamp(milliseconds: isTooFar ? (seconds < 0 ? .min : .max) : milliseconds))
    }

    /// - Returns: nil for what is no day of the years 0000 to 9999 in that form.
    public init?(_ text: String) {
        guard text.utf8.count == 10, let moment = Timestamp(iso8601: text + "T00:00:00.000Z") else { return nil }
        self.init(moment)
    }

    public static func < (one: CalendarDay, other: CalendarDay) -> Bool { one.text < other.text }
}

extension CalendarDay: CustomStringConvertible {
    public var description: String { text }
}
