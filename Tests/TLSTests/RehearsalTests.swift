import TLS
import TestKit
import Testing

/// What a server finds out about its certificates before anybody comes.
@Suite struct RehearsalTests {
    @Test(arguments: [Visitors.notAsked, .anyKey])
    func `what is good passes`(visitors: Visitors) throws {
        let fixtures = try CertificateFixtures.shared
        let all = [fixtures.server, fixtures.serverRSA, fixtures.chained, fixtures.expired, fixtures.selfSigned]
        for identity in all {
            try TLSContext(TLSConfiguration(role: .server([identity], visitors: visitors))).rehearse()
        }
        var configuration = TLSConfiguration(role: .server([fixtures.server, fixtures.serverRSA], visitors: visitors))
        configuration.versions = .v1_3 ... .v1_3
        configuration.applicationProtocols = ["conclave/1"]
        configuration.groups = "P-384"
        configuration.namedIdentities = [
            NamedIdentities(host: "a.example", identities: [fixtures.stranger]),
            NamedIdentities(host: "*.b.example", identities: [fixtures.wrongHost]),
            NamedIdentities(host: "any.b.example", identities: [fixtures.selfSigned]),
        ]
        try TLSContext(configuration).rehearse()
        configuration.versions = .v1_2 ... .v1_2
        try TLSContext(configuration).rehearse()
    }

    @Test func `a server that lets only some in passes too`() throws {
        let fixtures = try CertificateFixtures.shared
        guard case .authorities(let file) = fixtures.ca else { return }
        let role = TLSConfiguration.Role.server([fixtures.server], visitors: .authorities(file: file))
        var configuration = TLSConfiguration(role: role)
        try TLSContext(configuration).rehearse()
        configuration.versions = .v1_2 ... .v1_2
        try TLSContext(configuration).rehearse()
    }

    @Test func `it leaves no secrets in a key log`() throws {
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        let path = try TemporaryDirectory().path("keys")
        configuration.keyLogFile = path
        try TLSContext(configuration).rehearse()
        #expect(try contents(of: path).isEmpty)
    }

    @Test func `suites that no certificate fits do not`() throws {
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        configuration.versions = .v1_2 ... .v1_2
        configuration.ciphers12 = "ECDHE-RSA-AES128-GCM-SHA256"
        let context = try TLSContext(configuration)
        let error = #expect(throws: TLSError.self) { try context.rehearse() }
        #expect(error?.reasons == ["no shared cipher"])
    }

    @Test func `a server without a certificate does not, nor does a client`() throws {
        #expect(throws: TLSError.self) { try TLSContext(.server()).rehearse() }
        #expect(throws: TLSError.notOpen) { try TLSContext(.client()).rehearse() }
    }
}
