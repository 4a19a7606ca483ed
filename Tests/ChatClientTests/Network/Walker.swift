import ChatClient
import ChatCore
import ChatWire
import Synchronization
import TLS
import TestKit

/// A client that enters the lobby, says numbered messages, and writes down what it hears.
final class Walker: Sendable {
    struct Message: Equatable, Sendable {
        let sequence: UInt64
        let text: String
    }

    struct Heard: Sendable {
        var messages: [Message] = []
        var gaps = 0
        var resets = 0
        /// How many of the messages came after the last reset.
        var sinceReset = 0
    }

    let client: ChatClient
    private let heard = Mutex(Heard())
    private let news: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation
    private let spoken = Mutex(0)

    static func connect(_ port: Int, _ tls: TLSContext, seed: UInt64) async throws -> Walker {
        var options = ClientOptions()
        options.retriesFirst = true
        options.backoff = Backoff(base: .milliseconds(1), cap: .milliseconds(20))
        options.random = SeededGenerator(seed: seed)
        // What stalls is to be noticed soon.
        options.pingAfter = .milliseconds(150)
        options.lostAfter = .milliseconds(300)
        let endpoint = Endpoint(host: "localhost", port: port)
        let client = try await ChatClient.connect(
            to: endpoint,
            expecting: .dns("localhost"),
            tls: tls,
            options: options
        )
        let walker = Walker(client)
        Task { await walker.listen() }
        try await client.enter(.lobby)
        return walker
    }

    private init(_ client: ChatClient) {
        self.client = client
        (news, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    private func listen() async {
        for await event in client.events {
            heard.withLock { heard in
                switch event {
                case .room(let event):
                    guard case .said(_, let text) = event.body else { return }
                    heard.messages.append(Message(sequence: event.sequence, text: text.string))
                    heard.sinceReset += 1
                case .gap: heard.gaps += 1
                case .entered(let entered):
                    heard.gaps += Int(entered.missed)
                    guard entered.isReset else { return }
                    heard.resets += 1
                    heard.sinceReset = 0
                default: break
                }
            }
            tell.yield()
        }
        tell.finish()
    }

    var soFar: Heard { heard.withLock { $0 } }

    /// Says so many messages, each with a number of its own in its text.
    /// - Returns: those that were acknowledged.
    func say(_ count: Int) async throws -> [Message] {
        let said = Mutex<[Message]>([])
        let queue = ReplyQueue(most: 64)
        for _ in 0..<count {
            let text = "message \(spoken.withLock { number in number += 1; return number })"
            let request = client.begin(.say(.lobby, CleanText(text), isAction: false, id: nil))
            await queue.add(request) { result in
                guard case .success(.said(let sequence, again: _)) = result else { return }
                said.withLock { $0.append(Message(sequence: sequence, text: text)) }
            }
        }
        await queue.drain()
        return said.withLock { $0 }
    }

    func heard(until count: Int) async -> Heard {
        await wait { $0.messages.count >= count }
        return soFar
    }

    func wait(for text: String) async {
        await wait { $0.messages.last?.text == text }
    }

    func waitForReset() async {
        await wait { $0.resets > 0 }
    }

    private func wait(until isDone: (Heard) -> Bool) async {
        if isDone(soFar) { return }
        for await _ in news where isDone(soFar) { return }
    }
}
