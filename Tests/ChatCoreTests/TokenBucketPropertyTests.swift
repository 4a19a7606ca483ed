import ChatCore
import TestKit
import Testing

@Suite struct TokenBucketPropertyTests {
    /// The same budget in plain arithmetic that cannot overflow.
    private struct Model {
        let capacity: Int128
        let rate: Int128
        var level: Int128
        var updated: UInt64

        mutating func spend(_ cost: Int64, now: UInt64) {
            refill(now: now)
            level = max(level - Int128(cost) * 1_000_000_000, -capacity)
        }

        mutating func debt(now: UInt64) -> UInt64 {
            refill(now: now)
            return level >= 0 ? 0 : UInt64((-level + rate - 1) / rate)
        }

        private mutating func refill(now: UInt64) {
            guard now > updated else { return }
            level = min(level + rate * Int128(now - updated), capacity)
            updated = now
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `times and costs of any size give what arithmetic without overflow gives`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let sizes: [Int64] = [1, 2, 1000, (1 << 31) - 1, 1 << 31]
        for capacity in sizes {
            for rate in sizes {
                var now = Self.time(using: &random)
                var bucket = TokenBucket(capacity: capacity, rate: rate, now: now)
                let full = Int128(capacity) * 1_000_000_000
                var model = Model(capacity: full, rate: Int128(rate), level: full, updated: now)
                for _ in 0..<20 {
                    now = random.once(in: 3) ? Self.time(using: &random) : now &+ UInt64(random.bytes(1)[0])
                    let cost = Self.cost(using: &random)
                    bucket.spend(cost, now: now)
                    model.spend(cost, now: now)
                    #expect(bucket.debt(now: now) == model.debt(now: now))
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `whoever always waits gets its rate to the nanosecond`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let capacity = Int64.random(in: 1...10_000, using: &random)
        let rate = Int64.random(in: 1...10_000, using: &random)
        let start = UInt64.random(in: 0...1 << 60, using: &random)
        var bucket = TokenBucket(capacity: capacity, rate: rate, now: start)
        var now = start
        var spent: Int64 = 0
        for _ in 0..<500 {
            let cost = Int64.random(in: 1...capacity, using: &random)
            bucket.spend(cost, now: now)
            spent += cost
            let debt = bucket.debt(now: now)
            guard debt > 0 else { continue }
            now += debt
            #expect(bucket.debt(now: now) == 0)
            // All that was spent beyond the first full bucket came in at `rate`, and nothing was lost on the way.
            let needed = ((spent - capacity) * 1_000_000_000 + rate - 1) / rate
            #expect(Int64(now - start) == needed)
        }
        #expect(now > start)
    }

    private static func time(using random: inout SeededGenerator) -> UInt64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: 0
        case 1: .max
        case 2: random.next()
        default: .random(in: 0...1_000_000_000_000, using: &random)
        }
    }

    private static func cost(using random: inout SeededGenerator) -> Int64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: 0
        case 1: .max
        case 2: .random(in: 0...Int64.max, using: &random)
        default: .random(in: 0...5000, using: &random)
        }
    }
}
