/// A moment as a calendar and a clock on the wall show it, `2026-11-22 10:31:50+0000`, without Foundation.
public struct CivilTime: Sendable, Equatable, CustomStringConvertible {
    public let year, month, day, hour, minute, second: Int
    /// Seconds east of UTC.
    public let utcOffset: Int
    /// Days since 1970-01-01.
    public let dayNumber: Int

    /// - Parameter utcOffset: seconds east of UTC.
    public init(_ time: Timestamp, utcOffset: Int) {
        let seconds = time.milliseconds.floorDivided(by: 1000) + Int64(utcOffset)
        let days = seconds.floorDivided(by: 86_400)
        let secondOfDay = Int(seconds - days * 86_400)
        dayNumber = Int(days)
        (year, month, day) = Self.date(ofDay: dayNumber)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        self.utcOffset = utcOffset
    }

    public var description: String {
        let offset = abs(utcOffset) / 60
        let sign = utcOffset < 0 ? "-" : "+"
        return "\(date) \(two(hour)):\(two(minute)):\(two(second))"
            + "\(sign)\(two(offset / 60))\(two(offset % 60))"
    }

    /// `10:31`.
    public var clock: String { "\(two(hour)):\(two(minute))" }

    /// `2026-11-22`.
    public var date: String { "\(year)-\(two(month))-\(two(day))" }

    /// 0 is Monday.
    public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }  // 1970-01-01 was a Thursday

    /// The Gregorian date of a day counted from 1970-01-01: the year is taken to begin in March, so that the leap day is
    /// its last, and counted in eras of 400 years, which all have the same number of days.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = Int(Int64(shifted).floorDivided(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The same way back: days since 1970-01-01; nil if there is no such date.
    public static func day(year: Int, month: Int, day: Int) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(Int64(shifted).floorDivided(by: 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let number = era * 146_097 + dayOfEra - 719_468
        return date(ofDay: number) == (year, month, day) ? number : nil
    }

    private func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
