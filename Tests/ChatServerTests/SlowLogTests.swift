import ChatCore
import ChatWire
import NIOCore
import NIOEmbedded
import Testing

@testable import ChatServer

/// A log that takes its time, or takes nothing, or cannot be read.
@Suite struct SlowLogTests {
    private static let bob = Author(MemberID(1))

    /// A house that was there before, in whose lobby so many lines have been said.
    /// - Parameter kept: how many events are kept; nil: all.
    private static func old(_ count: Int, kept: Int? = nil) -> House {
        let log = ManualLog(.stored(events: kept, days: nil, bytes: nil))
        let events = (1...UInt64(count)).map { number in
            let text = CleanText("line \(number)")
            return Event(room: .lobby, sequence: number, at: Timestamp(milliseconds: 0), body: .said(bob, text))
        }
        log.append(LogBatch(events: events, lastMember: MemberID(1))) { _ in }
        log.commit()
        var random = SystemRandomNumberGenerator()
        let record = RoomRecord(
            id: .lobby,
            name: .lobby,
            epoch: Epoch(using: &random),
            topic: nil,
            isPrivate: false,
            isLocked: false,
            slow: 0,
            isKept: true
        )
        let saved = SavedChat(rooms: [SavedChat.Room(record, head: UInt64(count))], lastMember: MemberID(1))
        return House(log: log, saved: saved)
    }

    /// Lets the log answer, and the loop do what comes of it.
    private func answer(_ house: House) {
        house.log.answer()
        house.loop.run()
    }

    private static func structured(_ house: House, _ entry: Entry) -> (Member, FakeOutlet) {
        let outlet = FakeOutlet()
        let member = house.shard.connect(outlet)
        let outbound = StructuredOutbound(limits: house.shard.limits)
        member.outbound = outbound
        outbound.expect("1", nil)
        house.shard.submit(Command(member.session, .connect(from: nil)))
        house.shard.submit(Command(member.session, .enter(.lobby, entry)))
        return (member, outlet)
    }

    private static func sequences(_ outlet: FakeOutlet) throws -> [UInt64] {
        try outlet.lines.compactMap { line in
            let bytes = Array(line.utf8)
            return try JSON(bytes.span.bytes, limits: .reply)["seq"]?.whole
        }
    }

    @Test func `a newcomer's history has its place though the log takes its time, and what is said meanwhile follows`()
    {
        let house = Self.old(100)
        let (member, outlet) = house.enter()
        house.settle()
        #expect(house.log.asked == 1)
        #expect(outlet.lines.count == 2, "the welcome needs no log: \(outlet.lines)")
        house.say("hello", member)
        house.shard.submit(Command(member.session, .away(nil)))
        house.settle()
        #expect(outlet.lines.count == 2)
        #expect(outlet.answers == 0)
        answer(house)
        #expect(outlet.lines[2] == "* you are in #lobby, alone")
        #expect(outlet.lines[3...22].elementsEqual((81...100).map { "* [00:00] 1:line \($0)" }))
        #expect(outlet.lines[24...] == ["2:hello", "* you are back"])
        #expect(outlet.answers == 1)
    }

    @Test func `who comes to more than is remembered gets all of it once, with what is said meanwhile`() throws {
        let house = Self.old(700)
        let (member, outlet) = Self.structured(house, Entry(from: .after(0, of: nil)))
        var said = 701
        for _ in 0..<8 {
            house.settle()
            answer(house)
            let turns = outlet.turns
            outlet.turns = []
            for turn in turns {
                house.shard.submit(Command(member.session, in: turn.room, .page(after: turn.after, entry: turn.entry)))
            }
            said += 1
            house.say("more", member)
        }
        house.settle()
        #expect(try Self.sequences(outlet) == (1...UInt64(said)).map { $0 })
        #expect(!outlet.lines.contains { $0.contains("\"gap\"") })
        #expect(outlet.lines.count { $0.contains(#""ref":"1""#) } == 1)
    }

