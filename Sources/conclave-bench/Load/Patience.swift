/// Tells a phase that is slow from one that has come to a halt.
struct Patience {
    private let nanoseconds: UInt64
    private var mark: Int?
    private var since: UInt64

    /// - Parameter seconds: for how long nothing may change.
    init(seconds: Double = LoadPlan.patience) {
        nanoseconds = MonotonicClock.nanoseconds(seconds)
        since = MonotonicClock.now
    }

    /// - Parameter mark: a number that changes whenever something happens.
    /// - Returns: whether nothing has changed for so long that it is over.
    mutating func isOver(_ mark: Int, at now: UInt64 = MonotonicClock.now) -> Bool {
        if mark != self.mark {
            self.mark = mark
            since = now
        }
        return now >= since + nanoseconds
    }
}
