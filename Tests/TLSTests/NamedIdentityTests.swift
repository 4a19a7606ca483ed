import TLS
import TestKit
import Testing

/// Certificates by the name that the client asks for.
@Suite struct NamedIdentityTests {
    @Test(
        arguments: [TLSVersion.v1_2, .v1_3],
        [
            ("chat.example.org", "chat"), ("CHAT.example.ORG", "chat"), ("chat.example.org.", "chat"),
            ("a.example.net", "wild"), ("example.net", "default"), ("a.b.example.net", "default"),
            ("exact.example.net", "exact"), ("elsewhere.example", "default"), (nil, "default"),
        ]
    )
    func `each is shown what it asked for`(version: TLSVersion, asked: (host: String?, shown: String)) throws {
        let shown = ["chat": try chat.get(), "wild": try wild.get(), "exact": try exact.get()]
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        configuration.namedIdentities = [
            NamedIdentities(host: "Chat.Example.org", identities: [try chat.get()]),
            NamedIdentities(host: "*.example.net", identities: [try wild.get()]),
            NamedIdentities(host: "exact.example.net", identities: [try exact.get()]),
        ]
        let server = TLSEnd(try TLSSession(server: TLSContext(configuration)))
        let client = try RawTLSPeer.client(["MaxProtocol": version.description], asksFor: asked.host)
        TLSPair.pump(client, server)
        let expected = try TLSCertificate(
            pemFile: (shown[asked.shown] ?? CertificateFixtures.shared.server).certificateFile
        )
        #expect(client.peerFingerprint == expected.fingerprint)
        #expect(server.isEstablished)
    }

    @Test func `a host has an ECDSA and an RSA certificate, or only one, and never another host's`() throws {
        let fixtures = try CertificateFixtures.shared
        let rsa = try identity("both.example.org", key: .rsa(bits: 2_048))
        var configuration = TLSConfiguration.server(fixtures.server, fixtures.serverRSA)
        configuration.namedIdentities = [
            NamedIdentities(host: "both.example.org", identities: [try chat.get(), rsa]),
            NamedIdentities(host: "one.example.org", identities: [try exact.get()]),
        ]
        let context = try TLSContext(configuration)
        func shown(_ algorithm: String, _ host: String) throws -> [UInt8] {
            let client = try RawTLSPeer.client(["SignatureAlgorithms": algorithm], asksFor: host)
            TLSPair.pump(client, TLSEnd(try TLSSession(server: context)))
            return client.peerFingerprint
        }
        let ecdsa = "ecdsa_secp256r1_sha256"
        let pss = "rsa_pss_rsae_sha256"
        #expect(try shown(ecdsa, "both.example.org") == certificate(chat.get()).fingerprint)
        #expect(try shown(pss, "both.example.org") == certificate(rsa).fingerprint)
        #expect(try shown(ecdsa, "one.example.org") == certificate(exact.get()).fingerprint)
        #expect(try shown(pss, "one.example.org") == [])
        #expect(try shown(pss, "unknown.example.org") == certificate(fixtures.serverRSA).fingerprint)
        #expect(context.certificates.count == 2)
        #expect(context.namedCertificates.map(\.host) == ["both.example.org", "one.example.org"])
        #expect(try context.namedCertificates.first?.certificates == [certificate(chat.get()), certificate(rsa)])
    }

    @Test func `intermediates come along`() throws {
        let fixtures = try CertificateFixtures.shared
        var configuration = TLSConfiguration.server(fixtures.stranger)
        configuration.namedIdentities = [NamedIdentities(host: "localhost", identities: [fixtures.chained])]
        let pair = try TLSPair(server: configuration)
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test(arguments: ["", "*", "*.", "127.0.0.1", "::1", "a b", "*.*.example.org", "a.*.example.org", "*x.example.org"])
    func `what is no host is refused`(host: String) throws {
        let text = "\"\(host)\" is not the name of a host; only names can be asked for, not addresses"
        #expect(throws: TLSError.setting(text)) { try context([(host, [chat.get()])]) }
    }

    @Test func `a host stands once, and with a certificate that can be used`() throws {
        #expect(throws: TLSError.setting("A.example is named twice; name it once, with all its certificates")) {
            try context([("a.example", [chat.get()]), ("A.example", [exact.get()])])
        }
        #expect(throws: TLSError.setting("there is no certificate for a.example")) { try context([("a.example", [])]) }
        let error = #expect(throws: TLSError.self) {
            try context([("a.example", [CertificateFixtures.shared.weakRSA])])
        }
        #expect(error?.reasons == ["ee key too small"])
        let twice = try chat.get()
        #expect(throws: TLSError.file(path: twice.keyFile, .sameKeyType(as: twice.keyFile))) {
            try context([("a.example", [twice, twice])])
        }
    }

    private let chat = Result { try identity("chat.example.org") }
    private let wild = Result { try identity("*.example.net") }
    private let exact = Result { try identity("exact.example.net") }

    private func context(_ named: [(String, [TLSIdentity])]) throws -> TLSContext {
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        configuration.namedIdentities = named.map(NamedIdentities.init(host:identities:))
        return try TLSContext(configuration)
    }

    private func certificate(_ identity: TLSIdentity) throws -> TLSCertificate {
        try TLSCertificate(pemFile: identity.certificateFile)
    }
}

private func identity(_ host: String, key: KeyKind = .p256) throws -> TLSIdentity {
    let template = CertificateTemplate.server(names: [.dns(host)], key: key)
    return try CertificateFixtures.shared.authority.issue(template).write(to: TemporaryDirectory(), as: "named")
}
