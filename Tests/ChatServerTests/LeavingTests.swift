import ChatServer
import TestKit
import Testing

/// Every way out of the room, and what it means for the last thing said.
@Suite(.timeLimit(.minutes(5))) struct LeavingTests {
    /// What those who stay see of somebody who says "whole", then "part" without an end, and goes in this way.
    private func seen(_ leave: @escaping @Sendable (ChatPeer) async throws -> Void) async throws -> [String] {
        let lines = Lines()
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let (peer, _) = try await room.enter()
            try await peer.send("whole\npart")
            // Its echo is the receipt: the server has read it all.
            _ = try await peer.lines { $0 == "2:whole" }
            try await leave(peer)
            await lines.set(try await witness.lines { $0.hasSuffix("left") })
        }
        return await lines.value
    }

    private actor Lines {
        var value: [String] = []
        func set(_ lines: [String]) { value = lines }
    }

    private let cutOff = ["user:`2` has enter", "2:whole", "user:`2` has left"]

    @Test func aFINWithoutCloseNotifyDropsTheUnfinishedLine() async throws {
        #expect(try await seen { try await $0.fin() } == cutOff)
    }

    @Test func aResetDropsTheUnfinishedLine() async throws {
        #expect(try await seen { try await $0.reset() } == cutOff)
    }

    @Test func closeNotifyAndFINPublishIt() async throws {
        let all = ["user:`2` has enter", "2:whole", "2:part", "user:`2` has left"]
        #expect(try await seen { try await $0.close() } == all)
        #expect(
            try await seen {
                try await $0.sayCloseNotify()
                try await $0.fin()
            } == all
        )
    }

    @Test func closeNotifyAloneIsAHalfClose() async throws {
        try await TestRoom.run { room in
            let (alice, _) = try await room.enter()
            let (bob, _) = try await room.enter()
            try await bob.send("part")
            try await bob.sayCloseNotify()
            #expect(try await alice.lines { $0 == "2:part" } == ["user:`2` has enter", "2:part"])
            try await alice.say("still there?")
            #expect(try await bob.lines { $0.hasPrefix("1:") } == ["2:part", "1:still there?"])
            try await bob.fin()
            #expect(try await alice.lines { $0.hasSuffix("left") } == ["1:still there?", "user:`2` has left"])
        }
    }

    @Test func quitIsAnsweredAfterAllThatWasSaidBefore() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.enter()
            let said = (0..<5000).map { "line \($0)" }
            try await peer.send(said.joined(separator: "\n") + "\n/quit\nnever said\n")
            #expect(try await peer.lines { _ in false } == said.map { "1:" + $0 })
        }
    }

    @Test func whoQuitsAtOnceIsStillWelcomed() async throws {
        try await TestRoom.run { room in
            let peer = try await room.connect()
            try await peer.say("hello", "/quit")
            let read = try await peer.lines { _ in false }
            #expect(read.count == 5)
            #expect(read.first?.hasPrefix("Welcome, ") == true)
            #expect(read.last == "1:hello")
        }
    }
}
