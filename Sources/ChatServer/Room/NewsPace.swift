/// When a room is told who has come and gone.
///
/// To tell everybody of one newcomer costs as much as to tell them of a hundred at once. So while many come or go their
/// news is gathered: to tell it takes a fiftieth of the event loop's time. That is more only where it would otherwise wait
/// longer than `longest`, or than it takes a thousand lines to gather (``FanOut`` counts them). What is said is never held
/// back, and takes the news before it along.
struct NewsPace {
    /// In nanoseconds: half a second.
    static let longest: UInt64 = 500_000_000

    private var rested: UInt64 = 0

    /// Everybody has been told what there was.
    /// - Parameters: nanoseconds on a clock that never goes back.
    mutating func told(from start: UInt64, to end: UInt64) {
        rested = end + min(49 * (end - start), Self.longest)
    }

    /// How many nanoseconds the next news has to wait.
    func wait(now: UInt64) -> UInt64 { rested > now ? rested - now : 0 }
}
