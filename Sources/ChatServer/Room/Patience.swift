internal import ChatCore

/// When a shard asks floods to wait for a reader that is behind.
///
/// A reader may only have been kept from the processor for a moment, and a flood of megabytes a second would make it lose
/// lines that a short wait saves. But nobody can hold up the room with it: in all, floods wait `budget` at once and a
/// twentieth of the time.
struct Patience {
    private(set) var isWaiting = false

    private var budget: TokenBucket
    private var updated: UInt64

    /// - Parameters:
    ///   - budget: in nanoseconds, from a millisecond to half an hour.
    ///   - now: nanoseconds on a clock that never goes back.
    init(budget: UInt64, now: UInt64) {
        // In microseconds: a bucket holds 2^31 at most.
        self.budget = TokenBucket(capacity: Int64(budget / 1000), rate: 50_000, now: now)
        updated = now
    }

    /// - Parameters:
    ///   - lag: how many bytes the slowest reader is behind that has not fallen off.
    ///   - room: how many it may be behind before it falls off.
    /// - Returns: whether `isWaiting` has changed.
    mutating func update(lag: Int, of room: Int, now: UInt64) -> Bool {
        if isWaiting { budget.spend(Int64(clamping: (now - updated) / 1000), now: now) }
        updated = now
        let isBehind = lag > room / (isWaiting ? 4 : 2)
        let waits = isBehind && budget.debt(now: now) == 0
        defer { isWaiting = waits }
        return waits != isWaiting
    }
}
