import TLS
import TestKit
import Testing

/// Whom a client shows its certificate, and when.
@Suite struct ClientIdentityTests {
    /// The message types of RFC 8446 that only a client with an identity sends.
    private static let certificate: UInt8 = 11
    private static let certificateVerify: UInt8 = 15

    @Test func `a server that asks is shown who we are`() throws {
        let (client, server) = try meet(.v1_3)
        #expect(client.isEstablished && server.isEstablished)
        #expect(try server.peerFingerprint == TLSCertificate(pemFile: Self.ada().certificateFile).fingerprint)
        #expect(client.session.agreement?.identityWithheld == false)
    }

    @Test func `a server that does not ask is shown nothing`() throws {
        let client = TLSEnd(try session(identity: Self.ada()))
        let server = try RawTLSPeer.server(CertificateFixtures.shared.server)
        TLSPair.pump(client, server)
        #expect(server.isEstablished)
        #expect(!server.messages.contains(Self.certificate))
        #expect(client.session.agreement?.identityWithheld == false)
    }

    @Test func `without an identity the answer is an empty one`() throws {
        let (client, server) = try meet(.v1_3, isGuest: true)
        #expect(client.isEstablished && server.isEstablished)
        #expect(server.peerFingerprint.isEmpty)
        #expect(client.session.agreement?.identityWithheld == false)
    }

    @Test func `under TLS 1_2 it is kept back, and that is told`() throws {
        let (client, server) = try meet(.v1_2)
        #expect(client.isEstablished && server.isEstablished)
        #expect(server.peerFingerprint.isEmpty)
        #expect(!server.messages.contains(Self.certificateVerify))
        #expect(client.session.agreement?.identityWithheld == true)
    }

    @Test func `under TLS 1_2 nothing is kept back that nobody asked for`() throws {
        let client = TLSEnd(try session(identity: Self.ada()))
        let server = try RawTLSPeer.server(CertificateFixtures.shared.server, ["MaxProtocol": "TLSv1.2"])
        TLSPair.pump(client, server)
        #expect(client.session.agreement?.version == .v1_2)
        #expect(client.session.agreement?.identityWithheld == false)
    }

    @Test func `under TLS 1_2 it is shown if that was asked for`() throws {
        let (client, server) = try meet(.v1_2, before13: true)
        #expect(server.isEstablished)
        #expect(try server.peerFingerprint == TLSCertificate(pemFile: Self.ada().certificateFile).fingerprint)
        #expect(client.session.agreement?.identityWithheld == false)
    }

    @Test(arguments: VerificationTests.bad, [TLSVersion.v1_2, .v1_3])
    func `a server that is refused gets no certificate, no name and no byte`(
        bad: VerificationTests.Bad,
        version: TLSVersion
    ) throws {
        let fixtures = try CertificateFixtures.shared
        let trusts = try [
            fixtures.ca, .pins([TLSKey(file: fixtures.mismatchedKey.keyFile).fingerprint.map { ~$0 }]),
        ]
        for trust in trusts {
            let (client, server) = try meet(
                version,
                before13: true,
                trust: trust,
                server: fixtures[keyPath: bad.identity]
            )
            let failure = try #require(client.failure?.untrusted)
            #expect(failure.reason == (trust == fixtures.ca ? bad.reason : .wrongKey))
            #expect(try failure.certificate == TLSCertificate(pemFile: fixtures[keyPath: bad.identity].certificateFile))
            // The hello, and nothing after it: not even an empty certificate.
            #expect(server.messages == [1])
            #expect(server.plaintext.isEmpty && !server.isEstablished)
            #expect(throws: TLSError.notOpen) { try client.send("hello") }
            #expect(client.takeOutput().isEmpty)
        }
    }

    @Test func `an identity that cannot be used is told at once`() throws {
        let fixtures = try CertificateFixtures.shared
        let mismatched = fixtures.mismatchedKey
        let problem = TLSError.FileProblem.keyMismatch(certificate: mismatched.certificateFile)
        #expect(throws: TLSError.file(path: mismatched.keyFile, problem)) {
            try TLSContext(.client(identity: mismatched))
        }
        let error = #expect(throws: TLSError.self) { try TLSContext(.client(identity: fixtures.weakRSA)) }
        #expect(error?.reasons == ["ee key too small"])
    }

    @Test func `many sessions show the same identity`() throws {
        let fixtures = try CertificateFixtures.shared
        let context = try TLSContext(.client(trust: fixtures.ca, identity: Self.ada()))
        var server = TLSConfiguration.server(fixtures.server)
        server.role = .server([fixtures.server], visitors: .anyKey)
        let serverContext = try TLSContext(server)
        for _ in 0..<3 {
            let pair = try TLSPair(
                client: TLSSession(client: context, expecting: .dns("localhost")),
                server: TLSSession(server: serverContext)
            )
            pair.pump()
            #expect(pair.server.session.agreement?.peerCertificate?.commonName == "Ada")
        }
    }

    private static let made = Result {
        try CertificateFixtures.shared.authority.issue(.client()).write(to: TemporaryDirectory(), as: "ada")
    }

    static func ada() throws -> TLSIdentity { try made.get() }

    private func session(
        identity: TLSIdentity?,
        before13: Bool = false,
        trust: TLSTrust? = nil
    ) throws -> TLSSession {
        var configuration = TLSConfiguration.client(
            trust: try trust ?? CertificateFixtures.shared.ca,
            identity: identity
        )
        configuration.offersIdentityBefore13 = before13
        return try TLSSession(client: TLSContext(configuration), expecting: .dns("localhost"))
    }

    private func meet(
        _ version: TLSVersion,
        isGuest: Bool = false,
        before13: Bool = false,
        trust: TLSTrust? = nil,
        server: TLSIdentity? = nil
    ) throws -> (TLSEnd, RawTLSPeer) {
        let own = isGuest ? nil : try Self.ada()
        let client = TLSEnd(try session(identity: own, before13: before13, trust: trust))
        let server = try RawTLSPeer.server(
            server ?? CertificateFixtures.shared.server,
            ["VerifyMode": "Request", "MaxProtocol": version.description]
        )
        TLSPair.pump(client, server)
        return (client, server)
    }
}
