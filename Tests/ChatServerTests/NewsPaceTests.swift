import Testing

@testable import ChatServer

@Suite struct NewsPaceTests {
    private let millisecond: UInt64 = 1_000_000

    @Test func theFirstNewsGoesOutAtOnce() {
        #expect(NewsPace().wait(now: 0) == 0)
    }

    @Test func newsWaitsFortyNineTimesWhatTheLastHasCost() {
        var pace = NewsPace()
        pace.told(from: 100 * millisecond, to: 108 * millisecond)
        #expect(pace.wait(now: 108 * millisecond) == 392 * millisecond)
        #expect(pace.wait(now: 499 * millisecond) == millisecond)
        #expect(pace.wait(now: 500 * millisecond) == 0)
        #expect(pace.wait(now: 900 * millisecond) == 0)
    }

    @Test func inASmallRoomNobodyNoticesTheWait() {
        var pace = NewsPace()
        pace.told(from: 0, to: 40_000)
        #expect(pace.wait(now: 40_000) < 2 * millisecond)
    }

    @Test func noNewsWaitsLongerThanHalfASecond() {
        var pace = NewsPace()
        pace.told(from: 0, to: 3000 * millisecond)
        #expect(pace.wait(now: 3000 * millisecond) == 500 * millisecond)
    }
}