    @Test func `an answer that the log delays keeps its place, and its request is done when it has come`() throws {
        let house = Self.old(50)
        let (member, outlet) = Self.structured(house, Entry())
        house.settle()
        let done = outlet.answers
        let outbound = try #require(member.outbound as? StructuredOutbound)
        outbound.expect("2", nil)
        house.shard.submit(Command(member.session, in: .lobby, .past(Past(limit: 3))))
        house.say("meanwhile", member)
        house.settle()
        #expect(outlet.answers == done)
        #expect(!outlet.lines.contains { $0.contains("meanwhile") })
        answer(house)
        #expect(outlet.answers == done + 1)
        let history = try #require(outlet.lines.dropLast().last)
        #expect(history.hasPrefix(#"{"ref":"2","ok":true,"room":"lobby""#))
        #expect(["line 49", "line 50", "entered"].allSatisfy { history.contains($0) })
        #expect(outlet.lines.last?.contains("meanwhile") == true)
    }

    @Test func `what the log finds at once is not lost on its way to who has asked`() throws {
        let house = Self.old(100)
        house.log.isPrompt = true
        let (_, outlet) = Self.structured(house, Entry(from: .after(0, of: nil)))
        house.settle()
        #expect(try Self.sequences(outlet) == (1...101).map { $0 })
    }

    @Test func `numbers that are given while nothing is kept are noted`() {
        let house = Self.old(1)
        house.log.failure = LogFailure("the disk is full")
        _ = house.enter()
        house.settle()
        #expect(house.log.noted == MemberID(2))
        _ = house.enter()
        house.settle()
        #expect(house.log.noted == MemberID(3))
    }

    @Test func `what the log may have removed is not told from memory`() {
        let house = Self.old(1, kept: 5)
        let (member, outlet) = house.enter()
        house.settle()
        answer(house)
        for number in 1...8 { house.say("new \(number)", member) }
        house.settle()
        house.shard.submit(Command(member.session, .history(3)))
        house.settle()
        #expect(house.log.asked == 0)
        #expect(outlet.lines.last == "* [00:00] 2:new 8")
        house.shard.submit(Command(member.session, .history(7)))
        house.settle()
        #expect(house.log.asked == 1, "five are kept, whatever is remembered")
    }

    @Test func `a log that cannot be read is no end`() throws {
        let house = Self.old(50)
        let (member, outlet) = house.enter()
        house.settle()
        house.log.failure = LogFailure("the disk has gone")
        answer(house)
        house.shard.submit(Command(member.session, .history(40)))
        house.shard.submit(Command(member.session, .away(nil)))
        house.log.failure = nil
        house.settle()
        house.log.failure = LogFailure("the disk has gone")
        answer(house)
        #expect(
            outlet.lines.suffix(2) == [
                "* what was said before cannot be read now; try again later", "* you are back",
            ]
        )
    }

    @Test func `what the log does not take is not shown, its author hears that, and it recovers by itself`() {
        let house = Self.old(1)
        let (member, outlet) = house.enter()
        house.settle()
        answer(house)
        house.log.failure = LogFailure("the disk is full")
        house.say("lost", member)
        house.settle()
        let refusal: Substring = "* the server can keep nothing now, so that was not done; try again later"
        #expect(outlet.lines.last == refusal)
        let (_, late) = house.enter()
        house.settle()
        house.log.failure = nil
        answer(house)
        #expect(late.lines.first?.hasPrefix("Welcome") == true)
        #expect(outlet.lines.last == refusal, "nobody is told of what is not kept")
        house.say("lost too", member)
        house.settle()
        #expect(outlet.lines.count { $0 == refusal } == 2)

        house.loop.advanceTime(by: LogTrouble.pause)
        house.settle()
        #expect(outlet.lines.last == "user:`3` has enter")
        house.say("kept", member)
        house.settle()
        #expect(outlet.lines.last == "2:kept")
        #expect(late.lines.last == "2:kept")
        let texts = house.log.taken.flatMap(\.events).compactMap { $0.body.text?.string }
        #expect(texts == ["line 1", "kept"])
        #expect(house.traffic.count == 0)
    }

    @Test func `it tries again until it works, and the end does not wait for that`() {
        let house = Self.old(1)
        let (member, outlet) = house.enter()
        house.settle()
        answer(house)
        house.log.failure = LogFailure("the disk is full")
        house.say("lost", member)
        house.settle()
        for _ in 0..<3 {
            house.loop.advanceTime(by: LogTrouble.pause)
            house.settle()
        }
        let tries = house.log.batches.count
        #expect(tries >= 5)
        house.hub.stop()
        for _ in 0..<3 { house.settle() }
        #expect(outlet.lines.last == "* the server is shutting down")
        #expect(outlet.isClosed)
    }
}
