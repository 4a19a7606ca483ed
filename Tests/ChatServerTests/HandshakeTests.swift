import ChatServer
import NIOCore
import NIOPosix
import TestKit
import Testing

/// Connections that never become members.
@Suite(.timeLimit(.minutes(5))) struct HandshakeTests {
    @Test func aHundredHalfOpenHandshakesKeepNobodyOutAndAreDropped() async throws {
        try await TestRoom.run { room in
            let begun = ContinuousClock.now
            let sockets = try await withThrowingTaskGroup(of: (any Channel).self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                            .connect(host: "127.0.0.1", port: room.port).get()
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let (_, number) = try await room.enter()
            #expect(number == 1)
            let areOpen = sockets.allSatisfy { $0.isActive }
            #expect(areOpen, "it did not have to wait for one of them to be dropped")
            for socket in sockets { try await socket.closeFuture.get() }
            #expect(ContinuousClock.now - begun >= .seconds(10))
        }
    }

    @Test func plaintextIsNotSpeech() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let socket = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: room.port).get()
            try await socket.writeAndFlush(ByteBuffer(string: "hello\nGET / HTTP/1.1\r\n\r\n"))
            try await socket.closeFuture.get()
            try await witness.say("alone")
            #expect(try await witness.line() == "1:alone")
        }
    }
}
