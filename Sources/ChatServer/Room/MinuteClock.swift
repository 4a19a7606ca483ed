internal import ChatCore

/// The minute of the day at the server's place, which the system is asked for once a minute and not for every line.
struct MinuteClock {
    private let clock: ServerClock
    private var asked: Int64 = .min
    private var utcOffset: Int64 = 0

    init(_ clock: ServerClock) {
        self.clock = clock
    }

    /// From 0 to 1439.
    mutating func ofDay(_ time: Timestamp) -> UInt16 {
        let minute = Self.floor(time.milliseconds, 60_000)
        if minute != asked {
            asked = minute
            utcOffset = Int64(clock.utcOffset(time))
        }
        let local = minute + Self.floor(utcOffset, 60)
        return UInt16(local - Self.floor(local, 1440) * 1440)
    }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
