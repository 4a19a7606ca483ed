import TLS
import TestKit
import Testing

@Suite struct HandshakeTests {
    @Test func `two sessions meet and speak TLS 1.3`() throws {
        let pair = try TLSPair()
        pair.pump()
        #expect(pair.client.events == [.established])
        #expect(pair.server.events == [.established])
        let agreement = try #require(pair.client.session.agreement)
        #expect(agreement.version == .v1_3)
        #expect(agreement.cipher == "TLS_AES_128_GCM_SHA256")
        #expect(agreement.group == "X25519")
        #expect(agreement.applicationProtocol == nil)
        #expect(agreement.peerCertificate?.subject == "CN=localhost,O=Conclave tests")
    }

    @Test func `the server sees the same agreement, and no certificate`() throws {
        let pair = try TLSPair()
        pair.pump()
        let client = try #require(pair.client.session.agreement)
        let server = try #require(pair.server.session.agreement)
        #expect(server.version == client.version)
        #expect(server.cipher == client.cipher)
        #expect(server.group == client.group)
        #expect(server.peerCertificate == nil)
    }

    @Test func `nothing is agreed before the handshake, nor after one that failed`() throws {
        let pair = try TLSPair(expecting: .dns("elsewhere.example"))
        #expect(pair.client.session.agreement == nil)
        pair.pump()
        #expect(pair.client.failure != nil)
        #expect(pair.client.session.agreement == nil)
        #expect(pair.server.session.agreement == nil)
    }

    @Test(arguments: [true, false], [true, false])
    func `either end alone can hold both to TLS 1.2`(client isOld: Bool, server isOldToo: Bool) throws {
        let pair = try TLSPair(client: client(isOld ? .v1_2 : .v1_3), server: server(isOldToo ? .v1_2 : .v1_3))
        pair.pump()
        let expected: TLSVersion = isOld || isOldToo ? .v1_2 : .v1_3
        #expect(pair.client.session.agreement?.version == expected)
        #expect(pair.server.session.agreement?.version == expected)
    }

    @Test func `TLS 1.2 gets forward secrecy and an authenticated cipher`() throws {
        let pair = try TLSPair(client: client(.v1_2))
        pair.pump()
        let agreement = try #require(pair.server.session.agreement)
        #expect(agreement.cipher == "ECDHE-ECDSA-AES128-GCM-SHA256")
        #expect(agreement.group == "X25519")
    }

    @Test func `no common version is an error with a name at both ends`() throws {
        var client = try client(.v1_3)
        client.versions = .v1_3 ... .v1_3
        let pair = try TLSPair(client: client, server: server(.v1_2))
        pair.pump()
        #expect(pair.client.failure?.alertNumber == 70)
        #expect(pair.server.failure?.reasons == ["unsupported protocol"])
    }

    @Test(arguments: ["TLSv1", "TLSv1.1"])
    func `versions that are gone are refused`(version: String) throws {
        let old = try RawTLSPeer.client(["MaxProtocol": version, "CipherString": "DEFAULT:@SECLEVEL=0"])
        let server = try TLSPair().server
        TLSPair.pump(old, server)
        #expect(server.failure?.reasons == ["unsupported protocol"])
        #expect(!old.isEstablished)
    }

    @Test func `a client with weak ciphers only is refused`() throws {
        let ciphers = "AES128-SHA:ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256"
        let weak = try RawTLSPeer.client(["MaxProtocol": "TLSv1.2", "CipherString": ciphers])
        let server = try TLSPair().server
        TLSPair.pump(weak, server)
        #expect(server.failure?.reasons == ["no shared cipher"])
    }

    @Test(arguments: [("P-256", "P-256"), ("P-384", "P-384"), ("P-384:P-256", "P-384")])
    func `the group is the one that both have`(offer: String, expected: String) throws {
        let client = try RawTLSPeer.client(["Groups": offer])
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        #expect(server.session.agreement?.group == expected)
    }

    @Test func `a client whose guess at the group is wrong is asked again`() throws {
        // X448 comes first in the hello; the server has only the second, and answers with HelloRetryRequest.
        let client = try RawTLSPeer.client(["Groups": "X448:P-256"])
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        #expect(server.session.agreement?.group == "P-256")
        #expect(client.isEstablished)
    }

    @Test func `no common group is an error`() throws {
        let client = try RawTLSPeer.client(["Groups": "X448"])
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        #expect(server.failure?.reasons == ["no suitable key share"])
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `of two identities each client gets the one it can use`(version: String) throws {
        let fixtures = try CertificateFixtures.shared
        let context = try TLSContext(.server(fixtures.server, fixtures.serverRSA))
        try #require(context.certificates.count == 2)
        let algorithms = ["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"]
        for (algorithm, certificate) in zip(algorithms, context.certificates) {
            let client = try RawTLSPeer.client(["MaxProtocol": version, "SignatureAlgorithms": algorithm])
            let server = TLSEnd(try TLSSession(server: context))
            TLSPair.pump(client, server)
            #expect(server.isEstablished, "\(algorithm)")
            #expect(client.version == version)
            #expect(client.peerFingerprint == certificate.fingerprint)
        }
    }

    @Test(arguments: ["ecdsa_secp256r1_sha256", "ECDSA+SHA224", "ECDSA+SHA1"])
    func `a signature has SHA-256 or better`(algorithm: String) throws {
        let client = try RawTLSPeer.client([
            "MaxProtocol": "TLSv1.2", "CipherString": "DEFAULT:@SECLEVEL=0", "SignatureAlgorithms": algorithm,
        ])
        let server = try TLSPair().server
        TLSPair.pump(client, server)
        #expect(client.isEstablished == algorithm.hasSuffix("sha256"))
        #expect(server.isEstablished == client.isEstablished)
    }

    @Test func `a server without an identity refuses everyone`() throws {
        let pair = try TLSPair(server: .server())
        pair.pump()
        #expect(pair.server.failure?.reasons.isEmpty == false)
        #expect(pair.client.failure?.alertNumber == 40)
    }

    @Test(arguments: [TLSVersion.v1_2, .v1_3])
    func `the server sends no tickets`(version: TLSVersion) throws {
        let pair = try TLSPair(client: client(version))
        pair.client.receive([])
        pair.move(.toServer)
        pair.move(.toClient)
        pair.move(.toServer)
        try #require(pair.server.isEstablished)
        // On 1.2 the server's own Finished comes last: ChangeCipherSpec in 6 bytes, and 45 that are encrypted.
        #expect(pair.server.takeOutput().count == (version == .v1_3 ? 0 : 51))
    }

    @Test func `a client takes the tickets of other servers in its stride`() throws {
        let fixtures = try CertificateFixtures.shared
        let client = try TLSPair().client
        let server = try RawTLSPeer.server(fixtures.server, ["NumTickets": "3"])
        TLSPair.pump(client, server)
        server.send("after three tickets")
        TLSPair.pump(client, server)
        #expect(client.events == [.established])
        #expect(client.plaintext == Array("after three tickets".utf8))
    }

    private func client(_ newest: TLSVersion) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.client(trust: try CertificateFixtures.shared.ca)
        configuration.versions = .v1_2...newest
        return configuration
    }

    private func server(_ newest: TLSVersion) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.server(try CertificateFixtures.shared.server)
        configuration.versions = .v1_2...newest
        return configuration
    }
}
