import ChatCore
import TestKit
import Testing

@testable import ChatServer

@Suite struct MemberTests {
    private let outlet = FakeOutlet()

    private func member(at line: UInt64, of feed: inout Feed) -> Member {
        let member = Member(session: SessionID(shard: 0, serial: 1), outlet: outlet)
        member.enter(at: line, welcome: "welcome\n")
        return member
    }

    private func feed(lines: Range<Int>, capacity: Int = 1 << 20) -> Feed {
        var feed = Feed(capacity: capacity)
        for line in lines { feed.append(Array("line \(line)\n".utf8)) }
        return feed
    }

    @Test func beforeItHasEnteredItGetsNothing() {
        let feed = feed(lines: 0..<3)
        let member = Member(session: SessionID(shard: 0, serial: 1), outlet: outlet)
        member.reply("a reply\n")
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.sent.isEmpty)
    }

    @Test func theWelcomeComesBeforeRepliesAndLines() {
        var feed = feed(lines: 0..<3)
        let member = Member(session: SessionID(shard: 0, serial: 1), outlet: outlet)
        member.reply("a reply\n")
        member.enter(at: 1, welcome: "welcome\n")
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines == ["welcome", "a reply", "line 1", "line 2"])
        feed.append(Array("line 3\n".utf8))
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines.last == "line 3")
    }

    @Test func aFullSocketHoldsItBackWithoutLoss() {
        var feed = feed(lines: 0..<20_000)
        let member = member(at: 0, of: &feed)
        outlet.room = 2
        #expect(member.pump(feed, to: feed.head) == .blocked)
        #expect(member.pump(feed, to: feed.head) == .blocked)
        outlet.room = .max
        while member.pump(feed, to: feed.head) != .caughtUp {}
        #expect(outlet.lines.dropFirst() == (0..<20_000).map { "line \($0)" }[...])
    }

    @Test func oneTurnGivesItOnlyItsShare() {
        var feed = feed(lines: 0..<8000)
        let member = member(at: 0, of: &feed)
        #expect(member.pump(feed, to: feed.head) == .unfinished)
        #expect(outlet.sent.count <= 4 * 16 * 1024 + 100)
        #expect(outlet.sent.count > 3 * 16 * 1024)
    }

    @Test func offTheTailItIsToldHowManyLinesItMissed() throws {
        var feed = feed(lines: 0..<1, capacity: 128 * 1024)
        let member = member(at: 0, of: &feed)
        for line in 1..<20_000 { feed.append(Array("line \(line)\n".utf8)) }
        #expect(feed.tail > 0)
        while member.pump(feed, to: feed.head) != .caughtUp {}
        #expect(outlet.lines[1] == "* you missed \(feed.tail) lines")
        #expect(outlet.lines.count - 2 == 20_000 - Int(feed.tail))
        #expect(outlet.lines.last == "line 19999")
    }

    @Test func itLeavesBehindTheLastLineItIsOwed() {
        var feed = feed(lines: 0..<3)
        let member = member(at: 0, of: &feed)
        member.leave(at: 2)
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines == ["welcome", "line 0", "line 1"])
        #expect(outlet.isClosed)
        #expect(member.cursor == nil)
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines.count == 3)
    }

    @Test func leavingWithAFullSocketWaits() {
        var feed = feed(lines: 0..<3)
        let member = member(at: 0, of: &feed)
        member.leave(at: 3)
        outlet.room = 1
        #expect(member.pump(feed, to: feed.head) == .blocked)
        #expect(!outlet.isClosed)
        outlet.room = 1
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.isClosed)
    }

    @Test func aConnectionThatBreaksInsideASendMayStillAsk() {
        let feed = feed(lines: 0..<3)
        let member = Member(session: SessionID(shard: 0, serial: 1), outlet: outlet)
        member.enter(at: 0, welcome: "welcome\n")
        // The channel reads what is left of a broken connection, all inside the send that found it broken.
        outlet.whenSending = { member.reply("an answer\n") }
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines == ["welcome", "line 0", "line 1", "line 2"])
        #expect(member.pump(feed, to: feed.head) == .caughtUp)
        #expect(outlet.lines.last == "an answer")
    }

    /// Whatever the socket does, each line is either sent in its place or counted as missed.
    @Test(arguments: SeededGenerator.seeds(10))
    func nothingIsLostInSilence(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var feed = Feed(capacity: 128 * 1024)
        let member = member(at: 0, of: &feed)
        let padding = String(repeating: ".", count: 80)
        let count = 20_000
        outlet.room = 1
        for line in 0..<count {
            feed.append(Array("line \(line) \(padding)\n".utf8))
            guard random.once(in: 600) else { continue }
            outlet.room = Int.random(in: 0..<3, using: &random)
            _ = member.pump(feed, to: feed.head)
            feed.trim(before: max(member.cursor ?? feed.head, feed.tail))
        }
        outlet.room = .max
        while member.pump(feed, to: feed.head) != .caughtUp {}

        var next = 0
        var notices = 0
        for line in outlet.lines.dropFirst() {
            if line.hasPrefix("* you missed ") {
                notices += 1
                next += try #require(Int(line.split(separator: " ")[3]))
            } else {
                #expect(line == "line \(next) \(padding)")
                next += 1
            }
        }
        #expect(next == count)
        #expect(notices > 0, "the feed is too large for this test to show anything")
    }
}
