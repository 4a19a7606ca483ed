import TLS
import TestKit
import Testing

@Suite struct LoadingTests {
    @Test func `a missing file is named, with the system's reason`() throws {
        let fixtures = try CertificateFixtures.shared
        let missing = fixtures.directory.path("missing")
        try expectAnyFile(missing, .unreadable("No such file or directory"), .unreadable("No such file or directory"))
    }

    @Test func `a directory is no file`() throws {
        let path = try CertificateFixtures.shared.directory.path
        try expectAnyFile(path, .unreadable("Is a directory"), .unreadable("Is a directory"))
    }

    @Test func `garbage holds neither certificate nor key`() throws {
        try expectAnyFile(CertificateFixtures.shared.garbage, .noCertificate, .noKey)
    }

    @Test func `an empty file holds neither certificate nor key`() throws {
        try expectAnyFile(CertificateFixtures.shared.empty, .noCertificate, .noKey)
    }

    @Test func `certificate and key in each other's place are told apart`() throws {
        let good = try CertificateFixtures.shared.server
        #expect(throws: TLSError.file(path: good.keyFile, .noCertificate)) {
            try TLSContext(.server(TLSIdentity(certificateFile: good.keyFile, keyFile: good.keyFile)))
        }
        #expect(throws: TLSError.file(path: good.certificateFile, .noKey)) {
            try TLSContext(.server(TLSIdentity(certificateFile: good.certificateFile, keyFile: good.certificateFile)))
        }
    }

    @Test func `a key of another certificate names both files`() throws {
        let identity = try CertificateFixtures.shared.mismatchedKey
        #expect(throws: TLSError.file(path: identity.keyFile, .keyMismatch(certificate: identity.certificateFile))) {
            try TLSContext(.server(identity))
        }
    }

    @Test func `a key behind a passphrase is refused and nobody is asked`() throws {
        let identity = try CertificateFixtures.shared.encryptedKey
        #expect(throws: TLSError.file(path: identity.keyFile, .encryptedKey)) { try TLSContext(.server(identity)) }
    }

    @Test func `a key that is too short is refused`() throws {
        let identity = try CertificateFixtures.shared.weakRSA
        let error = #expect(throws: TLSError.self) { try TLSContext(.server(identity)) }
        #expect(error?.reasons == ["ee key too small"])
        #expect(error?.description.hasPrefix("\(identity.certificateFile): was refused: ") == true)
    }

    @Test(arguments: ["broken-leaf", "broken-issuer"])
    func `a broken certificate is refused, wherever it stands`(name: String) throws {
        let fixtures = try CertificateFixtures.shared
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        let good = try contents(of: fixtures.server.certificateFile)
        let text = name == "broken-leaf" ? broken + good : good + broken
        let path = try fixtures.directory.write(text, to: "\(name).pem")
        let identity = TLSIdentity(certificateFile: path, keyFile: fixtures.server.keyFile)
        for configuration in [TLSConfiguration.server(identity), .client(trust: .authorities(file: path))] {
            let error = #expect(throws: TLSError.self) { try TLSContext(configuration) }
            #expect(error?.reasons.isEmpty == false)
            #expect(error?.description.hasPrefix(path) == true)
        }
    }

    @Test func `certificate and key may share a file, in either order`() throws {
        let fixtures = try CertificateFixtures.shared
        let certificate = try contents(of: fixtures.server.certificateFile)
        let key = try contents(of: fixtures.server.keyFile)
        for (name, text) in ["key-last.pem": certificate + key, "key-first.pem": key + certificate] {
            let path = try fixtures.directory.write(text, to: name)
            let pair = try TLSPair(server: .server(TLSIdentity(certificateFile: path, keyFile: path)))
            pair.pump()
            #expect(pair.client.isEstablished)
        }
    }

    @Test func `a file may hold many authorities`() throws {
        let fixtures = try CertificateFixtures.shared
        guard case .authorities(let own) = fixtures.ca, case .authorities(let other) = fixtures.strangerCA else {
            Issue.record("the fixtures trust something else than files")
            return
        }
        let path = try fixtures.directory.write(contents(of: own) + contents(of: other), to: "both-cas.pem")
        for identity in [fixtures.server, fixtures.stranger] {
            let pair = try TLSPair(client: .client(trust: .authorities(file: path)), server: .server(identity))
            pair.pump()
            #expect(pair.client.isEstablished)
        }
    }

    @Test func `a context shows the server's own leaf certificates`() throws {
        let fixtures = try CertificateFixtures.shared
        let context = try TLSContext(.server(fixtures.chained, fixtures.serverRSA))
        #expect(context.certificates.map(\.subject) == Array(repeating: "CN=localhost,O=Conclave tests", count: 2))
        #expect(context.certificates.first != context.certificates.last)
        #expect(try TLSContext(.client()).certificates.isEmpty)
    }

    @Test func `what is wrong with a file fits on a line`() {
        let error = TLSError.file(path: "/etc/conclave/key.pem", .encryptedKey)
        #expect("\(error)" == "/etc/conclave/key.pem: holds a key that is encrypted with a passphrase")
    }

    /// Loads the file in each of the three places where one is named.
    private func expectAnyFile(
        _ path: String,
        _ asCertificate: TLSError.FileProblem,
        _ asKey: TLSError.FileProblem
    ) throws {
        let good = try CertificateFixtures.shared.server
        #expect(throws: TLSError.file(path: path, asCertificate)) {
            try TLSContext(.server(TLSIdentity(certificateFile: path, keyFile: good.keyFile)))
        }
        #expect(throws: TLSError.file(path: path, asKey)) {
            try TLSContext(.server(TLSIdentity(certificateFile: good.certificateFile, keyFile: path)))
        }
        #expect(throws: TLSError.file(path: path, asCertificate)) {
            try TLSContext(.client(trust: .authorities(file: path)))
        }
    }
}
