import TestKit
import Testing

@testable import ChatServer

@Suite struct AttemptLimitTests {
    private let second: UInt64 = 1_000_000_000

    @Test func `the sixth attempt in ten minutes is refused until the first is ten minutes old`() {
        var limit = AttemptLimit()
        for attempt: UInt64 in 0..<5 { #expect(limit.begin("here", now: attempt * second) == true) }
        #expect(limit.begin("here", now: 5 * second) == false)
        #expect(limit.begin("here", now: 600 * second - 1) == false)
        #expect(limit.begin("here", now: 600 * second) == true)
        #expect(limit.begin("here", now: 600 * second) == false)
        #expect(limit.begin("here", now: 601 * second) == true)
    }

    @Test func `what was refused does not count`() {
        var limit = AttemptLimit(failures: 1)
        #expect(limit.begin("here", now: 0) == true)
        for now: UInt64 in 1..<600 { #expect(limit.begin("here", now: now * second) == false) }
        #expect(limit.begin("here", now: 600 * second) == true)
    }

    @Test func `addresses are counted apart`() {
        var limit = AttemptLimit(failures: 1)
        #expect(limit.begin("here", now: 0) == true)
        #expect(limit.begin("there", now: 0) == true)
        #expect(limit.begin("here", now: 1) == false)
    }

    @Test func `a success is taken back, and no failure with it`() {
        var limit = AttemptLimit(failures: 2)
        #expect(limit.begin("here", now: 0) == true)
        for now: UInt64 in 1..<20 {
            #expect(limit.begin("here", now: now) == true)
            limit.succeed("here", began: now)
        }
        #expect(limit.begin("here", now: 20) == true)
        #expect(limit.begin("here", now: 21) == false)
        limit.succeed("here", began: 5)
        limit.succeed("elsewhere", began: 0)
        #expect(limit.begin("here", now: 22) == false)
    }

    @Test func `who succeeds and never fails is not remembered`() {
        var limit = AttemptLimit()
        #expect(limit.begin("here", now: 3) == true)
        limit.succeed("here", began: 3)
        #expect(limit.count == 0)
    }

    @Test func `of too many addresses the one of longest ago is forgotten`() {
        var limit = AttemptLimit(failures: 1, addresses: 3)
        for (now, address) in ["a", "b", "c", "d"].enumerated() {
            #expect(limit.begin(address, now: UInt64(now)) == true)
        }
        #expect(limit.count == 3)
        for address in ["b", "c", "d"] { #expect(limit.begin(address, now: 4) == false) }
        #expect(limit.begin("a", now: 5) == true)
        #expect(limit.begin("b", now: 6) == true)
    }

    @Test func `those whose time is over make room first`() {
        var limit = AttemptLimit(failures: 2, window: 10, addresses: 3)
        for (now, address) in ["a", "b", "c"].enumerated() { #expect(limit.begin(address, now: UInt64(now)) == true) }
        #expect(limit.begin("d", now: 11) == true)
        #expect(limit.count == 2, "c and d")
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `no more succeed in any ten minutes, and memory is bounded`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var limit = AttemptLimit(failures: 3, window: 100, addresses: 8)
        var begun: [UInt64] = []
        var now: UInt64 = 0
        for _ in 0..<500 {
            now += .random(in: 0...20, using: &random)
            // Seven addresses: none is forgotten before its time.
            let address = Int.random(in: 0..<7, using: &random)
            let begins = limit.begin("\(address)", now: now)
            if address == 0 {
                #expect(begins == (begun.count { now - $0 < 100 } < 3))
                if begins { begun.append(now) }
            }
            #expect(limit.count <= 8)
        }
    }
}
