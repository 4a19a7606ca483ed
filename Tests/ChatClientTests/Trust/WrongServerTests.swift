import ChatClient
import ChatCore
import NIOConcurrencyHelpers
import TLS
import TestKit
import Testing

/// Every server that is not the one that is meant: it is told that somebody wants to connect, and not a byte more.
@Suite(.timeLimit(.minutes(5))) struct WrongServerTests {
    /// A server, what is known of it beforehand, and what its client is told.
    struct Case: Sendable, CustomTestStringConvertible {
        enum Basis: Sendable { case authority, knownPin, givenPin }

        let testDescription: String
        let server: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable
        let basis: Basis
        /// What stands in the message.
        let says: [String]
        /// Whether a user may be asked about it.
        var isAskedAbout = false
    }

    private static let cases: [Case] = [
        Case(
            testDescription: "nobody knows its authority",
            server: \.stranger,
            basis: .authority,
            says: ["does not know who signed it", "--ca FILE", "conclave trust add localhost:<port> <key>"],
            isAskedAbout: true
        ),
        Case(
            testDescription: "it vouches for itself",
            server: \.selfSigned,
            basis: .authority,
            says: ["does not know who signed it", "self-signed", "conclave trust add localhost:<port> <key>"],
            isAskedAbout: true
        ),
        Case(
            testDescription: "expired",
            server: \.expired,
            basis: .authority,
            says: ["it has expired", "conclave trust add localhost:<port> <key>"]
        ),
        Case(
            testDescription: "not yet valid",
            server: \.notYetValid,
            basis: .authority,
            says: ["it is not valid yet", "conclave trust add localhost:<port> <key>"]
        ),
        Case(
            testDescription: "for another host",
            server: \.wrongHost,
            basis: .authority,
            says: ["it is not for localhost", "--server-name NAME", "conclave trust add localhost:<port> <key>"]
        ),
        Case(
            testDescription: "another key than the known one",
            server: \.stranger,
            basis: .knownPin,
            says: [
                "THE KEY OF localhost:<port> HAS CHANGED", "<old> since 2026-01-02", "it shows: <key>",
                "conclave trust remove localhost:<port>",
            ]
        ),
        Case(
            testDescription: "in between, with a certificate that an authority vouches for, where a key is known",
            server: \.server,
            basis: .knownPin,
            says: ["THE KEY OF localhost:<port> HAS CHANGED", "<old> since 2026-01-02", "it shows: <key>"]
        ),
        Case(
            testDescription: "another key than the known one, and expired",
            server: \.expired,
            basis: .knownPin,
            says: ["THE KEY OF localhost:<port> HAS CHANGED", "it shows: <key>"]
        ),
        Case(
            testDescription: "another key than the given one",
            server: \.stranger,
            basis: .givenPin,
            says: ["localhost:<port> DOES NOT HAVE THE KEY", "to be:    <old>", "it shows: <key>"]
        ),
        Case(
            testDescription: "in between, with a certificate that an authority vouches for, where a key is given",
            server: \.server,
            basis: .givenPin,
            says: ["localhost:<port> DOES NOT HAVE THE KEY", "to be:    <old>", "it shows: <key>"]
        ),
    ]

    private func trust(
        _ basis: Case.Basis,
        _ endpoint: Endpoint,
        _ directory: TemporaryDirectory,
        ask: ServerTrust.Ask? = nil
    ) async throws -> ServerTrust {
        let old = try Keys.key("a")
        let own = try await ClientKeyFile(directory.path("identity.pem")).make(.p256, on: WallClock.now())
        let known = KnownHostsFile(directory.path("known_hosts"))
        if basis == .knownPin {
            let day = try Keys.day("2026-01-02")
            try await known.update { _ = try $0.add(old, for: HostPort(endpoint), on: day) }
        }
        let authority = try CertificateFixtures.shared.ca
        return ServerTrust(
            TrustPolicy(pins: basis == .givenPin ? [old] : [], authority: authority),
            // As if it wanted to be known by everybody.
            identity: OwnIdentity(own.identity, isOfferedBefore13: true),
            knownHosts: known,
            ask: ask
        )
    }

    private func key(of identity: TLSIdentity) throws -> KeyFingerprint {
        try #require(KeyFingerprint(TLSCertificate(pemFile: identity.certificateFile).publicKeyFingerprint))
    }

    @Test(arguments: cases, [TLSVersion.v1_2, .v1_3])
    func `it learns nothing, and we are told what it is about`(wrong: Case, version: TLSVersion) async throws {
        let identity = try CertificateFixtures.shared[keyPath: wrong.server]
        try await WatchingServer.run(identity, upTo: version) { server in
            let endpoint = Endpoint(host: "localhost", port: server.port)
            let trust = try await trust(wrong.basis, endpoint, TemporaryDirectory())
            let first = await #expect(throws: ClientError.self) {
                _ = try await ChatClient.connect(to: endpoint, trusting: trust)
            }
            let second = await #expect(throws: ClientError.self) {
                _ = try await ChatConnection.connect(to: endpoint, trusting: trust)
            }
            #expect(first == second)
            let text = first.map { "\($0)" } ?? ""
            let (key, old) = (try key(of: identity), try Keys.key("a"))
            for part in wrong.says {
                let part = part.replacing("<port>", with: "\(server.port)").replacing("<key>", with: "\(key)")
                    .replacing("<old>", with: "\(old)")
                #expect(text.contains(part), "\(part) in \(text)")
            }
            for _ in 0..<2 {
                let visit = try #require(await server.visit())
                #expect(visit.isOnlyHello, "\(visit)")
            }
        }
    }

    @Test(arguments: cases, [TrustAnswer.no, .otherKey, .unclear])
    func `who is asked and does not say yes has sent nothing`(wrong: Case, answer: TrustAnswer) async throws {
        let identity = try CertificateFixtures.shared[keyPath: wrong.server]
        try await WatchingServer.run(identity) { server in
            let endpoint = Endpoint(host: "localhost", port: server.port)
            let directory = try TemporaryDirectory()
            let asked = NIOLockedValueBox<[TrustQuestion]>([])
            let trust = try await trust(wrong.basis, endpoint, directory) { question in
                asked.withLockedValue { $0.append(question) }
                return answer
            }
            let before = try await KnownHostsFile(directory.path("known_hosts")).read()
            let error = await #expect(throws: ClientError.self) {
                _ = try await ChatConnection.connect(to: endpoint, trusting: trust)
            }
            let questions = asked.withLockedValue { $0 }
            #expect(questions.map(\.key) == (wrong.isAskedAbout ? [try key(of: identity)] : []))
            if wrong.isAskedAbout {
                #expect(error == (answer == .otherKey ? .otherFingerprint(endpoint) : .notBelieved(endpoint)))
            }
            #expect(try await KnownHostsFile(directory.path("known_hosts")).read() == before)
            let visit = try #require(await server.visit())
            #expect(visit.isOnlyHello, "\(visit)")
        }
    }

    /// Or the tests above would see nothing whatever there was.
    @Test func `the right one is told who we are, and what we say`() async throws {
        let identity = try CertificateFixtures.shared.selfSigned
        try await WatchingServer.run(identity) { server in
            let endpoint = Endpoint(host: "localhost", port: server.port)
            let directory = try TemporaryDirectory()
            let trust = try await trust(.authority, endpoint, directory) { _ in .yes }
            let connection = try await ChatConnection.connect(to: endpoint, trusting: trust)
            try await connection.run { _, speaker in try await speaker.send(Array("hello\n".utf8)) }
            // That of the question, and the one after it.
            #expect(await server.visit()?.isOnlyHello == true)
            let visit = try #require(await server.visit())
            let own = try TLSCertificate(pemFile: directory.path("identity.pem"))
            #expect(visit.certificate == own.fingerprint)
            #expect(visit.plaintext == Array("hello\n".utf8))
            #expect(!visit.isOnlyHello)
            let known = try await KnownHostsFile(directory.path("known_hosts")).read()
            #expect(known.hosts.map(\.host) == [HostPort(endpoint)])
            #expect(known.hosts.first?.pins.map(\.key) == [try key(of: identity)])
        }
    }

    @Test(arguments: [true, false])
    func `over TLS 1_2 one is a guest, unless one wants otherwise`(isOffered: Bool) async throws {
        try await WatchingServer.run(CertificateFixtures.shared.server, upTo: .v1_2) { server in
            let directory = try TemporaryDirectory()
            let own = try await ClientKeyFile(directory.path("identity.pem")).make(.p256, on: WallClock.now())
            let told = NIOLockedValueBox<[TrustNotice]>([])
            let trust = ServerTrust(
                TrustPolicy(authority: try CertificateFixtures.shared.ca),
                identity: OwnIdentity(own.identity, isOfferedBefore13: isOffered),
                tell: { notice in told.withLockedValue { $0.append(notice) } }
            )
            let endpoint = Endpoint(host: "localhost", port: server.port)
            for _ in 0..<2 {
                try await ChatConnection.connect(to: endpoint, trusting: trust).run { _, _ in }
                #expect(await server.visit()?.certificate == (isOffered ? own.certificate.fingerprint : []))
            }
            #expect(told.withLockedValue { $0 } == (isOffered ? [] : [.guestOverTLS12(endpoint)]))
        }
    }
}
