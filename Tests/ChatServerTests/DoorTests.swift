import ChatServer
import NIOCore
import NIOPosix
import TLSNIO
import TestKit
import Testing

/// Who may come in and who may stay, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct DoorTests {
    /// A connection that never begins its handshake.
    private func halfOpen(_ room: TestRoom) async throws -> any Channel {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: room.port).get()
    }

    private func isRefused(_ room: TestRoom) async -> Bool {
        do {
            _ = try await room.connect()
            return false
        } catch {
            return true
        }
    }

    @Test func anAddressHasSoManyConnectionsAndNoMore() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.includesLoopback = true
            configuration.limits.connectionsPerAddress = 2
            configuration.limits.connectionsPerSecond = 0
        } _: { room in
            let (first, _) = try await room.enter()
            let (second, _) = try await room.enter()
            for _ in 0..<20 { #expect(await isRefused(room)) }
            try await first.close()
            // It is up to the server when it sees that.
            while await isRefused(room) {}
            try await second.say("still here")
            _ = try await second.lines { $0 == "2:still here" }
        }
    }

    @Test func thisMachineIsNotLimitedOtherwise() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.connectionsPerAddress = 1
            configuration.limits.handshakesPerAddress = 1
            configuration.limits.connectionsPerSecond = 1
            configuration.limits.deadlines.handshake = .hours(1)
        } _: { room in
            let waiting = try await halfOpen(room)
            for number in 1...8 { #expect(try await room.enter().number == number) }
            #expect(waiting.isActive)
        }
    }

    @Test func anAddressMayNotOpenThemTooFast() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.includesLoopback = true
            configuration.limits.connectionsPerSecond = 1
        } _: { room in
            // All at once, so that a slow machine does not make them slow enough to be let in.
            let refused = await withTaskGroup(of: Bool.self) { tasks in
                for _ in 0..<30 { tasks.addTask { await isRefused(room) } }
                return await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused > 0)
            // The allowance comes back, and whoever was in has noticed nothing.
            while await isRefused(room) {}
        }
    }

    @Test(arguments: [true, false])
    func theOldestUnfinishedHandshakeMakesRoomForTheNewest(ofOneAddress: Bool) async throws {
        try await TestRoom.run { configuration in
            configuration.limits.includesLoopback = ofOneAddress
            configuration.limits.connectionsPerSecond = 0
            configuration.limits.connectionsPerAddress = 0
            if ofOneAddress {
                configuration.limits.handshakesPerAddress = 4
            } else {
                configuration.limits.handshakes = 4
            }
            configuration.limits.deadlines.handshake = .hours(1)
        } _: { room in
            let (member, _) = try await room.enter()
            var waiting: [any Channel] = []
            for _ in 0..<20 { waiting.append(try await halfOpen(room)) }
            // Each newcomer that means it gets in, and costs the oldest its place.
            for number in 2...5 { #expect(try await room.enter().number == number) }
            for channel in waiting.prefix(17) { try? await channel.closeFuture.get() }
            try await member.say("nobody was sent away")
            _ = try await member.lines { $0 == "1:nobody was sent away" }
        }
    }

    @Test func aFullServerSaysSo() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.connections = 2
        } _: { room in
            let (first, _) = try await room.enter()
            let (second, _) = try await room.enter()
            for _ in 0..<20 {
                let late = try await room.connect()
                #expect(try await late.lines { _ in false } == ["* the server is full; try again later"])
                try await late.close()
            }
            try await first.close()
            var last = try await room.connect()
            while let line = try await last.line(), line.hasPrefix("* the server is full") {
                try await last.close()
                last = try await room.connect()
            }
            try await second.say("two")
            #expect(try await second.lines { $0 == "2:two" }.contains("user:`1` has left"))
        }
    }

    @Test func whoIsBeingTurnedAwayDoesNotKeepTheServerFromStopping() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.connections = 1
        } _: { room in
            let (member, _) = try await room.enter()
            let waiting = try await halfOpen(room)
            let told = try await room.connect()
            _ = try await told.line()
            let begun = ContinuousClock.now
            async let drained: Void = room.server.drain()
            #expect(try await member.lines { _ in false } == ["* the server is shutting down"])
            try await member.close()
            try? await waiting.closeFuture.get()
            await drained
            #expect(ContinuousClock.now - begun < .seconds(30))
        }
    }

    @Test func whoSaysNothingForTooLongIsToldAndLeaves() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.silent = .seconds(1)
        } _: { room in
            let (silent, _) = try await room.enter()
            #expect(try await silent.lines { _ in false } == ["* goodbye: you said nothing for 1 second"])
        }
    }

    @Test func whoTakesNothingForTooLongIsGivenUp() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.stalled = .seconds(1)
        } _: { room in
            let stalled = try await room.connect(receiveBuffer: 4096)
            _ = try await stalled.enter()
            let (talker, _) = try await room.enter()
            // More than the kernel takes for a reader that takes nothing.
            async let said: Void = talker.send(
                String(repeating: String(repeating: "x", count: 4000) + "\n", count: 500)
            )
            let read = try await talker.lines { $0 == "user:`1` has left" }
            try await said
            #expect(read.last == "user:`1` has left")
            await #expect(throws: (any Error).self) { try await stalled.lines { _ in false } }
        }
    }
}
