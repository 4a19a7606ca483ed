import ChatCore
import NIOEmbedded
import TestKit
import Testing

@testable import ChatServer

extension LineMark {
    /// Of a line that nobody hides.
    static let plain = LineMark(.said(Author(MemberID(99)), CleanText("")), minute: 0)
}

/// One member, and one room that moves only when the test says so.
private final class Stand {
    let loop = EmbeddedEventLoop()
    let fanOut: FanOut
    let outlet = FakeOutlet()
    let member: Member
    let lobby = RoomID.lobby
    private var pool = SegmentPool(bytes: 1 << 30)
    private var audiences: [RoomID: Audience] = [:]

    init(feedBytes: Int = 1 << 20) {
        var limits = ServerLimits()
        limits.feedBytes = feedBytes
        fanOut = FanOut(loop: loop, traffic: Traffic(), limits: limits)
        member = Member(session: SessionID(shard: 0, serial: 1), outlet: outlet)
        self.feedBytes = feedBytes
    }

    private let feedBytes: Int

    func audience(_ room: RoomID = .lobby) -> Audience {
        let audience = audiences[room] ?? Audience(room: room, feedBytes: feedBytes, fanOut: fanOut)
        audiences[room] = audience
        return audience
    }

    func append(_ lines: Range<Int>, to room: RoomID = .lobby, padding: String = "") {
        for line in lines { audience(room).append(Array("line \(line)\(padding)\n".utf8), .plain, &pool) }
    }

    func welcome() { member.welcome(MemberID(1), "welcome\n") }

    func enter(_ room: RoomID = .lobby) { member.enter(audience(room)) }

    /// Tells all rooms what there is, and sees to the member until it has all or takes no more.
    @discardableResult
    func pump() -> Progress {
        for audience in audiences.values { audience.tell { _ in } }
        var progress = Progress.unfinished
        while progress == .unfinished { progress = member.pump() }
        return progress
    }

    func settle() {
        for audience in audiences.values { audience.settle(&pool) }
    }
}

@Suite struct MemberTests {
    private let stand = Stand()

    @Test func beforeItsWelcomeItGetsNothing() {
        stand.member.reply("a reply\n")
        #expect(stand.pump() == .caughtUp)
        #expect(stand.outlet.sent.isEmpty)
    }

    @Test func theWelcomeComesBeforeRepliesAndLines() {
        stand.member.reply("a reply\n")
        stand.welcome()
        stand.append(0..<1)
        stand.enter()
        stand.append(1..<3)
        stand.pump()
        #expect(stand.outlet.lines == ["welcome", "a reply", "line 1", "line 2"])
        stand.append(3..<4)
        stand.pump()
        #expect(stand.outlet.lines.last == "line 3")
    }

