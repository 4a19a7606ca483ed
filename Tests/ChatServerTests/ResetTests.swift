import ChatServer
import TestKit
import Testing

/// Connections that break at the worst moment.
@Suite(.timeLimit(.minutes(5))) struct ResetTests {
    @Test func oneThatBreaksWithAnswersOnTheWayTakesNobodyWithIt() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            for number in 2..<32 {
                let peer = try await room.connect(receiveBuffer: 4096)
                try await peer.send(String(repeating: "/help\n", count: 300))
                try await peer.reset()
                #expect(try await witness.lines { $0.hasSuffix("left") }.last == "user:`\(number)` has left")
            }
            try await witness.say("still here")
            #expect(try await witness.line() == "1:still here")
        }
    }
}
