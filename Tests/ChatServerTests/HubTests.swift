import ChatCore
import NIOCore
import NIOEmbedded
import Testing

@testable import ChatServer

@Suite struct HubTests {
    private let house = House()

    @Test func nothingIsShownBeforeTheLogHasTakenIt() {
        let (member, outlet) = house.enter()
        house.say("hello", member)
        house.loop.run()
        #expect(house.log.batches == [2])
        #expect(outlet.sent.isEmpty)
        house.log.commit()
        house.loop.run()
        #expect(outlet.lines.first?.hasPrefix("Welcome, here, UID:1, ") == true)
        #expect(outlet.lines.last == "1:hello")
    }

    @Test func whatArrivesDuringACommitIsTheNext() {
        let (member, outlet) = house.enter()
        house.settle()
        house.say("one", member)
        house.loop.run()
        for text in ["two", "three", "four"] {
            house.say(text, member)
            house.loop.run()
        }
        #expect(house.log.batches == [1, 1], "the second commit is under way, and the rest waits for it")
        house.log.commit()
        house.settle()
        #expect(house.log.batches == [1, 1, 3])
        #expect(outlet.lines.suffix(4) == ["1:one", "1:two", "1:three", "1:four"])
    }

    @Test func whatIsSaidWhileALineGoesOutSharesTheNextCommit() {
        let (member, outlet) = house.enter()
        house.settle()
        outlet.whenSending = { [house] in
            house.say("two", member)
            // Found by the look at the sockets that comes after.
            house.loop.execute { house.loop.execute { house.loop.execute { house.say("three", member) } } }
        }
        house.say("one", member)
        house.loop.run()
        #expect(house.log.batches == [1, 1])
        house.log.commit()
        house.loop.run()
        #expect(house.log.batches == [1, 1, 2])
        house.settle()
        // Nothing goes out now, so nobody is waited for.
        house.say("four", member)
        house.loop.run()
        #expect(house.log.batches == [1, 1, 2, 1])
        house.settle()
        #expect(outlet.lines.suffix(4) == ["1:one", "1:two", "1:three", "1:four"])
    }

    @Test func whoComesAndGoesSharesACommitAndWhatIsSaidTakesThemAlong() {
        let (member, outlet) = house.enter()
        house.loop.run()
        #expect(house.log.batches == [1], "the first waits for nobody")
        house.log.commit()
        house.loop.run()
        let (other, _) = house.enter()
        house.loop.run()
        house.loop.advanceTime(by: CommitPace.news - .microseconds(1))
        house.shard.disconnect(other)
        house.loop.run()
        #expect(house.log.batches == [1], "only so long after the last commit")
        house.loop.advanceTime(by: .microseconds(1))
        #expect(house.log.batches == [1, 2])
        house.log.commit()
        house.loop.run()

        _ = house.enter()
        house.loop.run()
        #expect(house.log.batches == [1, 2])
        house.say("hello", member)
        house.loop.run()
        #expect(house.log.batches == [1, 2, 2])
        house.settle()
        #expect(outlet.lines.last == "1:hello")
    }

    @Test func whoConnectsAndThenEntersWaitsForNothing() {
        let member = house.shard.connect(FakeOutlet())
        member.outbound = StructuredOutbound(limits: house.shard.limits)
        house.shard.submit(Command(member.session, .connect(from: nil)))
        house.loop.run()
        #expect(house.log.batches == [0])
        house.log.commit()
        house.loop.run()
        house.shard.submit(Command(member.session, .enter(.lobby, Entry())))
        house.loop.run()
        #expect(house.log.batches == [0, 1])
        house.settle()
    }

    @Test func whatIsOnItsWayIsCountedUntilItHasArrived() {
        let (member, _) = house.enter()
        for _ in 0..<Traffic.most { house.say("x", member) }
        #expect(house.shard.isFull)
        house.loop.run()
        #expect(house.traffic.count == Traffic.most + 3, "a welcome, an event and a way in for the one who came")
        #expect(house.shard.isFull)
        house.settle()
        #expect(house.traffic.count == 0)
        #expect(!house.shard.isFull)

        house.shard.submit(Command(member.session, .arrive(from: nil)))  // makes nothing happen
        house.hub.stop()
        house.say("too late", member)
        house.settle()
        #expect(house.traffic.count == 0)
    }

    @Test func whoGoesBeforeHavingEnteredLeavesNoTraceInOthers() {
        let (_, witness) = house.enter()
        house.settle()
        let (member, outlet) = house.enter()
        house.shard.disconnect(member)
        house.settle()
        #expect(outlet.sent.isEmpty)
        #expect(witness.lines.suffix(2) == ["user:`2` has enter", "user:`2` has left"])
    }

    @Test func oneLeavingIsAnnouncedOnceHoweverOftenItIsSaid() {
        let (_, witness) = house.enter()
        let (member, outlet) = house.enter()
        house.settle()
        house.shard.submit(Command(member.session, .depart))
        house.settle()
        house.shard.disconnect(member)
        house.settle()
        #expect(witness.lines.filter { $0 == "user:`2` has left" }.count == 1)
        #expect(!outlet.lines.contains("user:`2` has left"))
        #expect(outlet.isClosed)
    }

