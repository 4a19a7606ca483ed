import TLS
import TestKit
import Testing

/// Pins: the key decides, and decides alone.
@Suite struct PinTests {
    static let imperfect: [any KeyPath<CertificateFixtures, TLSIdentity> & Sendable] = [
        \.server, \.serverRSA, \.chained, \.expired, \.notYetValid, \.wrongHost, \.selfSigned, \.stranger,
    ]

    @Test(arguments: imperfect, [TLSVersion.v1_2, .v1_3])
    func `with the right key nothing else is looked at`(
        identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable,
        version: TLSVersion
    ) throws {
        let identity = try CertificateFixtures.shared[keyPath: identity]
        let pair = try pair(pins: [key(of: identity)], server: identity, version)
        pair.pump()
        #expect(pair.client.isEstablished && pair.server.isEstablished)
    }

    @Test(arguments: imperfect, [TLSVersion.v1_2, .v1_3])
    func `with another key nothing else helps`(
        identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable,
        version: TLSVersion
    ) throws {
        let identity = try CertificateFixtures.shared[keyPath: identity]
        let other = try key(of: CertificateFixtures.shared.mismatchedKey.keyFile)
        let pins = try [other == key(of: identity) ? [UInt8](repeating: 7, count: 32) : other]
        let pair = try pair(pins: pins, server: identity, version)
        pair.pump()
        let failure = try #require(pair.client.failure?.untrusted)
        #expect(failure.reason == .wrongKey)
        #expect(failure.text == "not the pinned key")
        #expect(try failure.certificate == TLSCertificate(pemFile: identity.certificateFile))
        #expect(!pair.client.isEstablished && !pair.server.isEstablished)
        #expect(pair.server.failure?.alertNumber == 40)
    }

    @Test func `any of several pins will do`() throws {
        let fixtures = try CertificateFixtures.shared
        let pins = try [key(of: fixtures.stranger), key(of: fixtures.server), key(of: fixtures.expired)]
        for identity in [fixtures.server, fixtures.stranger, fixtures.expired] {
            let pair = try pair(pins: pins, server: identity, .v1_3)
            pair.pump()
            #expect(pair.client.isEstablished)
        }
    }

    @Test func `the key of an authority is no pin for what it signed`() throws {
        let fixtures = try CertificateFixtures.shared
        guard case .authorities(let file) = fixtures.ca else { return }
        let pin = try TLSCertificate(pemFile: file).publicKeyFingerprint
        let pair = try pair(pins: [pin], server: fixtures.server, .v1_3)
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .wrongKey)
    }

    @Test func `the server is told the name all the same`() throws {
        let server = try RawTLSPeer.server(CertificateFixtures.shared.server)
        let context = try TLSContext(.client(trust: .pins([key(of: CertificateFixtures.shared.server)])))
        let client = TLSEnd(try TLSSession(client: context, expecting: .dns("chat.example.org")))
        TLSPair.pump(client, server)
        #expect(client.isEstablished)
        #expect(server.serverName == "chat.example.org")
    }

    @Test(arguments: [[], [[]], [[UInt8](repeating: 0, count: 31)], [[UInt8](repeating: 0, count: 33)]])
    func `what is no pin is refused`(pins: [[UInt8]]) {
        #expect(throws: TLSError.setting("a pin has 32 bytes, and there has to be one")) {
            try TLSContext(.client(trust: .pins(pins)))
        }
    }

    private func pair(pins: [[UInt8]], server: TLSIdentity, _ version: TLSVersion) throws -> TLSPair {
        var server = TLSConfiguration.server(server)
        server.versions = version...version
        return try TLSPair(client: .client(trust: .pins(pins)), server: server)
    }

    private func key(of identity: TLSIdentity) throws -> [UInt8] {
        try TLSCertificate(pemFile: identity.certificateFile).publicKeyFingerprint
    }

    private func key(of keyFile: String) throws -> [UInt8] { try TLSKey(file: keyFile).fingerprint }
}
