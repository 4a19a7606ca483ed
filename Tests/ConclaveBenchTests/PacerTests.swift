import TestKit
import Testing

@testable import conclave_bench

@Suite struct PacerTests {
    @Test(arguments: [
        (0, 10, 4),
        (1, 10, 3),
        (10, 10, 3),
        (11, 10, 2),
        (39, 10, 0),
        (40, 10, 0),
        (99, 10, 0),
        (0, 0, 0),
    ])
    func `a window has room for what keeps the deliveries within it`(outstanding: Int, receivers: Int, room: Int) {
        #expect(Window(size: 4).room(outstanding: outstanding, receivers: receivers) == room)
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `the window is what its definition says`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (size, receivers) = (Int.random(in: 1...100, using: &random), Int.random(in: 1...100, using: &random))
        let sent = Int.random(in: 0...1000, using: &random)
        let delivered = Int.random(in: 0...sent * receivers, using: &random)
        let room = Window(size: size).room(outstanding: sent * receivers - delivered, receivers: receivers)
        #expect(room == 0 || (sent + room) * receivers <= delivered + size * receivers)
        #expect((sent + room + 1) * receivers > delivered + size * receivers)
    }

    @Test func `a closed loop says a burst when there is room for all of it, and stops at the limit`() {
        var pacer = Pacer(.closed(Window(size: 4), burst: 3), start: 0, limit: 5)
        #expect(pacer.next(at: 7, outstanding: 0, receivers: 2, sent: 0)?.lines == 3)
        #expect(pacer.next(at: 7, outstanding: 6, receivers: 2, sent: 3) == nil)
        #expect(pacer.next(at: 7, outstanding: 4, receivers: 2, sent: 3)?.lines == 2)
        #expect(pacer.next(at: 7, outstanding: 0, receivers: 2, sent: 5) == nil)
        #expect(pacer.next(at: 7, outstanding: 0, receivers: 0, sent: 0) == nil)
    }

    @Test func `an open loop says what is due with the time it was due at, and catches up`() {
        var pacer = Pacer(.open(rate: 1000), start: 5_000_000)
        #expect(pacer.next(at: 4_999_999, outstanding: 0, receivers: 1, sent: 0) == nil)
        #expect(pacer.pause(at: 4_999_990) == 10)
        let times = (0..<4).map { pacer.next(at: 7_500_000, outstanding: 99, receivers: 1, sent: $0)?.time }
        #expect(times == [5_000_000, 6_000_000, 7_000_000, nil])
        #expect(pacer.pause(at: 7_500_000) == 500_000)
        #expect(pacer.pause(at: 9_000_000) == 0)
    }

    @Test func `even intervals do not drift`() {
        var schedule = Schedule(start: 0, rate: 3)
        for _ in 0..<3_000_000 { _ = schedule.take(at: .max) }
        #expect(schedule.next == 1_000_000_000_000_000)
    }

    @Test func `patience ends when nothing changes for its time`() {
        var patience = Patience(seconds: 1)
        let start = MonotonicClock.now
        let steps: [(mark: Int, after: UInt64)] = [
            (1, 0), (1, 999_999_999), (2, 1_000_000_001), (2, 2_000_000_000), (2, 2_000_000_001),
        ]
        let verdicts = steps.map { patience.isOver($0.mark, at: start + $0.after) }
        #expect(verdicts == [false, false, false, false, true])
    }
}
