import ChatCore
import NIOEmbedded
import Testing

@testable import ChatServer

/// What a hostile moment does to one room on one event loop.
@Suite struct AudienceTests {
    private let loop = EmbeddedEventLoop()

    private func fanOut(_ change: (inout ServerLimits) -> Void = { _ in }) -> FanOut {
        var limits = ServerLimits()
        change(&limits)
        return FanOut(loop: loop, traffic: Traffic(), limits: limits)
    }

    private func member(_ serial: UInt64, in fanOut: FanOut) -> FakeOutlet {
        let outlet = FakeOutlet()
        let member = Member(session: SessionID(shard: 0, serial: serial), outlet: outlet)
        fanOut.add(member)
        member.welcome(MemberID(serial), "welcome\n")
        fanOut.enter(.lobby, member)
        fanOut.attend(member)
        return outlet
    }

    private func say(_ lines: Int, of length: Int, in fanOut: FanOut) throws {
        let line = Array(repeating: UInt8(ascii: "x"), count: length - 1) + [UInt8(ascii: "\n")]
        let audience = try #require(fanOut.audience(.lobby))
        for _ in 0..<lines { fanOut.append(line, .plain, to: audience) }
    }

    @Test func aConnectionThatBreaksWithMuchStillToComeIsForgotten() throws {
        let fanOut = fanOut()
        let broken = member(1, in: fanOut)
        let other = member(2, in: fanOut)
        loop.run()
        try say(200, of: 1000, in: fanOut)
        broken.whenSending = { fanOut.member(1).map(fanOut.remove) }
        fanOut.spread(try #require(fanOut.audience(.lobby)))
        loop.run()
        #expect(fanOut.count == 1)
        #expect(other.lines.count { $0.hasPrefix("xxx") } == 200)
    }

    @Test func newsThatWaitsMayFallOffBeforeItIsTold() throws {
        let fanOut = fanOut {
            $0.feedBytes = 128 * 1024
            $0.allFeedBytes = 0
        }
        let stopped = member(1, in: fanOut)
        loop.run()
        stopped.room = 0
        let audience = try #require(fanOut.audience(.lobby))
        try say(10, of: 1000, in: fanOut)
        fanOut.spread(audience)
        loop.run()
        // More than the feed keeps, and nobody has been told of it when somebody is looked after.
        try say(400, of: 1000, in: fanOut)
        #expect(audience.feed.tail > audience.told)
        fanOut.look(at: audience)
        loop.run()
        stopped.room = .max
        fanOut.member(1).map(fanOut.attend)
        fanOut.spread(audience)
        loop.run()
        let missed = try #require(stopped.lines.first { $0.hasPrefix("* you missed ") })
        let count = try #require(Int(missed.split(separator: " ")[3]))
        #expect(count + stopped.lines.count { $0.hasPrefix("xxx") } == 410)
    }
}
