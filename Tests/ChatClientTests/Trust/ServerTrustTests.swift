import ChatClient
import ChatCore
import NIOConcurrencyHelpers
import TLS
import TestKit
import Testing

/// The first connection, which may ask, and those after it, which never do.
@Suite(.timeLimit(.minutes(5))) struct ServerTrustTests {
    private let directory: TemporaryDirectory
    private let file: KnownHostsFile

    init() throws {
        directory = try TemporaryDirectory()
        file = KnownHostsFile(directory.path("known_hosts"))
    }

    private func options() -> ClientOptions {
        var options = ClientOptions()
        options.backoff = Backoff(base: .milliseconds(1), cap: .milliseconds(10))
        return options
    }

    @Test func `first contact is asked about once, and then known`() async throws {
        try await TestRoom.run { room in
            let endpoint = Endpoint(host: "localhost", port: room.port)
            let (asked, told) = (NIOLockedValueBox(0), NIOLockedValueBox<[TrustNotice]>([]))
            let trust = ServerTrust(
                knownHosts: file,
                ask: { _ in
                    asked.withLockedValue { $0 += 1 }
                    return .yes
                },
                tell: { notice in told.withLockedValue { $0.append(notice) } }
            )
            for _ in 0..<2 {
                let client = try await ChatClient.connect(to: endpoint, trusting: trust)
                try await client.enter(.lobby)
                await client.close()
            }
            #expect(asked.withLockedValue { $0 } == 1)
            let key = try #require(try await file.read().hosts.first?.pins.first?.key)
            #expect(told.withLockedValue { $0 } == [.kept(HostPort(endpoint), key)])
        }
    }

    @Test func `a server that its authority vouches for is neither asked about nor kept`() async throws {
        try await TestRoom.run { room in
            let trust = ServerTrust(
                TrustPolicy(authority: try CertificateFixtures.shared.ca),
                knownHosts: file,
                ask: { _ in .no }
            )
            let client = try await ChatClient.connect(to: Endpoint(host: "localhost", port: room.port), trusting: trust)
            await client.close()
            #expect(try await file.read() == KnownHosts())
        }
    }

    @Test func `a key that is given needs no authority, no name and no question`() async throws {
        try await TestRoom.run { room in
            let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.server.certificateFile)
            let key = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
            let policy = TrustPolicy(pins: [try Keys.key("a"), key])
            let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
            let client = try await ChatClient.connect(to: endpoint, trusting: ServerTrust(policy))
            try await client.enter(.lobby)
            await client.close()
        }
    }

    @Test func `when the connection is made again the key is looked at again, and nobody asked`() async throws {
        try await TestRoom.run { room in
            try await Relay.run(to: room.port) { relay in
                let asked = NIOLockedValueBox(0)
                let trust = ServerTrust(
                    knownHosts: file,
                    ask: { _ in
                        asked.withLockedValue { $0 += 1 }
                        return .yes
                    }
                )
                let client = try await ChatClient.connect(to: relay.endpoint, trusting: trust, options: options())
                try await client.enter(.lobby)
                // Somebody forgets the server in another window, and then it is another one.
                let (host, other, day) = (HostPort(relay.endpoint), try Keys.key("a"), try Keys.day("2026-01-01"))
                try await file.update { hosts in
                    hosts.remove(host)
                    try hosts.add(other, for: host, on: day)
                }
                await relay.cut()
                var last: ChatEvent?
                for await event in client.events { last = event }
                guard case .state(.failed(.changedKey(relay.endpoint, _))) = last else {
                    Issue.record("\(String(describing: last))")
                    return
                }
                #expect(asked.withLockedValue { $0 } == 1)
            }
        }
    }

    @Test func `a server that was forgotten while one was there is not asked about again`() async throws {
        try await TestRoom.run { room in
            try await Relay.run(to: room.port) { relay in
                let asked = NIOLockedValueBox(0)
                let trust = ServerTrust(
                    knownHosts: file,
                    ask: { _ in
                        asked.withLockedValue { $0 += 1 }
                        return .yes
                    }
                )
                let client = try await ChatClient.connect(to: relay.endpoint, trusting: trust, options: options())
                let host = HostPort(relay.endpoint)
                try await file.update { _ = $0.remove(host) }
                await relay.cut()
                var last: ChatEvent?
                for await event in client.events { last = event }
                guard case .state(.failed(.untrusted(relay.endpoint, _, _))) = last else {
                    Issue.record("\(String(describing: last))")
                    return
                }
                #expect(asked.withLockedValue { $0 } == 1)
            }
        }
    }

    @Test func `an authority that cannot be read is told of`() async throws {
        let trust = ServerTrust(TrustPolicy(authority: .authorities(file: "/none.pem")))
        let error = await #expect(throws: ClientError.self) {
            _ = try await ChatClient.connect(to: Endpoint(host: "localhost", port: 1), trusting: trust)
        }
        guard case .setup(.file(path: "/none.pem", _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `who only looks is shown the key, and has asked nobody`() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let endpoint = Endpoint(host: "localhost", port: room.port)
            let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.server.certificateFile)
            let key = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
            guard case .question(let question, _) = try await TrustPolicy().look(at: endpoint) else {
                Issue.record("nobody vouches for it")
                return
            }
            #expect(question.key == key)
            let policy = TrustPolicy(authority: try CertificateFixtures.shared.ca)
            #expect(try await policy.look(at: endpoint) == .vouchedFor(key))
            try await witness.say("alone")
            #expect(try await witness.line() == "1:alone")
        }
    }
}