    @Test func aReplyHasItsPlaceAmongTheLines() {
        stand.welcome()
        stand.enter()
        stand.append(0..<2)
        stand.member.reply("a reply\n")
        stand.append(2..<3)
        stand.member.reply("another\n")
        stand.member.reply("and one more\n")
        stand.append(3..<4)
        stand.pump()
        #expect(
            stand.outlet.lines
                == ["welcome", "line 0", "line 1", "a reply", "line 2", "another", "and one more", "line 3"]
        )
    }

    @Test func aFullSocketHoldsItBackWithoutLoss() {
        stand.welcome()
        stand.enter()
        stand.append(0..<20_000)
        stand.outlet.room = 2
        #expect(stand.pump() == .blocked)
        #expect(stand.pump() == .blocked)
        stand.outlet.room = .max
        #expect(stand.pump() == .caughtUp)
        #expect(stand.outlet.lines.dropFirst() == (0..<20_000).map { "line \($0)" }[...])
    }

    @Test func oneTurnGivesItOnlyItsShare() {
        stand.welcome()
        stand.enter()
        stand.pump()
        stand.append(0..<8000)
        stand.audience().tell { #expect($0.member === stand.member) }
        #expect(stand.outlet.sent.count <= 5 * 16 * 1024 + 100)
        #expect(stand.outlet.sent.count > 4 * 16 * 1024)
    }

    @Test func offTheTailItIsToldHowManyLinesItMissed() throws {
        let stand = Stand(feedBytes: 256 * 1024)
        stand.welcome()
        stand.enter()
        stand.append(0..<40_000)
        let tail = stand.audience().feed.tail
        #expect(tail > 0)
        stand.pump()
        #expect(stand.outlet.lines[1] == "* you missed \(tail) lines")
        #expect(stand.outlet.lines.count - 2 == 40_000 - Int(tail))
        #expect(stand.outlet.lines.last == "line 39999")
    }

    @Test func itsConnectionIsClosedBehindTheLastLineItIsOwed() {
        stand.welcome()
        stand.enter()
        stand.append(0..<2)
        stand.member.close()
        stand.append(2..<3)
        stand.member.reply("never said\n")
        stand.pump()
        #expect(stand.outlet.lines == ["welcome", "line 0", "line 1"])
        #expect(stand.outlet.isClosed)
        #expect(stand.audience().isOver)
    }

    @Test func leavingWithAFullSocketWaits() {
        stand.welcome()
        stand.enter()
        stand.append(0..<3)
        stand.member.close()
        stand.outlet.room = 1
        #expect(stand.pump() == .blocked)
        #expect(!stand.outlet.isClosed)
        #expect(!stand.audience().isOver, "what it is still to get is kept")
        stand.outlet.room = 1
        #expect(stand.pump() == .caughtUp)
        #expect(stand.outlet.isClosed)
    }

    @Test func fromRoomToRoomItGetsEachUpToWhereItLeft() {
        let den = RoomID(2)
        stand.welcome()
        stand.enter()
        stand.append(0..<2)
        stand.member.leave(.lobby)
        stand.member.reply("in the den\n")
        stand.enter(den)
        stand.append(2..<3)
        stand.append(10..<12, to: den)
        stand.pump()
        #expect(stand.outlet.lines == ["welcome", "line 0", "line 1", "in the den", "line 10", "line 11"])
    }

    @Test func whoGoesThroughManyRoomsWithoutReadingIsToldWhatItMissed() {
        stand.welcome()
        stand.outlet.room = 0
        for room in 2..<42 {
            let room = RoomID(UInt64(room))
            stand.enter(room)
            stand.append(0..<3, to: room)
            stand.member.leave(room)
        }
        stand.pump()
        #expect((2..<42).count { !stand.audience(RoomID(UInt64($0))).isOver } <= 8)
        stand.outlet.room = .max
        stand.pump()
        let missed = stand.outlet.lines.count { $0 == "* you missed 3 lines" }
        let read = stand.outlet.lines.count { $0.hasPrefix("line ") }
        #expect(missed * 3 + read == 40 * 3)
        #expect(read > 0)
    }

    @Test func whoDoesNotReadWhatIsSaidToItAloneIsToldHowMuchItMissed() {
        stand.welcome()
        stand.outlet.room = 0
        for _ in 0..<1000 { stand.member.reply(String(repeating: "x", count: 1023) + "\n") }
        #expect(stand.member.owed <= 256 * 1024)
        stand.outlet.room = .max
        stand.pump()
        let got = stand.outlet.lines.count { $0.hasPrefix("xxx") }
        #expect(got > 200)
        #expect(stand.outlet.lines.last?.hasPrefix("* you missed \(1000 - got) ") == true)
    }

    @Test func aConnectionThatBreaksInsideASendMayStillAsk() {
        stand.welcome()
        stand.enter()
        stand.append(0..<3)
        // The channel reads what is left of a broken connection, all inside the send that found it broken.
        stand.outlet.whenSending = { [stand] in stand.member.reply("an answer\n") }
        stand.pump()
        #expect(stand.outlet.lines == ["welcome", "line 0", "line 1", "line 2", "an answer"])
    }

    @Test func aConnectionThatEndsInsideASendLeavesNothingBehind() {
        stand.welcome()
        stand.enter()
        stand.append(0..<3)
        stand.outlet.whenSending = { [stand] in stand.member.end() }
        stand.pump()
        #expect(stand.audience().isOver)
        stand.append(3..<4)
        stand.pump()
        #expect(!stand.outlet.lines.contains("line 3"))
    }

    /// Whatever the socket does, each line is either sent in its place or counted as missed.
    @Test(arguments: SeededGenerator.seeds(10))
    func nothingIsLostInSilence(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stand = Stand(feedBytes: 256 * 1024)
        stand.welcome()
        stand.enter()
        let padding = String(repeating: ".", count: 80)
        let count = 20_000
        stand.outlet.room = 1
        for line in 0..<count {
            stand.append(line..<line + 1, padding: " \(padding)")
            guard random.once(in: 600) else { continue }
            stand.outlet.room = Int.random(in: 0..<3, using: &random)
            stand.pump()
            stand.settle()
        }
        stand.outlet.room = .max
        stand.pump()

        var next = 0
        var notices = 0
        for line in stand.outlet.lines.dropFirst() {
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
