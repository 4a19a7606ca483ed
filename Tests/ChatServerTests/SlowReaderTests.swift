import ChatServer
import NIOCore
import TestKit
import Testing

/// The worst flaw of the chat room that this one descends from: one reader that stopped reading froze everybody.
@Suite(.timeLimit(.minutes(5))) struct SlowReaderTests {
    /// Says where two long logs part, without showing them whole.
    private func expect(_ read: [String], _ wanted: [String], at location: SourceLocation = #_sourceLocation) {
        #expect(read.count == wanted.count, sourceLocation: location)
        let place = zip(read, wanted).enumerated().first { $0.element.0 != $0.element.1 }
        let difference = place.map { "\($0.offset): \($0.element.0.prefix(40)), not \($0.element.1.prefix(40))" }
        #expect(difference == nil, sourceLocation: location)
    }

    /// Floods the room, and has a third client read it all.
    /// - Returns: how long that took.
    private func flood(_ room: TestRoom, lines count: Int) async throws -> Duration {
        let (reader, own) = try await room.enter()
        let (sender, number) = try await room.enter()
        let begun = ContinuousClock.now
        async let sent: Void = {
            for first in stride(from: 0, to: count, by: 50) {
                try await sender.send((first..<first + 50).map { text($0) + "\n" }.joined())
            }
        }()
        async let echoed = sender.lines { $0 == "\(number):\(text(count - 1))" }
        let read = try await reader.lines { $0 == "\(number):\(text(count - 1))" }
        let elapsed = ContinuousClock.now - begun
        try await sent
        #expect(try await echoed.count == count)
        expect(read, ["user:`\(own + 1)` has enter"] + (0..<count).map { "\(number):\(text($0))" })
        return elapsed
    }

    private func text(_ line: Int) -> String { "\(line) " + String(repeating: "x", count: 400) }

    @Test(arguments: [1, 2])
    func aReaderThatStopsReadingDelaysNobodyAndIsToldWhatItMissed(threads: Int) async throws {
        try await TestRoom.run(threads: threads) { configuration in
            // The third client shares two processors with all other tests, and may get none for seconds. The patience that
            // the stopped reader uses up until it falls off is to leave plenty for it.
            configuration.limits.bytesPerSecond = 2 * 1024 * 1024
            configuration.limits.bytesPerSecondWhenLagging = 256 * 1024
            configuration.limits.patience = .seconds(60)
        } _: { room in
            let slow = try await room.connect(receiveBuffer: 4096)
            _ = try await slow.enter()
            let count = 20_000
            _ = try await flood(room, lines: count)

            // Only now does the slow one read again.
            let late = try await slow.lines { $0 == "3:\(text(count - 1))" }
            let notices = late.filter { $0.hasPrefix("* you missed ") }
            #expect(!notices.isEmpty)
            var next = -2
            for line in late {
                if line.hasPrefix("* you missed ") {
                    next += Int(line.split(separator: " ")[3]) ?? 0
                } else {
                    if next >= 0, line != "3:\(text(next))" {
                        Issue.record("\(line.prefix(40)), not line \(next)")
                        break
                    }
                    next += 1
                }
            }
            #expect(next == count, "two enter lines and all that was said, each once or counted as missed")

            let (witness, _) = try await room.enter()
            try await slow.say("back again")
            #expect(try await slow.lines { $0.hasPrefix("1:") }.last == "1:back again")
            #expect(try await witness.line() == "1:back again")
        }
    }

    @Test func aSenderThatNeverReadsIsHeardToTheEnd() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.feedBytes = 4 * 1024 * 1024  // all of it: this is about the sender
        } _: { room in
            let (reader, _) = try await room.enter()
            let mute = try await room.connect(receiveBuffer: 4096)
            _ = try await mute.enter()
            let lines = (0..<20_000).map { "\($0) and some more text to fill the buffers on the way" }
            async let sent: Void = mute.send(lines.joined(separator: "\n") + "\n")
            let read = try await reader.lines { $0.hasPrefix("2:19999 ") }
            try await sent
            expect(read, ["user:`2` has enter"] + lines.map { "2:" + $0 })
        }
    }

    /// More at once than the queues between threads may hold: all have to wait, and all have to go on.
    @Test func floodsFromManyAtOnceAllComeToTheirEnd() async throws {
        try await TestRoom.run(threads: 2) { room in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let (peer, _) = try await room.enter()
                        async let sent: Void = peer.send(String(repeating: "x\n", count: 20_000) + "/quit\n")
                        let read = try await peer.lines { _ in false }
                        try await sent
                        #expect(!read.isEmpty)
                    }
                }
                try await group.waitForAll()
            }
            let (witness, number) = try await room.enter()
            try await witness.say("quiet again")
            #expect(try await witness.lines { $0 == "\(number):quiet again" }.last == "\(number):quiet again")
        }
    }

    @Test func aFloodOfQuestionsIsAnsweredToTheEndWithoutPilingUp() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            let count = 5000
            async let sent: Void = peer.send(String(repeating: "/nonsense\n", count: count) + "done\n")
            let read = try await peer.lines { $0 == "1:done" }
            try await sent
            #expect(read.filter { $0.hasPrefix("* there is no command") }.count == count)
        }
    }
}
