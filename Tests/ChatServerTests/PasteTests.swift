import ChatServer
import TestKit
import Testing

/// Who says much at once is slowed down, loses nothing, and holds up nobody.
@Suite(.timeLimit(.minutes(5))) struct PasteTests {
    @Test(arguments: [1, 2])
    func aPastedTextArrivesWholeAndInOrderAndOthersPassIt(threads: Int) async throws {
        let count = 2000
        try await TestRoom.run(threads: threads) { configuration in
            configuration.limits.messageRate = 500
            configuration.limits.messageBurst = 100
        } _: { room in
            let (reader, _) = try await room.enter()
            let (paster, _) = try await room.enter()
            let (other, _) = try await room.enter()
            let begun = ContinuousClock.now
            async let pasted: Void = paster.send((0..<count).map { "line \($0)\n" }.joined())
            let read = try await lines(reader, other, count)
            try await pasted
            let elapsed = ContinuousClock.now - begun
            #expect(read.filter { $0.hasPrefix("2:") } == (51..<count).map { "2:line \($0)" })
            #expect(read.contains("3:may I?"), "it waited for the paste")
            #expect(elapsed > .seconds(3), "it was not slowed down")
        }
    }

    /// What the reader reads after the first lines of the paste, when the other one speaks.
    private func lines(_ reader: ChatPeer, _ other: ChatPeer, _ count: Int) async throws -> [String] {
        _ = try await reader.lines { $0 == "2:line 50" }
        try await other.say("may I?")
        return try await reader.lines { $0 == "2:line \(count - 1)" }
    }

    @Test func whoMaySayAsMuchAsItLikesIsNotSlowedDown() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            try await peer.send((0..<2000).map { "line \($0)\n" }.joined())
            #expect(try await peer.lines { $0 == "1:line 1999" }.count == 2000)
        }
    }

    @Test func aCommandThatIsAnsweredByAnEventDoesNotStopItsSender() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            try await peer.say(
                "/join den",
                "/topic one",
                "/topic -",
                "/slow 5",
                "/slow 0",
                "/private on",
                "/rooms",
                "done"
            )
            let read = try await peer.lines { $0 == "1:done" }
            #expect(
                read.suffix(8) == [
                    "* `1` set the topic: one", "* `1` took the topic away",
                    "* slow mode: one line from each member in 5 s, says `1`", "* slow mode is off, says `1`",
                    "* this room is private now, says `1`: invited members only, and not listed", "* #den  1 member",
                    "* #lobby  0 members", "1:done",
                ]
            )
        }
    }
}
