import ChatCore
import TestKit
import Testing

@testable import ChatServer

@Suite struct AllowanceTests {
    private let second: UInt64 = 1_000_000_000

    @Test(arguments: [1, 20, 1_000_000])
    func fiveSecondsWorthMayComeAtOnce(rate: Int) {
        let pace = Allowance.Pace(perSecond: rate)
        var allowance = Allowance()
        let now = 100 * second
        #expect(allowance.isFull(now: now))
        for _ in 0..<5 * rate {
            guard allowance.suffices(pace, now: now) else {
                Issue.record("too little")
                return
            }
            allowance.spend(pace, now: now)
        }
        #expect(!allowance.suffices(pace, now: now))
        #expect(!allowance.isFull(now: now + 4 * second))
        #expect(allowance.isFull(now: now + 5 * second))
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `whoever always asks gets the rate and no more`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = Int.random(in: 1...1000, using: &random)
        let pace = Allowance.Pace(perSecond: rate)
        var allowance = Allowance()
        let start = UInt64.random(in: 0...1 << 50, using: &random)
        var now = start
        var spent = 0
        while now < start + 20 * second {
            if allowance.suffices(pace, now: now) {
                allowance.spend(pace, now: now)
                spent += 1
            }
            now += UInt64.random(in: 0...second / UInt64(rate), using: &random)
        }
        #expect(spent <= 25 * rate + 1)
        #expect(spent >= 20 * rate)
    }
}

@Suite struct MufflerTests {
    @Test func onceAMinuteItTellsHowOften() {
        let second: UInt64 = 1_000_000_000
        var muffler = Muffler()
        #expect(muffler.note(now: 5 * second) == 1)
        for _ in 0..<100 { #expect(muffler.note(now: 64 * second) == nil) }
        #expect(muffler.note(now: 65 * second) == 101)
        #expect(muffler.note(now: 66 * second) == nil)
        #expect(muffler.note(now: 1000 * second) == 2)
    }
}
