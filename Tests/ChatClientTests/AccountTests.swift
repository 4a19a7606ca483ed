import ChatClient
import ChatCore
import ChatServer
import ChatWire
import TLS
import TestKit
import Testing

/// What the library asks of keys and names.
@Suite(.timeLimit(.minutes(5))) struct AccountTests {
    private static func connect(_ room: TestRoom, as identity: TLSIdentity) async throws -> ChatClient {
        var tls = TLSConfiguration.client(trust: try CertificateFixtures.shared.ca, identity: identity)
        tls.applicationProtocols = ServerConfiguration.applicationProtocols
        let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
        return try await ChatClient.connect(to: endpoint, expecting: .dns("localhost"), tls: try TLSContext(tls))
    }

    @Test func `a name is kept, another key is linked, and both are one member`() async throws {
        let directory = try TemporaryDirectory()
        let identities = try ["one", "two"].map { try IssuedCertificate.selfSigned().write(to: directory, as: $0) }
        let keys = try identities.map { identity in
            KeyFingerprint(try TLSCertificate(pemFile: identity.certificateFile).publicKeyFingerprint)
        }
        let configure = { (configuration: inout ServerConfiguration) in
            var tls = TLSConfiguration(role: .server([try CertificateFixtures.shared.server], visitors: .anyKey))
            tls.applicationProtocols = ServerConfiguration.applicationProtocols
            configuration.tls = try TLSContext(tls)
        }
        try await TestRoom.run(configure: configure) { room in
            let alice = try Nickname("alice")
            let one = try await Self.connect(room, as: identities[0])
            #expect(try await one.enter(.lobby, as: alice).author.isVerified)
            let (code, seconds) = try await one.linkCode()
            #expect(seconds == 600)

            let two = try await Self.connect(room, as: identities[1])
            #expect(try await two.link(code) == [alice])
            let entered = try await two.enter(.lobby, as: alice)
            #expect(entered.author.member == MemberID(1) && entered.author.isVerified)
            let profile = try await one.whois(.name(alice))
            #expect(profile.devices.map(\.key) == keys && profile.devices.allSatisfy { $0.terms?.version == "TLSv1.3" })
            let (author, words) = try await two.verify()
            #expect(author.member == MemberID(1) && words.count == 1 && words[0].split(separator: " ").count == 4)
            #expect(try await one.verify(.name(alice)).words.contains(words[0]))
            await #expect(throws: RequestError.self) { try await one.admit(.init([UInt8](repeating: 1, count: 32))!) }
            try await one.release(alice)
            #expect(try await two.who(in: .lobby).map(\.author.isVerified) == [false])
            await one.close()
            await two.close()
        }
    }
}
