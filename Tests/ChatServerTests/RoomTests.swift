import ChatCore
import ChatServer
import TestKit
import Testing

/// The text protocol over real sockets, byte for byte.
@Suite(.timeLimit(.minutes(5))) struct RoomTests {
    @Test func theWelcomeSaysWhoWhereAndWhen() async throws {
        try await TestRoom.run { configuration in
            configuration.clock.now = { .init(milliseconds: 1_795_343_510_123) }
            configuration.clock.utcOffset = { _ in 3600 }
        } _: { room in
            let peer = try await room.connect()
            let welcome = try #require(try await peer.line())
            #expect(welcome == "Welcome, \(peer.address), UID:1, Enter At:2026-11-22 11:31:50+0100")
            #expect(try await peer.line()?.hasPrefix("* ") == true)
        }
    }

    @Test func enterSpeakAndLeaveAreSeenByThoseTheyConcern() async throws {
        try await TestRoom.run { room in
            let (alice, one) = try await room.enter()
            let (bob, two) = try await room.enter()
            #expect((one, two) == (1, 2))
            try await alice.say("hello", "", "\t tab and grüße")
            try await bob.say("hi\r")
            #expect(
                try await alice.lines { $0 == "2:hi" } == [
                    "user:`2` has enter", "1:hello", "1:  tab and grüße", "2:hi",
                ]
            )
            try await bob.say("/quit")
            #expect(try await bob.lines { _ in false } == ["1:hello", "1:  tab and grüße", "2:hi"])
            #expect(try await alice.line() == "user:`2` has left")
            let (carol, three) = try await room.enter()
            #expect(three == 3, "a number is never given twice")
            try await carol.close()
        }
    }

    @Test func allSeeTheSameOrder() async throws {
        try await TestRoom.run(threads: 4) { room in
            let peers = try await withThrowingTaskGroup(of: ChatPeer.self) { group in
                for _ in 0..<6 { group.addTask { try await room.enter().peer } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let (last, _) = try await room.enter()
            let logs = try await withThrowingTaskGroup(of: [String].self) { group in
                for (index, peer) in (peers + [last]).enumerated() {
                    group.addTask {
                        for line in 0..<200 { try await peer.say("\(index) \(line)") }
                        var count = 0
                        return try await peer.lines { line in
                            count += line.hasPrefix("user:") ? 0 : 1
                            return count == 7 * 200
                        }.filter { !$0.hasPrefix("user:") }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(logs.count == 7)
            #expect(logs[0].count == 1400)
            #expect(logs.allSatisfy { $0 == logs[0] })
        }
    }

    @Test func aLineMayArriveInAnyPieces() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            for byte in Array("né!\r\n".utf8) { try await peer.send([byte]) }
            #expect(try await peer.line() == "1:né!")
            try await peer.send([0xFF, 0x41, 0x1B, 0x5B, 0x32, 0x4A, 0x0A])
            #expect(try await peer.line() == "1:\u{FFFD}A\u{FFFD}[2J")
        }
    }

    @Test func aLineThatIsTooLongIsRefusedAndTheConnectionLivesOn() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            let longest = String(repeating: "x", count: 4096)
            try await peer.say(longest, longest + "y", "after")
            let read = try await peer.lines { $0 == "1:after" }
            #expect(Set(read) == ["1:" + longest, "* your line is longer than 4096 bytes and was not sent", "1:after"])
            #expect(read.count == 3)
        }
    }

    @Test func helpAndUnknownCommandsAreAnsweredToTheirSenderAlone() async throws {
        try await TestRoom.run { room in
            let (alice, _) = try await room.enter()
            let (bob, _) = try await room.enter()
            try await bob.say("/help", "/nonsense now", "//slash")
            let read = try await bob.lines { $0.hasPrefix("* there is no command /nonsense;") }
            #expect(read.contains { $0.contains("-quiet or -nocommands") })
            #expect(try await alice.lines { $0 == "2:/slash" } == ["user:`2` has enter", "2:/slash"])
        }
    }

    @Test func anotherProtocolsGreetingIsShownTheDoor() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let (peer, _) = try await room.enter()
            try await peer.send("GET /secret HTTP/1.1\r\nHost: chat.example\r\n\r\n")
            let read = try await peer.lines { _ in false }
            #expect(read.count == 1)
            #expect(read[0].hasPrefix("* this is a chat room"))
            #expect(!read[0].contains("secret"))
            #expect(try await witness.lines { $0.hasSuffix("left") } == ["user:`2` has enter", "user:`2` has left"])

            let (talker, _) = try await room.enter()
            try await talker.say("hello", "GET /lost HTTP/1.1")
            #expect(try await talker.lines { $0.contains("lost") }.last == "3:GET /lost HTTP/1.1")
        }
    }
}