    @Test func theFarewellComesAfterAllThatWasSaid() {
        let (member, outlet) = house.enter()
        let halfOpen = FakeOutlet()
        _ = house.shard.connect(halfOpen)
        house.settle()
        house.say("last words", member)
        house.loop.run()
        house.hub.stop()
        house.say("too late", member)
        house.loop.run()
        #expect(!outlet.isClosed)
        house.settle()
        #expect(outlet.lines.suffix(2) == ["1:last words", "* the server is shutting down"])
        #expect(outlet.isClosed)
        #expect(halfOpen.isAborted)
    }

    @Test func whoEntersWhileTheServerStopsIsNotLeftHanging() {
        house.hub.stop()
        house.loop.run()
        let (_, outlet) = house.enter()
        house.settle()
        #expect(outlet.isAborted)
    }

    @Test func whileManyComeTheyAreAnnouncedTogetherButWelcomedAtOnce() {
        let (first, witness) = house.enter()
        house.settle()
        // To tell the first member of anything takes a hundredth of a second. The time that passes inside a turn is taken
        // back by the embedded loop at its end, so the wait of forty-nine more begins where the turn began.
        func costs() {
            witness.whenSending = { [loop = house.loop] in loop.advanceTime(by: .milliseconds(10)) }
        }
        costs()
        _ = house.enter()
        house.settle()
        #expect(witness.lines.last == "user:`2` has enter")

        let begun = house.loop.now
        let newcomers = (0..<3).map { _ in
            let newcomer = house.enter()
            house.settle()
            return newcomer
        }
        #expect(newcomers.allSatisfy { $0.1.lines.first?.hasPrefix("Welcome") == true && $0.1.lines.count == 4 })
        #expect(witness.lines.last == "user:`2` has enter")
        house.loop.advanceTime(to: begun + .milliseconds(499))
        #expect(witness.lines.last == "user:`2` has enter")
        costs()
        house.loop.advanceTime(by: .milliseconds(1))
        #expect(witness.lines.suffix(3) == (3...5).map { "user:`\($0)` has enter" }[...])

        // What is said does not wait, and takes the news along.
        house.shard.submit(Command(newcomers[0].0.session, .depart))
        house.settle()
        #expect(witness.lines.last == "user:`5` has enter")
        #expect(newcomers[0].1.isClosed, "who leaves does not wait for the others to hear of it")
        house.say("hello", first)
        house.settle()
        #expect(witness.lines.suffix(2) == ["user:`3` has left", "1:hello"])
    }

    @Test func newsOfAThousandLinesWaitsNoLonger() {
        let (_, witness) = house.enter()
        house.settle()
        witness.whenSending = { [loop = house.loop] in loop.advanceTime(by: .seconds(10)) }
        _ = house.enter()
        house.settle()
        // The embedded loop took back the time that passed inside its turn, but not from what was to be done then.
        house.loop.advanceTime(by: .seconds(10))
        let told = witness.lines.count
        for _ in 0..<999 { _ = house.enter() }
        house.settle()
        #expect(witness.lines.count == told, "the pace says wait")
        _ = house.enter()
        house.settle()
        #expect(witness.lines.count == told + 1000)
    }

    @Test func aReaderThatGoesWhileBehindIsWaitedForNoMore() {
        let (sender, _) = house.enter()
        let (reader, outlet) = house.enter()
        house.settle()
        outlet.room = 0
        let text = String(repeating: "x", count: 4000)
        for _ in 0..<200 { house.say(text, sender) }
        house.settle()
        #expect(house.traffic.isSlow, "more than half a feed waits for it")
        house.shard.disconnect(reader)
        house.settle()
        #expect(!house.traffic.isSlow)
    }

    @Test func `an event is encoded once for each protocol that is spoken in its room, however many there are`() {
        let (member, outlet) = house.enter()
        house.settle()
        for _ in 0..<9 { _ = house.enter() }
        house.settle()
        var encodings = house.shard.encodings
        house.say("text alone", member)
        house.settle()
        #expect(house.shard.encodings == encodings + 1)
        let programs = (0..<10).map { _ in house.enterStructured() }
        house.settle()
        encodings = house.shard.encodings
        house.say("both", member)
        house.settle()
        #expect(house.shard.encodings == encodings + 2)
        #expect(outlet.lines.last == "1:both")
        #expect(programs.allSatisfy { $0.1.lines.last?.contains(#""seq":22,"#) == true })
        #expect(Set(programs.map { $0.1.lines.last }).count == 1)
        for program in programs { house.shard.disconnect(program.0) }
        house.settle()
        encodings = house.shard.encodings
        house.say("text alone again", member)
        house.settle()
        #expect(house.shard.encodings == encodings + 1)
    }
}
