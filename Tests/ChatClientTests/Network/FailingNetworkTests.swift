import ChatClient
import ChatCore
import ChatServer
import Synchronization
import TLS
import TestKit
import Testing

/// Many messages through a network that fails hundreds of times.
@Suite(.timeLimit(.minutes(5))) struct FailingNetworkTests {
    @Test(arguments: [UInt64(1)])
    func `every receiver has every message once, in the server's order, and the sender knows all numbers`(
        seed: UInt64
    ) async throws {
        let count = 10_000
        try await TestRoom.run { configuration in
            configuration.limits.recent.messages = 2 * count
        } _: { room in
            let proxy = try await CuttingProxy.start(to: room.port, seed: seed, longest: 80_000)
            let tls = try structured(room)
            let sender = try await Walker.connect(proxy.port, tls, seed: seed)
            var receivers: [Walker] = []
            for number in 1...3 {
                receivers.append(try await Walker.connect(proxy.port, tls, seed: seed + UInt64(number)))
            }
            let said = try await sender.say(count)
            #expect(said.count == count, "a message without a number")
            for receiver in receivers {
                let heard = await receiver.heard(until: count)
                #expect(heard.gaps == 0)
                #expect(heard.messages == said.sorted { $0.sequence < $1.sequence })
            }
            #expect(proxy.fates.values.reduce(0, +) > 200, "\(proxy.fates)")
            #expect(CuttingProxy.Fate.allCases.allSatisfy { proxy.fates[$0, default: 0] > 2 }, "\(proxy.fates)")
            proxy.calm()
            for walker in receivers + [sender] { await walker.client.close() }
            await proxy.stop()
        }
    }

    @Test func `a server that starts anew says so to both sides, and nothing is said twice in one epoch`() async throws
    {
        let count = 1000
        try await TestRoom.run { first in
            try await TestRoom.run { second in
                let proxy = try await CuttingProxy.start(to: first.port, seed: 7, longest: 20_000)
                let tls = try structured(first)
                let sender = try await Walker.connect(proxy.port, tls, seed: 7)
                let receiver = try await Walker.connect(proxy.port, tls, seed: 8)
                _ = try await sender.say(count)
                proxy.retarget(to: second.port)
                await first.server.drain()
                let said = try await sender.say(count)
                await receiver.waitForReset()
                let last = try await sender.say(1)
                await receiver.wait(for: last[0].text)
                let heard = receiver.soFar
                #expect(sender.soFar.resets == 1 && heard.resets == 1)
                #expect(heard.gaps == 0)
                #expect(Set(heard.messages.map(\.text)).count == heard.messages.count, "a message was told twice")
                // Numbers begin anew, and from its first one the receiver has all that was said.
                let afterReset = Array(heard.messages.suffix(heard.sinceReset))
                let expected = (said + last).filter { $0.sequence >= afterReset[0].sequence }
                #expect(afterReset == expected.sorted { $0.sequence < $1.sequence })
                proxy.calm()
                await receiver.client.close()
                await sender.client.close()
                await proxy.stop()
            }
        }
    }

    private func structured(_ room: TestRoom) throws -> TLSContext {
        try .structured(trust: CertificateFixtures.shared.ca)
    }
}
