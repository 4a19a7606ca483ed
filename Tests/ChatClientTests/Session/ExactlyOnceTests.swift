import ChatCore
import ChatWire
import TestKit
import Testing

@testable import ChatClient

/// However often connections are lost, everything is said once and heard once.
@Suite struct ExactlyOnceTests {
    /// One that speaks and one that listens, and a server between them.
    private struct World {
        var random: SeededGenerator
        var server: ModelServer
        var talks: [Talk]
        var heard: [[RoomEvent]] = [[], []]
        var losses = 0
        private var steps = 0

        struct Endless: Error {}

        init(seed: UInt64, window: Int) {
            random = SeededGenerator(seed: seed)
            server = ModelServer(seed: seed)
            talks = (0..<2).map { client in
                Talk(seed: seed &+ UInt64(client)) {
                    $0.window = window
                    $0.retriesFirst = true
                }
            }
        }

        /// Something happens: a connection is made or lost, or something arrives at one of its ends.
        mutating func step(losing chances: Int?) throws {
            steps += 1
            guard steps < 100_000 else { throw Endless() }
            let client = Int.random(in: 0..<2, using: &random)
            if talks[client].session.intention == .connect {
                server.connect(client)
                talks[client].session.connected(at: talks[client].now)
            } else if let chances, random.once(in: chances) {
                losses += 1
                try server.cut(client)
                talks[client].lose()
            } else if random.once(in: 2) {
                try server.take(from: client)
            } else if let frame = server.deliver(to: client) {
                talks[client].hear(frame)
            }
            settle(client)
        }

        mutating func settle(_ client: Int) {
            server.send(talks[client].takeRequests(), from: client)
            for case .room(let event) in talks[client].takeTold() { heard[client].append(event) }
        }
    }

    @Test(arguments: SeededGenerator.seeds(60))
    func `each message has one number, and each number is heard once`(seed: UInt64) throws {
        var world = World(seed: seed, window: Int(seed % 7) + 1)
        for client in 0..<2 {
            world.talks[client].ask(1, .enter(.lobby, Entry()))
            while world.talks[client].completed[1] == nil { try world.step(losing: 15) }
        }
        guard case .success(.entered(let entered)) = world.talks[1].completed[1] else {
            Issue.record("\(String(describing: world.talks[1].completed[1]))")
            return
        }
        let numbers = Array(RequestNumber(2)..<42)
        for number in numbers {
            world.talks[0].say(number, "\(number)")
            world.settle(0)
            for _ in 0..<Int.random(in: 0..<6, using: &world.random) { try world.step(losing: 15) }
        }
        while !numbers.allSatisfy({ world.talks[0].completed[$0] != nil }) { try world.step(losing: 15) }
        #expect(world.losses > 0)

        // Then all that is on its way arrives.
        while world.talks[1].session.phase != .live || world.heard[1].last?.sequence != world.server.log.last?.sequence
        {
            try world.step(losing: nil)
        }
        let said = world.server.log.filter { $0.id != nil }
        #expect(said.compactMap(\.id?.text) == numbers.map { "id-\($0)" }, "each once, in order")
        for (number, event) in zip(numbers, said) {
            guard case .success(.said(event.sequence, _)) = world.talks[0].completed[number] else {
                Issue.record(
                    "\(number) is \(event.sequence), and was told \(String(describing: world.talks[0].completed[number]))"
                )
                continue
            }
        }
        #expect(world.heard[1] == world.server.log.filter { $0.sequence > entered.head })
    }
}
