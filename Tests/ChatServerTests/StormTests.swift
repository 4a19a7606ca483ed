import ChatServer
import TestKit
import Testing

/// Many who come at once, through real sockets.
@Suite(.timeLimit(.minutes(5))) struct StormTests {
    @Test(arguments: [1, 2]) func `all get in, and who is there goes on talking`(most: Int) async throws {
        try await TestRoom.run(threads: 1) { configuration in
            configuration.limits.handshakesPerTurn = most
        } _: { room in
            let (alice, _) = try await room.enter()
            let (bob, _) = try await room.enter()
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 { group.addTask { try await room.enter().number } }
                for line in 0..<20 {
                    try await alice.say("line \(line)")
                    _ = try await bob.lines { $0.hasSuffix("line \(line)") }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(numbers.count == 60)
        }
    }
}
