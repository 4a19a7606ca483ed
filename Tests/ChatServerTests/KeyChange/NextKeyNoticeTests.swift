import ChatCore
import ChatWire
import NIOConcurrencyHelpers
import TLS
import TestKit
import Testing

@testable import ChatServer

@Suite struct NextKeyNoticeTests {
    private func context(_ identities: TLSIdentity...) throws -> TLSContext {
        try TLSContext(TLSConfiguration(role: .server(identities)))
    }

    @Test func `the next key signs for each place and each key of now`() throws {
        let certificates = try CertificateFixtures.shared
        let context = try context(certificates.server, certificates.serverRSA)
        let key = try TLSKey.generate()
        let notice = NextKeyNotice(key, hosts: [try #require(ServerHost("Chat.example.org:7"))]) { context }
        notice.listen(on: [ListenAddress(host: "127.0.0.1", port: 2022)])
        let pin = try #require(notice.pin)
        #expect(pin.pin.bytes == key.fingerprint)
        #expect(pin.key == key.publicKey)
        #expect(pin.signatures.count == 2)
        for certificate in context.certificates {
            let old = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
            let signature = try #require(pin.signature(host: "chat.example.org:7", old: old))
            let statement = "conclave-next-key/1\nchat.example.org:7\n\(old)\n\(pin.pin)\n"
            #expect(TLSKey.verify(signature, of: Array(statement.utf8), by: pin.key))
            #expect(pin.signature(host: "localhost:2022", old: old) == nil)
        }
    }

    @Test func `where there are many places and keys, those that clients are shown come first`() throws {
        let fixtures = try CertificateFixtures.shared
        var configuration = TLSConfiguration(role: .server([fixtures.server, fixtures.serverRSA]))
        configuration.namedIdentities = [
            NamedIdentities(host: "h0.example", identities: [fixtures.wrongHost]),
            NamedIdentities(host: "h1.example", identities: [fixtures.chained]),
            NamedIdentities(host: "h15.example", identities: [fixtures.stranger]),
        ]
        let context = try TLSContext(configuration)
        let hosts = try (0..<16).map { try #require(ServerHost("h\($0).example:1")) }
        let notice = NextKeyNotice(try TLSKey.generate(), hosts: hosts) { context }
        notice.listen(on: [ListenAddress(host: "127.0.0.1", port: 1)])
        let pin = try #require(notice.pin)
        #expect(pin.signatures.count == NextPin.mostSignatures)
        for host in hosts {
            for certificate in context.certificates(for: host.host) {
                let old = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
                #expect(pin.signature(host: "\(host.host):1", old: old) != nil)
            }
        }
    }

    @Test func `it is signed once, and again when the certificates have changed`() throws {
        let certificates = try CertificateFixtures.shared
        let current = NIOLockedValueBox(try context(certificates.server))
        let notice = NextKeyNotice(try TLSKey.generate(), hosts: []) { current.withLockedValue { $0 } }
        notice.listen(on: [ListenAddress(host: "0.0.0.0", port: 5)])
        let first = try #require(notice.pin)
        #expect(first.signatures.map(\.host) == ["localhost:5", "127.0.0.1:5", "[::1]:5"])
        // A signature of ECDSA is never the same twice.
        #expect(notice.pin == first)
        let other = try context(certificates.serverRSA)
        current.withLockedValue { $0 = other }
        let second = try #require(notice.pin)
        #expect(Set(second.signatures.map(\.old)).isDisjoint(with: first.signatures.map(\.old)))
    }

    @Test func `once the next key is the one of now nothing is said`() throws {
        let identity = try CertificateFixtures.shared.server
        let context = try context(identity)
        let notice = NextKeyNotice(try TLSKey(file: identity.keyFile), hosts: []) { context }
        notice.listen(on: [ListenAddress(host: "127.0.0.1", port: 5)])
        #expect(notice.pin == nil)
    }
}
