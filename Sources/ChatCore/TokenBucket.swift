/// A budget that refills with time: how much one connection may ask of the room.
///
/// It may be overdrawn, because what has been read must be dealt with; whoever is in debt is not read from until the debt
/// is paid. So a flood is slowed and never loses a line.
public struct TokenBucket: Sendable {
    /// What it holds when full, in tokens.
    public let capacity: Int64
    /// What it gains, in tokens per second.
    public private(set) var rate: Int64

    // Kept in billionths of a token, so that no nanosecond is lost to rounding.
    private var level: Int64
    private var updated: UInt64

    private static let unit: Int64 = 1_000_000_000
    private static let allowed: ClosedRange<Int64> = 1...(1 << 31)

    /// A full bucket.
    /// - Parameters:
    ///   - capacity: from 1 to 2^31.
    ///   - rate: from 1 to 2^31.
    ///   - now: nanoseconds on a clock that never goes back.
    public init(capacity: Int64, rate: Int64, now: UInt64) {
        precondition(Self.allowed.contains(capacity), "a bucket of \(capacity)")
        precondition(Self.allowed.contains(rate), "a rate of \(rate)")
        self.capacity = capacity
        self.rate = rate
        level = capacity * Self.unit
        updated = now
    }

    /// From now on it gains `rate` tokens per second.
    public mutating func change(rate: Int64, now: UInt64) {
        guard rate != self.rate else { return }
        precondition(Self.allowed.contains(rate), "a rate of \(rate)")
        refill(now: now)
        self.rate = rate
    }

    /// Takes `cost` tokens, into debt if need be.
    /// - Precondition: `cost` is not negative.
    public mutating func spend(_ cost: Int64, now: UInt64) {
        precondition(cost >= 0, "a cost of \(cost)")
        refill(now: now)
        // A debt of one capacity is the most that anybody has to pay off.
        level = max(level - min(cost, 2 * capacity) * Self.unit, -capacity * Self.unit)
    }

    /// Nanoseconds until nothing is owed any more; 0 if nothing is.
    public mutating func debt(now: UInt64) -> UInt64 {
        refill(now: now)
        return level >= 0 ? 0 : UInt64((-level + rate - 1) / rate)
    }

    private mutating func refill(now: UInt64) {
        guard now > updated else { return }
        let missing = capacity * Self.unit - level
        let (gained, overflowed) = rate.multipliedReportingOverflow(by: Int64(clamping: now - updated))
        level += overflowed ? missing : min(gained, missing)
        updated = now
    }
}
