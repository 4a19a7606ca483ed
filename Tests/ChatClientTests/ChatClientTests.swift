import ChatClient
import ChatCore
import ChatWire
import TLS
import TestKit
import Testing

/// The client of conclave/1 and the real server, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct ChatClientTests {
    private func connect(
        to port: Int,
        trust: TLSTrust? = nil,
        _ configure: (inout ClientOptions) -> Void = { _ in }
    ) async throws -> ChatClient {
        var options = ClientOptions()
        options.backoff = Backoff(base: .milliseconds(1), cap: .milliseconds(10))
        configure(&options)
        return try await ChatClient.connect(
            to: Endpoint(host: "127.0.0.1", port: port),
            expecting: .dns("localhost"),
            tls: .structured(trust: trust ?? CertificateFixtures.shared.ca),
            options: options
        )
    }

    private func said(_ events: ChatEvents, until isLast: (String) -> Bool) async -> [String] {
        var said: [String] = []
        for await event in events {
            guard case .room(let event) = event, case .said(_, let text) = event.body else { continue }
            said.append(text.string)
            if isLast(text.string) { break }
        }
        return said
    }

    @Test func `rooms are entered, and talk goes both ways`() async throws {
        try await TestRoom.run { room in
            let (alice, bob) = (try Nickname("alice"), try Nickname("bob"))
            let one = try await connect(to: room.port)
            let other = try await connect(to: room.port)
            let entered = try await one.enter(.lobby, as: alice)
            #expect(entered.author.name == alice)
            try await other.enter(.lobby, as: bob)
            let sequence = try await one.say("hello", in: .lobby)
            #expect(sequence > entered.head)
            #expect(await said(other.events) { _ in true } == ["hello"])
            #expect(try await one.whisper(CleanText("psst"), to: .name(bob)).to.name == bob)
            #expect(try await one.who(in: .lobby).map(\.author.name) == [alice, bob])
            #expect(try await one.rooms().shown.map(\.name) == [.lobby])
            let history = try await one.history(of: .lobby, Past(after: sequence - 1))
            #expect(history.events.map(\.sequence) == [sequence])
            try await one.ping()
            await #expect(throws: RequestError.self) { try await one.kick(.name(bob), from: .lobby) }
            await one.close()
            var last: ChatEvent?
            for await event in one.events { last = event }
            #expect(last == .state(.closed))
            await #expect(throws: RequestError.ended(nil)) { try await one.ping() }
        }
    }

    @Test func `what is said is said once though connections break`() async throws {
        try await TestRoom.run { room in
            let witness = try await connect(to: room.port)
            try await witness.enter(.lobby)
            try await Relay.run(to: room.port) { relay in
                let speaker = try await connect(to: relay.endpoint.port)
                let reading = Task { for await _ in speaker.events {} }
                try await speaker.enter(.lobby, as: Nickname("alice"))
                var numbers: [UInt64] = []
                for number in 0..<20 {
                    let saying = Task { try await speaker.say("\(number)", in: .lobby) }
                    await relay.cut()
                    numbers.append(try await saying.value)
                }
                #expect(numbers == numbers.sorted())
                #expect(Set(numbers).count == 20)
                #expect(await said(witness.events) { $0 == "19" } == (0..<20).map(String.init))
                await speaker.close()
                await reading.value
            }
        }
    }

    @Test func `what is said while one is away is heard afterwards`() async throws {
        try await TestRoom.run { room in
            let speaker = try await connect(to: room.port)
            try await speaker.enter(.lobby)
            try await Relay.run(to: room.port) { relay in
                let listener = try await connect(to: relay.endpoint.port)
                try await listener.enter(.lobby)
                for number in 0..<20 {
                    await relay.cut()
                    try await speaker.say("\(number)", in: .lobby)
                }
                #expect(await said(listener.events) { $0 == "19" } == (0..<20).map(String.init))
            }
        }
    }

    @Test func `who comes back before it is missed has never been away`() async throws {
        try await TestRoom.run { room in
            let witness = try await connect(to: room.port)
            let alice = try Nickname("alice")
            try await witness.enter(.lobby)
            try await Relay.run(to: room.port) { relay in
                let client = try await connect(to: relay.endpoint.port)
                let first = try await client.enter(.lobby, as: alice)
                for _ in 0..<3 {
                    await relay.cut(tellingServer: false)
                    try await client.say("I am here", in: .lobby)
                }
                var entered: [StructuredEnter] = []
                for await event in client.events {
                    guard case .entered(let again) = event else { continue }
                    entered.append(again)
                    if entered.count == 4 { break }
                }
                #expect(entered.map(\.isResumed) == [nil, true, true, true])
                #expect(entered.allSatisfy { $0.author == first.author })
                try await client.say("that was all", in: .lobby)
                var seen: [Event.Body] = []
                for await event in witness.events {
                    guard case .room(let event) = event else { continue }
                    seen.append(event.body)
                    if case .said(_, CleanText("that was all")) = event.body { break }
                }
                #expect(seen.first == .entered(first.author))
                let news = seen.dropFirst().filter(\.isNews)
                #expect(news == [])
            }
        }
    }

    @Test func `who waits for an answer between two events gets it, though many stand before it`() async throws {
        try await TestRoom.run { room in
            let bot = try await connect(to: room.port) { $0.eventBuffer = 4 }
            try await bot.enter(.lobby)
            let other = try await connect(to: room.port)
            try await other.enter(.lobby)
            let asking = (0..<40).map { other.begin(.say(.lobby, CleanText("\($0)"), isAction: false, id: nil)) }
            for request in asking { _ = try await request.sequence() }
            var heard = 0
            for await case .room(let event) in bot.events {
                guard case .said(let author, _) = event.body, author.member == MemberID(2) else { continue }
                try await bot.say("heard", in: .lobby)
                heard += 1
                if heard == 40 { break }
            }
            await bot.close()
            await other.close()
        }
    }

    @Test func `who reads nothing at all is told so when it asks`() async throws {
        try await TestRoom.run { room in
            let deaf = try await connect(to: room.port) { $0.eventBuffer = 2 }
            try await deaf.enter(.lobby)
            let other = try await connect(to: room.port)
            let reader = Task { for await _ in other.events {} }
            try await other.enter(.lobby)
            for number in 0..<100 { try await other.say("\(number)", in: .lobby) }
            await #expect(throws: RequestError.unread) { try await deaf.ping() }
            reader.cancel()
            await other.close()
        }
    }

    @Test func `who does not read loses nothing, and is given no more than it has room for`() async throws {
        try await TestRoom.run { room in
            let speaker = try await connect(to: room.port)
            try await speaker.enter(.lobby)
            let listener = try await connect(to: room.port) { $0.eventBuffer = 4 }
            try await listener.enter(.lobby)
            for number in 0..<100 { try await speaker.say("\(number)", in: .lobby) }
            #expect(await said(listener.events) { $0 == "99" } == (0..<100).map(String.init))
        }
    }

    @Test func `who reads in batches is told the same, in order`() async throws {
        try await TestRoom.run { room in
            let speaker = try await connect(to: room.port)
            try await speaker.enter(.lobby)
            let listener = try await connect(to: room.port) {
                $0.eventBuffer = 32
                $0.readInterval = .milliseconds(8)
            }
            try await listener.enter(.lobby)
            for number in 0..<100 { try await speaker.say("\(number)", in: .lobby) }
            var events = listener.events.makeAsyncIterator()
            var (heard, largest): ([String], Int) = ([], 0)
            while heard.last != "99", let batch = await events.nextBatch(most: 5) {
                largest = max(largest, batch.count)
                for case .room(let event) in batch { if let text = event.body.text { heard.append(text.string) } }
            }
            #expect(heard == (0..<100).map(String.init))
            #expect(largest == 5)
            await listener.close()
            while await events.nextBatch() != nil {}
        }
    }

    @Test func `a call that is cancelled ends`() async throws {
        try await TestRoom.run { room in
            let client = try await connect(to: room.port) { $0.eventBuffer = 1 }
            let saying = Task { try await client.enter(.lobby) }
            saying.cancel()
            await #expect(throws: RequestError.cancelled) { try await saying.value }
            let reading = Task { for await _ in client.events {} }
            reading.cancel()
            await reading.value
        }
    }

    @Test func `a server without the protocol is told from others`() async throws {
        try await RawServer.run { server in
            await #expect(throws: ClientError.noStructuredProtocol(server.endpoint)) {
                _ = try await connect(to: server.endpoint.port)
            }
        }
        try await TestRoom.run { room in
            let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
            await #expect(throws: ClientError.noStructuredProtocol(endpoint)) {
                _ = try await ChatClient.connect(to: endpoint, expecting: .dns("localhost"), tls: room.tls)
            }
        }
    }

    @Test func `a server that is not trusted is not tried again`() async throws {
        try await TestRoom.run { room in
            let error = await #expect(throws: ClientError.self) {
                let trust = try CertificateFixtures.shared.strangerCA
                _ = try await connect(to: room.port, trust: trust) { $0.retriesFirst = true }
            }
            guard case .untrusted = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a client that nobody holds leaves`() async throws {
        try await TestRoom.run { room in
            let witness = try await connect(to: room.port)
            try await witness.enter(.lobby)
            try await connect(to: room.port).enter(.lobby)
            for await event in witness.events {
                if case .room(let event) = event, case .left = event.body { break }
            }
        }
    }
}
