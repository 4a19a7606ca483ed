import TLS
import TestKit
import Testing

/// Whom a server lets in by their certificates.
@Suite struct VisitorTests {
    // MARK: Any key

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `any certificate proves that its owner has the key, and nothing else`(version: String) throws {
        let fixtures = try CertificateFixtures.shared
        for identity in [fixtures.server, fixtures.serverRSA, fixtures.expired, fixtures.selfSigned, fixtures.stranger]
        {
            let server = try server(.anyKey)
            let client = try RawTLSPeer.client(["MaxProtocol": version], identity: identity)
            TLSPair.pump(client, server)
            #expect(server.isEstablished)
            let shown = try TLSCertificate(pemFile: identity.certificateFile)
            #expect(server.session.agreement?.peerCertificate == shown)
        }
    }

    @Test func `a key of Ed25519 is as good`() throws {
        let server = try server(.anyKey)
        TLSPair.pump(try RawTLSPeer.client(identity: identity(.client(key: .ed25519))), server)
        #expect(server.session.agreement?.peerCertificate?.commonName == "Ada")
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `who has no certificate is as welcome`(version: String) throws {
        let server = try server(.anyKey)
        let client = try RawTLSPeer.client(["MaxProtocol": version])
        TLSPair.pump(client, server)
        #expect(server.isEstablished && client.isEstablished)
        #expect(server.session.agreement?.peerCertificate == nil)
    }

    @Test(arguments: [
        (KeyKind.rsa(bits: 1_024), "EE certificate key too weak"), (.rsa(bits: 4_104), "certificate rejected"),
        (.secp256k1, "certificate rejected"), (.explicitP256, "certificate rejected"),
    ])
    func `a key that proves nothing, or that is too dear, is refused`(key: KeyKind, text: String) throws {
        let identity = try identity(.client(key: key))
        let server = try server(.anyKey)
        let options: RawTLSPeer.Options = ["MaxProtocol": "TLSv1.2", "CipherString": "DEFAULT:@SECLEVEL=0"]
        let client = try RawTLSPeer.client(options, identity: identity)
        TLSPair.pump(client, server)
        let failure = try #require(server.failure?.untrusted)
        #expect(failure.text == text)
        #expect(failure.certificate?.commonName == "Ada")
        #expect(!server.isEstablished)
    }

    @Test func `a heap of certificates is refused`() throws {
        var template = CertificateTemplate.client()
        template.omitted = []
        template.names = (0..<1_000).map { .dns("host-\($0).example.org") }
        let server = try server(.anyKey)
        TLSPair.pump(try RawTLSPeer.client(identity: identity(template)), server)
        #expect(server.failure?.reasons == ["excessive message size"])
    }

    @Test func `a server that does not ask is told nothing`() throws {
        let server = try server(.notAsked)
        TLSPair.pump(try RawTLSPeer.client(identity: ClientIdentityTests.ada()), server)
        #expect(server.isEstablished)
        #expect(server.session.agreement?.peerCertificate == nil)
    }

    // MARK: Authorities

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `only those whom the authority vouches for enter`(version: String) throws {
        let fixtures = try CertificateFixtures.shared
        let visitors = Visitors.authorities(file: try file(of: fixtures.ca))

        let welcome = try server(visitors)
        TLSPair.pump(try RawTLSPeer.client(["MaxProtocol": version], identity: ClientIdentityTests.ada()), welcome)
        #expect(welcome.isEstablished)
        #expect(welcome.session.agreement?.peerCertificate?.commonName == "Ada")

        let expired = try identity(.client(validity: -2_000 ... -1_000))
        let strange = try IssuedCertificate.selfSigned(.client()).write(to: TemporaryDirectory(), as: "strange")
        for (identity, reason) in [(expired, VerificationFailure.Reason.expired), (strange, .unknownAuthority)] {
            let server = try server(visitors)
            TLSPair.pump(try RawTLSPeer.client(["MaxProtocol": version], identity: identity), server)
            #expect(server.failure?.untrusted?.reason == reason)
            #expect(try server.failure?.untrusted?.certificate == TLSCertificate(pemFile: identity.certificateFile))
        }
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `who has no certificate is not let in`(version: String) throws {
        let server = try server(.authorities(file: file(of: CertificateFixtures.shared.ca)))
        let client = try RawTLSPeer.client(["MaxProtocol": version])
        TLSPair.pump(client, server)
        #expect(server.failure?.reasons == ["peer did not return a certificate"])
        #expect(client.failure != nil)
    }

    @Test func `a server's certificate is none for a client`() throws {
        let fixtures = try CertificateFixtures.shared
        let server = try server(.authorities(file: file(of: fixtures.ca)))
        TLSPair.pump(try RawTLSPeer.client(identity: fixtures.server), server)
        #expect(server.failure?.untrusted?.text == "unsuitable certificate purpose")
    }

    @Test func `an authority that vouches for nobody is doubted, and no other is`() throws {
        var faults: [CertificateTemplate?] = [nil]
        for omitted in [CertificateExtension.basicConstraints, .keyUsage, .subjectKeyIdentifier] {
            faults.append(.authority(name: "Test Faulty").without(omitted))
        }
        var uncritical = CertificateTemplate.authority(name: "Test Faulty")
        uncritical.hasCriticalConstraints = false
        faults.append(uncritical)
        for template in faults {
            let directory = try TemporaryDirectory()
            let authority = try template.map { try CertificateAuthority($0) } ?? CertificateAuthority()
            let visitors = Visitors.authorities(file: try file(of: authority.write(to: directory, as: "ca.pem")))
            let server = try server(visitors)
            // Without the authority's identifier there is nothing that could be named as the issuer's.
            let hasIdentifier = template?.omitted.contains(.subjectKeyIdentifier) != true
            let client = hasIdentifier ? CertificateTemplate.client() : .client().without(.authorityKeyIdentifier)
            let ada = try authority.issue(client).write(to: directory, as: "ada")
            TLSPair.pump(try RawTLSPeer.client(identity: ada), server)
            // What is doubted is what is refused.
            #expect(server.isEstablished == (template == nil))
            #expect(try (visitors.doubt() == nil) == server.isEstablished, "\(String(describing: template?.omitted))")
        }
        #expect(try Visitors.anyKey.doubt() == nil)
    }

    @Test func `who was taken back is refused, and the others enter`() throws {
        let authority = try CertificateAuthority()
        let directory = try TemporaryDirectory()
        let good = try authority.issue(.client())
        let bad = try authority.issue(.client())
        let visitors = Visitors.authorities(
            file: try file(of: authority.write(to: directory, as: "ca.pem")),
            revoked: try authority.revoke([bad], to: directory, as: "ca.crl")
        )
        let welcome = try server(visitors)
        TLSPair.pump(try RawTLSPeer.client(identity: good.write(to: directory, as: "good")), welcome)
        #expect(welcome.isEstablished)
        let closed = try server(visitors)
        TLSPair.pump(try RawTLSPeer.client(identity: bad.write(to: directory, as: "bad")), closed)
        #expect(closed.failure?.untrusted?.reason == .revoked)
    }

    @Test func `a list that has run out, or is of another authority, lets nobody in`() throws {
        let authority = try CertificateAuthority()
        let directory = try TemporaryDirectory()
        let ca = try file(of: authority.write(to: directory, as: "ca.pem"))
        let ada = try authority.issue(.client()).write(to: directory, as: "ada")
        let old = try authority.revoke([], to: directory, as: "old.crl", validity: -2_000 ... -1_000)
        let other = try CertificateAuthority(name: "Other").revoke([], to: directory, as: "other.crl")
        for (list, text) in [(old, "CRL has expired"), (other, "unable to get certificate CRL")] {
            let server = try server(.authorities(file: ca, revoked: list))
            TLSPair.pump(try RawTLSPeer.client(identity: ada), server)
            #expect(server.failure?.untrusted?.text == text)
        }
    }

    @Test func `lists that cannot be used are told at once`() throws {
        let fixtures = try CertificateFixtures.shared
        let ca = try file(of: fixtures.ca)
        let broken = try fixtures.directory.write(
            "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
            to: "broken.crl"
        )
        let missing = fixtures.directory.path("missing.crl")
        for path in [ca, fixtures.empty, fixtures.garbage] {
            #expect(throws: TLSError.file(path: path, .noRevocations)) {
                try server(.authorities(file: ca, revoked: path))
            }
        }
        #expect(throws: TLSError.file(path: missing, .unreadable("No such file or directory"))) {
            try server(.authorities(file: ca, revoked: missing))
        }
        let error = #expect(throws: TLSError.self) { try server(.authorities(file: ca, revoked: broken)) }
        #expect(error?.reasons.isEmpty == false)
        #expect(throws: TLSError.file(path: fixtures.garbage, .noCertificate)) {
            try server(.authorities(file: fixtures.garbage))
        }
    }

    private func server(_ visitors: Visitors) throws -> TLSEnd {
        let role = TLSConfiguration.Role.server([try CertificateFixtures.shared.server], visitors: visitors)
        return TLSEnd(try TLSSession(server: TLSContext(TLSConfiguration(role: role))))
    }

    private func identity(_ template: CertificateTemplate) throws -> TLSIdentity {
        try CertificateFixtures.shared.authority.issue(template).write(to: TemporaryDirectory(), as: "visitor")
    }

    private func file(of trust: TLSTrust) throws -> String {
        guard case .authorities(let file) = trust else { throw TLSError.notOpen }
        return file
    }
}
