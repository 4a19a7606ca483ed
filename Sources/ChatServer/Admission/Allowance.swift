/// How many connections a neighbourhood may open now: a token bucket in one word, the moment when it is full again.
struct Allowance {
    /// What all neighbourhoods have in common.
    struct Pace {
        /// Five seconds' worth may come at once.
        static let depth: UInt64 = 5_000_000_000

        /// Nanoseconds that one connection costs.
        let cost: UInt64

        /// - Parameter perSecond: from 1 to a billion.
        init(perSecond: Int) {
            precondition((1...1_000_000_000).contains(perSecond), "a pace of \(perSecond)")
            cost = 1_000_000_000 / UInt64(perSecond)
        }
    }

    private var fullAt: UInt64 = 0

    func isFull(now: UInt64) -> Bool { fullAt <= now }

    func suffices(_ pace: Pace, now: UInt64) -> Bool {
        max(fullAt, now) + pace.cost <= now + Pace.depth
    }

    /// - Precondition: it suffices.
    mutating func spend(_ pace: Pace, now: UInt64) {
        fullAt = max(fullAt, now) + pace.cost
    }
}
