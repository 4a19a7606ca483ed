import ChatCore
import Testing

@Suite struct TokenBucketTests {
    private let second: UInt64 = 1_000_000_000

    @Test func `it starts full`() {
        var bucket = TokenBucket(capacity: 10, rate: 1, now: 5)
        bucket.spend(10, now: 5)
        #expect(bucket.debt(now: 5) == 0)
        bucket.spend(1, now: 5)
        #expect(bucket.debt(now: 5) == second)
    }

    @Test func `it never holds more than its capacity`() {
        var bucket = TokenBucket(capacity: 10, rate: 1, now: 0)
        bucket.spend(11, now: 3600 * second)
        #expect(bucket.debt(now: 3600 * second) == second)
    }

    @Test func `it refills a little at a time without loss`() {
        var bucket = TokenBucket(capacity: 10, rate: 3, now: 0)
        bucket.spend(11, now: 0)
        for now: UInt64 in 1...1000 {
            // A third of a second, rounded up, less what has passed.
            #expect(bucket.debt(now: now) == 333_333_334 - now)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000, 999_999_937, 1 << 31] as [Int64])
    func `waiting as long as it says suffices, and a nanosecond less does not`(rate: Int64) {
        var bucket = TokenBucket(capacity: 100, rate: rate, now: 0)
        bucket.spend(150, now: 0)
        let debt = bucket.debt(now: 0)
        #expect(debt > 0)
        var early = bucket
        #expect(early.debt(now: debt - 1) == 1)
        #expect(bucket.debt(now: debt) == 0)
    }

    @Test func `nobody owes more than one capacity`() {
        var bucket = TokenBucket(capacity: 10, rate: 2, now: 0)
        for _ in 0..<100 { bucket.spend(1000, now: 0) }
        #expect(bucket.debt(now: 0) == 5 * second)
    }

    @Test func `a clock that goes back gives nothing and takes nothing`() {
        var bucket = TokenBucket(capacity: 10, rate: 1, now: 10 * second)
        bucket.spend(15, now: 10 * second)
        #expect(bucket.debt(now: 0) == 5 * second)
        #expect(bucket.debt(now: 9 * second) == 5 * second)
        #expect(bucket.debt(now: 11 * second) == 4 * second)
    }

    @Test func `a cost of nothing changes nothing`() {
        var bucket = TokenBucket(capacity: 10, rate: 1, now: 0)
        bucket.spend(0, now: 0)
        bucket.spend(10, now: 0)
        bucket.spend(0, now: 0)
        #expect(bucket.debt(now: 0) == 0)
    }
}
