import NIOCore
import NIOEmbedded
import Testing

@testable import ChatServer

@Suite struct PeerRecordTests {
    private let second: UInt64 = 1_000_000_000
    private let owing = Transport(owes: true, unanswered: 0, silence: 0, acknowledged: 10)

    @Test func whoOwesNothingIsSettledHoweverLongItWasSilent() {
        var record = PeerRecord()
        let idle = Transport(owes: false, unanswered: 0, silence: 3_600_000, acknowledged: 10)
        #expect(record.judge(idle, now: second, patience: 1) == .settled)
    }

    @Test(arguments: [
        (44_999, 9, PeerRecord.Verdict.waiting), (45_000, 2, .waiting), (45_000, 3, .gone), (120_000, 0, .waiting),
        (600_000, 15, .gone),
    ])
    func whoIsSilentIsGoneIfItWasAskedOftenEnough(silence: UInt64, unanswered: Int, verdict: PeerRecord.Verdict) {
        var record = PeerRecord()
        let transport = Transport(owes: true, unanswered: unanswered, silence: silence, acknowledged: 10)
        #expect(record.judge(transport, now: second, patience: 0) == verdict)
    }

    @Test func whoAnswersAndTakesNothingIsStalledAfterAWhile() {
        var record = PeerRecord()
        #expect(record.judge(owing, now: 100 * second, patience: 60 * second) == .waiting)
        #expect(record.judge(owing, now: 159 * second, patience: 60 * second) == .waiting)
        var taking = owing
        taking.acknowledged += 1
        #expect(record.judge(taking, now: 159 * second, patience: 60 * second) == .waiting)
        #expect(record.judge(taking, now: 218 * second, patience: 60 * second) == .waiting)
        #expect(record.judge(taking, now: 219 * second, patience: 60 * second) == .stalled)
    }

    @Test func patienceMayBeEndless() {
        var record = PeerRecord()
        for now: UInt64 in [1, 1000, 1_000_000] {
            #expect(record.judge(owing, now: now * second, patience: 0) == .waiting)
        }
    }
}

/// A peer that is in whatever state the test says.
private final class FakePeer: WatchedPeer {
    var watchPlace = -1
    var state: Transport?
    var looks = 0
    var givenUp: PeerRecord.Verdict?
    var whenGivenUp: () -> Void = {}

    init(owes: Bool) {
        state = Transport(owes: owes, unanswered: 0, silence: 0, acknowledged: 0)
    }

    func transport() -> Transport? {
        looks += 1
        return state
    }

    func giveUp(_ verdict: PeerRecord.Verdict) {
        givenUp = verdict
        whenGivenUp()
    }
}

@Suite struct PeerWatchTests {
    private let loop = EmbeddedEventLoop()

    private func makeWatch(stalled: Duration = .zero) -> PeerWatch {
        var limits = ServerLimits()
        limits.stalled = stalled
        return PeerWatch(loop: loop, limits: limits)
    }

    private func pass(_ looks: Int) {
        for _ in 0..<looks { loop.advanceTime(by: PeerWatch.interval) }
    }

    @Test func whoOwesNothingIsLookedAtOnce() {
        let watch = makeWatch()
        let (idle, owing, ended) = (FakePeer(owes: false), FakePeer(owes: true), FakePeer(owes: true))
        for peer in [idle, owing, ended] { watch.add(peer) }
        watch.remove(ended)
        watch.remove(ended)
        pass(3)
        #expect([idle.looks, owing.looks, ended.looks] == [1, 3, 0])
        #expect(idle.watchPlace == -1)
        watch.add(idle)
        pass(1)
        #expect([idle.looks, owing.looks] == [2, 4])
        owing.state = nil
        pass(2)
        #expect(owing.looks == 5)
        #expect(owing.watchPlace == -1)
    }

    @Test func whoIsGoneOrStalledIsGivenUpOnce() {
        let watch = makeWatch(stalled: .seconds(35))
        let (gone, stalled) = (FakePeer(owes: true), FakePeer(owes: true))
        gone.state?.silence = 60_000
        gone.state?.unanswered = 8
        // As a connection does when it ends.
        gone.whenGivenUp = { watch.remove(gone) }
        for peer in [gone, stalled] { watch.add(peer) }
        pass(1)
        #expect(gone.givenUp == .gone)
        pass(3)
        #expect(stalled.givenUp == nil)
        pass(1)
        #expect(stalled.givenUp == .stalled)
        pass(5)
        #expect([gone.looks, stalled.looks] == [1, 5])
    }

    @Test func manyAreAllLookedAt() {
        let watch = makeWatch()
        let peers = (0..<1000).map { FakePeer(owes: $0 % 3 == 0) }
        for peer in peers { watch.add(peer) }
        // The end of one is the end of another: the list changes under the look.
        for place in stride(from: 0, to: 1000, by: 3) where place % 2 == 0 {
            peers[place].state?.silence = 60_000
            peers[place].state?.unanswered = 8
            peers[place].whenGivenUp = { watch.remove(peers[place + 3 < 1000 ? place + 3 : 999]) }
        }
        pass(1)
        for (place, peer) in peers.enumerated() {
            let mayHaveEnded = place % 3 == 0
            #expect(peer.looks == 1 || mayHaveEnded && peer.looks <= 2, "\(place) had \(peer.looks) looks")
            #expect(peer.watchPlace == -1 || place % 3 == 0)
        }
    }
}

@Suite struct SilenceTests {
    @Test func itEndsAfterTheLimitAndNotBefore() {
        let loop = EmbeddedEventLoop()
        var ends = 0
        let silence = Silence(limit: .seconds(100), loop: loop) { ends += 1 }
        loop.advanceTime(by: .seconds(90))
        silence.isBroken(now: loop.now.uptimeNanoseconds)
        loop.advanceTime(by: .seconds(99))
        #expect(ends == 0)
        loop.advanceTime(by: .seconds(1))
        #expect(ends == 1)
        loop.advanceTime(by: .seconds(1000))
        #expect(ends == 1)
    }

    @Test func whoHasGoneIsNotTold() {
        let loop = EmbeddedEventLoop()
        var ends = 0
        let silence = Silence(limit: .seconds(100), loop: loop) { ends += 1 }
        silence.end()
        loop.advanceTime(by: .seconds(1000))
        #expect(ends == 0)
    }
}
