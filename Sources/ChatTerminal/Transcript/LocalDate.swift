internal import ChatCore

/// A moment as a clock and a calendar on the user's wall show it.
struct LocalDate: Sendable, Equatable {
    let year, month, day: Int
    /// 0 is Monday.
    let weekday: Int
    let hour, minute: Int
    /// Days since 1970-01-01.
    let number: Int

    /// - Parameter utcOffset: seconds east of UTC.
    init(_ time: Timestamp, utcOffset: Int) {
        let seconds = Self.floor(time.milliseconds, 1000) + Int64(utcOffset)
        number = Int(Self.floor(seconds, 86_400))
        let secondOfDay = Int(seconds - Int64(number) * 86_400)
        (hour, minute) = (secondOfDay / 3600, secondOfDay / 60 % 60)
        weekday = ((number + 3) % 7 + 7) % 7  // 1970-01-01 was a Thursday
        // Years that begin in March have their leap day at the end, and 400 of them always have as many days.
        let shifted = number + 719_468
        let era = Int(Self.floor(Int64(shifted), 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `10:31`.
    var clock: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }

    /// `2026-11-30`.
    var iso: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
