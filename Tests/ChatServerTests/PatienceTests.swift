import Testing

@testable import ChatServer

@Suite struct PatienceTests {
    private let millisecond: UInt64 = 1_000_000

    @Test func waitsFromHalfAFeedUntilAQuarter() {
        var patience = Patience(budget: 250 * millisecond, now: 0)
        var changed = patience.update(lag: 50, of: 100, now: 0)
        #expect(!changed)
        changed = patience.update(lag: 51, of: 100, now: 0)
        #expect(changed)
        #expect(patience.isWaiting)
        changed = patience.update(lag: 26, of: 100, now: millisecond)
        #expect(!changed)
        changed = patience.update(lag: 25, of: 100, now: 2 * millisecond)
        #expect(changed)
        #expect(!patience.isWaiting)
    }

    @Test func endsWhenTheBudgetIsSpent() {
        var patience = Patience(budget: 250 * millisecond, now: 0)
        var changed = patience.update(lag: 100, of: 100, now: 0)
        #expect(changed)
        changed = patience.update(lag: 100, of: 100, now: 250 * millisecond)
        #expect(!changed)
        changed = patience.update(lag: 100, of: 100, now: 300 * millisecond)
        #expect(changed)
        #expect(!patience.isWaiting)
    }

    /// However long a reader stays behind, and however many there are, floods wait a twentieth of the time.
    @Test func costsATwentiethOfTheTimeInTheLongRun() {
        var patience = Patience(budget: 250 * millisecond, now: 0)
        var waited: UInt64 = 0
        for now in 1...60_000 as ClosedRange<UInt64> {
            _ = patience.update(lag: 100, of: 100, now: now * millisecond)
            if patience.isWaiting { waited += 1 }
        }
        #expect((3000...3500).contains(waited), "\(waited) of 60000 milliseconds")
    }
}
