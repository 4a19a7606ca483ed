import TLS
import TestKit
import Testing

@Suite struct VerificationTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        let identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable
        let reason: VerificationFailure.Reason
        let text: String
        /// What the server is told.
        let alert: Int
        var testDescription: String { text }
    }

    static let bad = [
        Bad(identity: \.expired, reason: .expired, text: "certificate has expired", alert: 45),
        Bad(identity: \.notYetValid, reason: .notYetValid, text: "certificate is not yet valid", alert: 42),
        Bad(identity: \.wrongHost, reason: .wrongName, text: "hostname mismatch", alert: 42),
        Bad(identity: \.selfSigned, reason: .unknownAuthority, text: "self-signed certificate", alert: 48),
        Bad(identity: \.stranger, reason: .unknownAuthority, text: "unable to get local issuer certificate", alert: 48),
    ]

    @Test(arguments: bad, [TLSVersion.v1_2, .v1_3])
    func `a bad certificate is refused with its reason`(bad: Bad, version: TLSVersion) throws {
        let fixtures = try CertificateFixtures.shared
        var server = TLSConfiguration.server(fixtures[keyPath: bad.identity])
        server.versions = .v1_2...version
        let pair = try TLSPair(server: server)
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == bad.reason)
        #expect(pair.client.failure?.untrusted?.text == bad.text)
        #expect(pair.server.failure?.alertNumber == bad.alert)
        #expect(!pair.client.isEstablished && !pair.server.isEstablished)
    }

    @Test(arguments: bad)
    func `who accepts any accepts all of these`(bad: Bad) throws {
        let fixtures = try CertificateFixtures.shared
        let pair = try TLSPair(
            client: .client(trust: .dangerouslyAcceptAny),
            server: .server(fixtures[keyPath: bad.identity])
        )
        pair.pump()
        #expect(pair.client.isEstablished && pair.server.isEstablished)
        #expect(pair.client.session.agreement?.peerCertificate != nil)
    }

    @Test func `an authority can be trusted instead of another`() throws {
        let fixtures = try CertificateFixtures.shared
        let pair = try TLSPair(client: .client(trust: fixtures.strangerCA), server: .server(fixtures.stranger))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test func `the system's authorities do not know ours`() throws {
        let pair = try TLSPair(client: .client())
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .unknownAuthority)
    }

    @Test func `an RSA certificate is as good`() throws {
        let pair = try TLSPair(server: .server(CertificateFixtures.shared.serverRSA))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test func `an intermediate authority vouches if it is sent along`() throws {
        let pair = try TLSPair(server: .server(CertificateFixtures.shared.chained))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test func `an intermediate authority that is not sent is missed`() throws {
        let fixtures = try CertificateFixtures.shared
        let leaf = try fixtures.authority.intermediate().issue()
        let identity = try leaf.write(to: fixtures.directory, as: "unchained", withIssuers: false)
        let pair = try TLSPair(server: .server(identity))
        pair.pump()
        #expect(pair.client.failure?.untrusted?.reason == .unknownAuthority)
    }

    @Test func `a certificate for clients is none for a server`() throws {
        var template = CertificateTemplate.server()
        template.extendedKeyUsage = "clientAuth"
        let failure = try failure(of: template, named: "client-only", by: CertificateFixtures.shared.authority)
        #expect(failure?.text == "unsuitable certificate purpose")
        #expect(failure?.reason == .other)
    }

    @Test func `a leaf has to name its authority's key`() throws {
        let template = CertificateTemplate.server().without(.authorityKeyIdentifier)
        let failure = try failure(of: template, named: "no-aki", by: CertificateFixtures.shared.authority)
        #expect(failure?.text == "Missing Authority Key Identifier")
    }

    @Test func `an authority has to say in a binding way that it is one`() throws {
        var template = CertificateTemplate.authority(name: "Test Lax")
        template.hasCriticalConstraints = false
        let failure = try failure(of: .server(), named: "lax-authority", by: CertificateAuthority(template))
        #expect(failure?.text == "Basic Constraints of CA cert not marked critical")
    }

    @Test func `an authority has to say what its key is for`() throws {
        let template = CertificateTemplate.authority(name: "Test Vague").without(.keyUsage)
        let failure = try failure(of: .server(), named: "vague-authority", by: CertificateAuthority(template))
        #expect(failure?.text == "CA cert does not include key usage extension")
    }

    @Test func `who is no authority cannot vouch`() throws {
        let fixtures = try CertificateFixtures.shared
        var template = CertificateTemplate.authority(name: "Test Usurper")
        template.isAuthority = false
        let usurper = try fixtures.authority.intermediate(template)
        let identity = try usurper.issue().write(to: fixtures.directory, as: "usurped")
        let pair = try TLSPair(server: .server(identity))
        pair.pump()
        #expect(pair.client.failure?.untrusted?.text == "invalid CA certificate")
    }

    private func failure(
        of template: CertificateTemplate,
        named name: String,
        by authority: CertificateAuthority
    ) throws -> VerificationFailure? {
        let directory = try CertificateFixtures.shared.directory
        let trust = try authority.write(to: directory, as: "\(name)-ca.pem")
        let identity = try authority.issue(template).write(to: directory, as: name)
        let pair = try TLSPair(client: .client(trust: trust), server: .server(identity))
        pair.pump()
        return pair.client.failure?.untrusted
    }
}
