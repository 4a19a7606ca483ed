import ChatCore
import ChatWire
import NIOConcurrencyHelpers
import TLS
import TestKit
import Testing

@testable import ChatClient

/// A planned change of a server's key: what it has to show for it, and what a client makes of it.
@Suite(.timeLimit(.minutes(5))) struct NextKeyTests {
    private let directory: TemporaryDirectory
    private let file: KnownHostsFile
    private let next: TLSKey

    init() throws {
        directory = try TemporaryDirectory()
        file = KnownHostsFile(directory.path("known_hosts"))
        next = try TLSKey.generate(.ed25519)
    }

    private var nextPin: KeyFingerprint { get throws { try #require(KeyFingerprint(next.fingerprint)) } }

    /// What a good server says, or one that has something wrong.
    private func announcement(
        for host: HostPort,
        after old: KeyFingerprint,
        pin: KeyFingerprint? = nil,
        signing statement: (HostPort, KeyFingerprint, KeyFingerprint) -> [UInt8] = NextKey.statement,
        by signer: TLSKey? = nil
    ) throws -> NextKey {
        let pin = try pin ?? nextPin
        let signature = try (signer ?? next).sign(statement(host, old, pin))
        return NextKey(
            key: pin,
            publicKey: next.publicKey,
            signatures: [NextKey.Signature(host: host.description, old: old, bytes: signature)]
        )
    }

    @Test func `the statement is what both ends have agreed on`() throws {
        let statement = NextKey.statement(try Keys.host("[::1]:5"), try Keys.key("a"), try Keys.key("b"))
        let (a, b) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        #expect(
            String(decoding: statement, as: UTF8.self) == "conclave-next-key/1\n[::1]:5\nsha256:\(a)\nsha256:\(b)\n"
        )
    }

    @Test func `it counts if the next key has signed for this host and this key, and in no other case`() throws {
        let (host, old) = (try Keys.host("chat.example.org:2022"), try Keys.key("a"))
        #expect(try announcement(for: host, after: old).verdict(for: host, after: old) == .good)
        let good = try announcement(for: host, after: old)
        #expect(good.verdict(for: try Keys.host("chat.example.org:2023"), after: old) == .notForHost)
        #expect(good.verdict(for: host, after: try Keys.key("b")) == .notForHost)
        #expect(
            NextKey(key: good.key, publicKey: good.publicKey, signatures: []).verdict(for: host, after: old)
                == .notForHost
        )
        // Signed by another key, of another statement, or for a pin that is not that of the key.
        let stranger = try TLSKey.generate(.ed25519)
        #expect(try announcement(for: host, after: old, by: stranger).verdict(for: host, after: old) == .forged)
        let elsewhere = try Keys.host("evil.example:2022")
        let swapped = try announcement(for: host, after: old, signing: { NextKey.statement(elsewhere, $1, $2) })
        #expect(swapped.verdict(for: host, after: old) == .forged)
        let otherPin = try announcement(for: host, after: old, pin: try Keys.key("c"))
        #expect(otherPin.verdict(for: host, after: old) == .forged)
        let noKey = NextKey(key: good.key, publicKey: [1, 2, 3], signatures: good.signatures)
        #expect(noKey.verdict(for: host, after: old) == .forged)
    }

    @Test(arguments: SeededGenerator.seeds(50))
    func `a signature with a bit turned is none`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (host, old) = (try Keys.host("a:1"), try Keys.key("a"))
        let good = try announcement(for: host, after: old)
        var bytes = good.signatures[0].bytes
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        let bad = NextKey(
            key: good.key,
            publicKey: good.publicKey,
            signatures: [.init(host: "a:1", old: old, bytes: bytes)]
        )
        #expect(bad.verdict(for: host, after: old) == .forged)
    }

    // MARK: With connections

    private func trust(_ told: NIOLockedValueBox<[TrustNotice]>, _ policy: TrustPolicy = TrustPolicy()) -> ServerTrust {
        ServerTrust(
            policy,
            knownHosts: file,
            now: { Timestamp(iso8601: "2026-12-24T12:00:00.000Z") ?? Timestamp(milliseconds: 0) },
            tell: { notice in told.withLockedValue { $0.append(notice) } }
        )
    }

    /// Connects to a server with this certificate and hears that announcement.
    private func visit(
        _ trust: ServerTrust,
        _ identity: TLSIdentity,
        on endpoint: Endpoint,
        hearing next: NextKey? = nil
    ) async throws {
        let connection = try await ChatConnection.connect(to: endpoint, trusting: trust)
        if let next { await trust.learn(next, from: connection) }
        try await connection.run { (_: ChatLines, _) in }
    }

    private func pin(_ identity: TLSIdentity) throws -> KeyFingerprint {
        try #require(KeyFingerprint(TLSCertificate(pemFile: identity.certificateFile).publicKeyFingerprint))
    }

    private func know(_ key: KeyFingerprint, _ host: HostPort) async throws {
        let day = try Keys.day("2026-11-30")
        try await file.update { _ = try $0.add(key, for: host, on: day) }
    }

    @Test func `a server that is known is listened to, and only once`() async throws {
        let fixtures = try CertificateFixtures.shared
        try await RawServer.run(fixtures.selfSigned) { server in
            let (host, old, told) = (
                HostPort(server.endpoint), try pin(fixtures.selfSigned), NIOLockedValueBox<[TrustNotice]>([])
            )
            try await know(old, host)
            let next = try announcement(for: host, after: old)
            for _ in 0..<2 { try await visit(trust(told), fixtures.selfSigned, on: server.endpoint, hearing: next) }
            let line = "\(host) \(old) added 2026-11-30 next \(next.key) learned 2026-12-24\n"
            #expect(try await file.read().text == line)
            #expect(told.withLockedValue { $0 } == [.nextLearned(host, next.key)])
        }
    }

    @Test func `what is not signed as it should be is told, and ignored`() async throws {
        let fixtures = try CertificateFixtures.shared
        try await RawServer.run(fixtures.selfSigned) { server in
            let (host, old, told) = (
                HostPort(server.endpoint), try pin(fixtures.selfSigned), NIOLockedValueBox<[TrustNotice]>([])
            )
            try await know(old, host)
            let before = try await file.read()
            let forged = try announcement(for: host, after: old, by: TLSKey.generate(.p256))
            let elsewhere = try announcement(for: try Keys.host("evil.example:1"), after: old)
            for next in [forged, elsewhere] {
                try await visit(trust(told), fixtures.selfSigned, on: server.endpoint, hearing: next)
            }
            #expect(try await file.read() == before)
            #expect(told.withLockedValue { $0 } == [.nextForged(host), .nextNotForHost(host)])
        }
    }

    @Test func `where the key is not kept, there is nothing to keep`() async throws {
        let fixtures = try CertificateFixtures.shared
        try await RawServer.run(fixtures.server) { server in
            let (host, old, told) = (
                HostPort(server.endpoint), try pin(fixtures.server), NIOLockedValueBox<[TrustNotice]>([])
            )
            let next = try announcement(for: host, after: old)
            // Passed by its authority; and by a key that was given, though it is known by it too.
            let byAuthority = ServerTrust(
                TrustPolicy(authority: fixtures.ca),
                expecting: .dns("localhost"),
                knownHosts: file,
                tell: { notice in told.withLockedValue { $0.append(notice) } }
            )
            try await visit(byAuthority, fixtures.server, on: server.endpoint, hearing: next)
            #expect(try await file.read() == KnownHosts())
            try await know(old, host)
            let before = try await file.read()
            try await visit(trust(told, TrustPolicy(pins: [old])), fixtures.server, on: server.endpoint, hearing: next)
            #expect(try await file.read() == before)
            #expect(told.withLockedValue { $0 } == [])
        }
    }

    @Test func `the announced key is taken in the place of the old one, which is no good any more`() async throws {
        let fixtures = try CertificateFixtures.shared
        let (old, new) = (try pin(fixtures.selfSigned), try pin(fixtures.stranger))
        let told = NIOLockedValueBox<[TrustNotice]>([])
        try await RawServer.run(fixtures.stranger) { server in
            let host = HostPort(server.endpoint)
            try await know(old, host)
            try await file.update { hosts in
                _ = hosts.learn(new, after: old, for: host, on: CalendarDay(Timestamp(milliseconds: 0)))
            }
            for _ in 0..<2 { try await visit(trust(told), fixtures.stranger, on: server.endpoint) }
            #expect(try await file.read().text == "\(host) \(new) added 2026-12-24\n")
            let before = KnownPin(
                old,
                added: try Keys.day("2026-11-30"),
                next: .init(new, learned: try Keys.day("1970-01-01"))
            )
            #expect(told.withLockedValue { $0 } == [.nextUsed(host, old: before, new)])
        }
    }

    @Test func `the right key in an expired certificate is a notice, once`() async throws {
        let fixtures = try CertificateFixtures.shared
        let told = NIOLockedValueBox<[TrustNotice]>([])
        try await RawServer.run(fixtures.server) { server in
            try await know(try pin(fixtures.server), HostPort(server.endpoint))
            let late = ServerTrust(
                knownHosts: file,
                now: { Timestamp(iso8601: "2999-01-01T00:00:00.000Z") ?? Timestamp(milliseconds: 0) },
                tell: { notice in told.withLockedValue { $0.append(notice) } }
            )
            for _ in 0..<2 { try await visit(late, fixtures.server, on: server.endpoint) }
            let end = CalendarDay(seconds: try TLSCertificate(pemFile: fixtures.server.certificateFile).notAfter)
            #expect(told.withLockedValue { $0 } == [.expired(server.endpoint, end)])
        }
    }
}
