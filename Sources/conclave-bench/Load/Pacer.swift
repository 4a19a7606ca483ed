/// Says when the next message goes out, and how many lines at once.
struct Pacer {
    private enum Rule {
        case closed(Window, burst: Int)
        case open(Schedule)
    }

    private var rule: Rule
    private let limit: Int

    /// - Parameters:
    ///   - start: when an open loop begins, in nanoseconds.
    ///   - limit: no more lines than that in all.
    init(_ pace: LoadPlan.Pace, start: UInt64, limit: Int = .max) {
        self.limit = limit
        rule =
            switch pace {
            case .closed(let window, let burst): .closed(window, burst: min(burst, window.size))
            case .open(let rate): .open(Schedule(start: start, rate: rate))
            }
    }

    /// - Returns: how many lines to say now, and with which time on them; nil if it is not time yet.
    mutating func next(at now: UInt64, outstanding: Int, receivers: Int, sent: Int) -> (lines: Int, time: UInt64)? {
        guard sent < limit, receivers > 0 else { return nil }
        switch rule {
        case .closed(let window, let burst):
            let lines = min(burst, limit - sent)
            guard window.room(outstanding: outstanding, receivers: receivers) >= lines else { return nil }
            return (lines, now)
        case .open(var schedule):
            guard let due = schedule.take(at: now) else { return nil }
            rule = .open(schedule)
            return (1, due)
        }
    }

    /// How long there is nothing to say, in nanoseconds, unless something comes.
    func pause(at now: UInt64) -> UInt64 {
        let longest: UInt64 = 20_000_000
        guard case .open(let schedule) = rule else { return longest }
        return schedule.next > now ? min(longest, schedule.next - now) : 0
    }
}
