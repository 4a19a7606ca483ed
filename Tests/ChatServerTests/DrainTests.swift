import ChatServer
import NIOCore
import NIOPosix
import TestKit
import Testing

/// The end of the server.
@Suite(.timeLimit(.minutes(5))) struct DrainTests {
    @Test func membersGetAllThatWasSaidThenTheFarewellThenCloseNotify() async throws {
        try await TestRoom.run { room in
            let (alice, _) = try await room.enter()
            let (bob, _) = try await room.enter()
            try await alice.say("one", "two")
            _ = try await alice.lines { $0 == "1:two" }
            async let drained: Void = room.server.drain()
            #expect(try await bob.lines { _ in false } == ["1:one", "1:two", "* the server is shutting down"])
            #expect(try await alice.lines { _ in false } == ["* the server is shutting down"])
            try await alice.close()
            try await bob.close()
            await drained
        }
    }

    @Test func itEndsInTimeWhateverTheClientsDo() async throws {
        try await TestRoom.run { configuration in
            // The rest is for a machine that does other things as well.
            configuration.limits.draining = .seconds(1)
        } _: { room in
            let stalled = try await room.connect(receiveBuffer: 4096)
            _ = try await stalled.enter()
            let halfOpen = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: room.port).get()
            let (sender, _) = try await room.enter()
            try await sender.send(String(repeating: String(repeating: "x", count: 1000) + "\n", count: 2000) + "end\n")
            _ = try await sender.lines { $0 == "2:end" }

            let begun = ContinuousClock.now
            await room.server.drain()
            #expect(ContinuousClock.now - begun < .seconds(5))
            try await halfOpen.closeFuture.get()
        }
    }

    @Test func aNewcomerIsRefused() async throws {
        try await TestRoom.run { room in
            await room.server.drain()
            await #expect(throws: (any Error).self) { try await room.connect() }
        }
    }
}
