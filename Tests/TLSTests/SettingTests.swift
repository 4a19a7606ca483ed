import Glibc
import TLS
import TestKit
import Testing

/// Suites, groups, versions and the key log: what an operator can set.
@Suite struct SettingTests {
    @Test func `suites and groups are what was set`() throws {
        var server = TLSConfiguration.server(try CertificateFixtures.shared.server)
        server.ciphers13 = "TLS_CHACHA20_POLY1305_SHA256"
        server.ciphers12 = "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
        server.groups = "P-384:P-256"
        let pair = try TLSPair(server: server)
        pair.pump()
        #expect(pair.client.session.agreement?.cipher == "TLS_CHACHA20_POLY1305_SHA256")
        #expect(pair.client.session.agreement?.group == "P-384")
        let old = try RawTLSPeer.client(["MaxProtocol": "TLSv1.2"])
        TLSPair.pump(old, TLSEnd(try TLSSession(server: TLSContext(server))))
        #expect(old.cipher == "ECDHE-ECDSA-AES256-GCM-SHA384")
    }

    @Test(arguments: [
        ("ECDHE-RSA-AES128-GCM-SHA265", "is not a cipher suite of OpenSSL"), ("HIGH", "is not a cipher suite of"),
        ("ALL:!aNULL", "is not a cipher suite of"), ("@SECLEVEL=0", "is not a cipher suite of"),
        ("TLS_AES_128_GCM_SHA256", "is not a cipher suite of TLSv1.2"),
        ("ECDHE-RSA-AES128-SHA256", "has no forward secrecy or no authenticated encryption"),
        ("AES128-GCM-SHA256", "has no forward secrecy or no authenticated encryption"),
        ("NULL-SHA256", "has no forward secrecy or no authenticated encryption"),
        ("", "has an empty place"), ("ECDHE-RSA-AES128-GCM-SHA256:", "has an empty place"),
    ])
    func `a suite that is none, or none for us, is refused by its name`(list: String, text: String) throws {
        let error = #expect(throws: TLSError.self) {
            var server = TLSConfiguration.server(try CertificateFixtures.shared.server)
            server.ciphers12 = list
            _ = try TLSContext(server)
        }
        #expect(error?.description.contains(text) == true)
        #expect(error?.description.contains(list.split(separator: ":").first ?? "") != false)
    }

    @Test(arguments: ["X25519:P256K", "x", "X25519:", ":", "P-256:prime256v1"])
    func `a group that is none is refused by its name`(list: String) throws {
        let error = #expect(throws: TLSError.self) {
            var server = TLSConfiguration.server(try CertificateFixtures.shared.server)
            server.groups = list
            _ = try TLSContext(server)
        }
        #expect(error?.description.contains("group") == true)
    }

    @Test func `one list may hold suites of both versions, by either name`() throws {
        var configuration = TLSConfiguration.client()
        try configuration.setCiphers("TLS_AES_256_GCM_SHA384:TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        #expect(configuration.ciphers13 == "TLS_AES_256_GCM_SHA384")
        #expect(configuration.ciphers12 == "ECDHE-RSA-AES128-GCM-SHA256")
        configuration = .client()
        try configuration.setCiphers("TLS_CHACHA20_POLY1305_SHA256")
        #expect(configuration.ciphers12 == nil)
        for bad in ["", "TLS_AES_128", "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256:"] {
            #expect(throws: TLSError.self) { try configuration.setCiphers(bad) }
        }
    }

    @Test func `the key log gets the secrets of each session, and only its owner may read it`() throws {
        let fixtures = try CertificateFixtures.shared
        let directory = try TemporaryDirectory()
        let path = try directory.write("# was here before\n", to: "keys")
        #expect(chmod(path, 0o644) == 0)
        var server = TLSConfiguration.server(fixtures.server)
        server.keyLogFile = path
        let context = try TLSContext(server)
        for version in ["TLSv1.2", "TLSv1.3"] {
            let client = try RawTLSPeer.client(["MaxProtocol": version])
            TLSPair.pump(client, TLSEnd(try TLSSession(server: context)))
            #expect(client.isEstablished)
        }
        let lines = try contents(of: path).split(separator: "\n")
        #expect(lines.first == "# was here before")
        #expect(lines.contains { $0.hasPrefix("CLIENT_RANDOM ") })
        #expect(lines.contains { $0.hasPrefix("SERVER_TRAFFIC_SECRET_0 ") })
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func `a key log that cannot be written is told at once`() throws {
        let fixtures = try CertificateFixtures.shared
        let link = fixtures.directory.path("keys-link")
        #expect(symlink(fixtures.directory.path("keys-target"), link) == 0)
        for (path, reason) in [
            (fixtures.directory.path, "Is a directory"), (link, "Too many levels of symbolic links"),
        ] {
            var server = TLSConfiguration.server(fixtures.server)
            server.keyLogFile = path
            #expect(throws: TLSError.file(path: path, .unwritable(reason))) { try TLSContext(server) }
        }
    }
}
