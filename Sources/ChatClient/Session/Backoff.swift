/// How long to wait before the next attempt to connect: anything up to a bound that doubles with each failure, so that
/// those who lost their server together do not come back together.
public struct Backoff: Sendable, Equatable {
    /// The bound of the first wait.
    public var base: Duration
    /// The bound that is never exceeded.
    public var cap: Duration

    public init(base: Duration = .milliseconds(250), cap: Duration = .seconds(30)) {
        self.base = base
        self.cap = cap
    }

    func bound(afterFailures failures: Int) -> Duration {
        var (bound, left) = (base, failures)
        while left > 0, bound < cap {
            bound *= 2
            left -= 1
        }
        return min(bound, cap)
    }

    func delay(afterFailures failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        bound(afterFailures: failures) * Double.random(in: 0...1, using: &random)
    }
}
