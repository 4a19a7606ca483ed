import ChatCore
import ChatServer
import ChatWire
import TLS
import TestKit
import Testing

/// Keys over real connections.
@Suite struct AccountTests {
    /// Clients with a key of their own.
    private struct Owner {
        let identity: TLSIdentity
        let key: KeyFingerprint
        private let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            identity = try IssuedCertificate.selfSigned().write(to: directory, as: "own")
            let certificate = try TLSCertificate(pemFile: identity.certificateFile)
            key = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
        }

        func context(
            _ protocols: [String] = [],
            versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3
        ) throws -> TLSContext {
            var tls = TLSConfiguration.client(trust: try CertificateFixtures.shared.ca, identity: identity)
            tls.applicationProtocols = protocols
            tls.offersIdentityBefore13 = true
            tls.versions = versions
            return try TLSContext(tls)
        }
    }

    private static func run(
        _ configure: (inout ServerConfiguration) throws -> Void = { _ in },
        _ body: (TestRoom) async throws -> Void
    ) async throws {
        try await TestRoom.run(
            configure: { configuration in
                var tls = TLSConfiguration(role: .server([try CertificateFixtures.shared.server], visitors: .anyKey))
                tls.applicationProtocols = ServerConfiguration.applicationProtocols
                configuration.tls = try TLSContext(tls)
                try configure(&configuration)
            },
            body
        )
    }

    private static func structured(_ owner: Owner, _ room: TestRoom) async throws -> StructuredPeer {
        let tls = try owner.context(ServerConfiguration.applicationProtocols)
        return StructuredPeer(try await ChatPeer.connect(port: room.port, tls: tls))
    }

    private static func line(_ peer: ChatPeer, with part: String) async throws -> String {
        while let line = try await peer.line() { if line.contains(part) { return line } }
        throw Ended(part: part)
    }

    private struct Ended: Error {
        let part: String
    }

    @Test func `with the same key one is alice at once, and goes on where one was`() async throws {
        try await Self.run { room in
            let owner = try Owner()
            let (witness, _) = try await room.enter()
            let first = try await ChatPeer.connect(port: room.port, tls: owner.context())
            try await first.say("/nick alice")
            #expect(try await Self.line(first, with: "kept for your key now").contains("`alice`"))
            _ = try await Self.line(witness, with: "is now `alice`")
            let second = try await ChatPeer.connect(port: room.port, tls: owner.context())
            _ = try await Self.line(first, with: "taken your place")
            #expect(try await first.line() == nil)
            _ = try await Self.line(second, with: "your name is `alice` now")
            try await second.say("hello", "/who alice")
            #expect(try await witness.line() == "alice:hello", "nobody has seen anybody come or go")
            #expect(try await Self.line(second, with: "UID").hasPrefix("* `alice` ✓ UID:2, here for"))
            try await witness.say("/nick alice")
            #expect(try await Self.line(witness, with: "kept for").hasSuffix("choose another"))
        }
    }

    @Test func `status, whois and verify say what the handshake was`() async throws {
        try await Self.run { room in
            let owner = try Owner()
            let peer = try await ChatPeer.connect(port: room.port, tls: owner.context(versions: .v1_3 ... .v1_3))
            try await peer.say("/status", "/whois 1", "/verify")
            #expect(try await Self.line(peer, with: "your connection").hasPrefix("* your connection: TLSv1.3, TLS_"))
            #expect(try await Self.line(peer, with: "your key: ").contains("\(owner.key)"))
            #expect(try await Self.line(peer, with: "sha256:").hasPrefix("*   \(owner.key), TLSv1.3, TLS_"))
            let words = try await Self.line(peer, with: "the words of `1`: ")
            let four = words.dropFirst("* the words of `1`: ".count).prefix { $0 != ";" }.split(separator: " ")
            #expect(four.count == 4 && four.allSatisfy { WordList.words.contains(String($0)) })
        }
    }

    @Test func `an operator's key makes one, who sees how long the certificate holds`() async throws {
        let owner = try Owner()
        try await Self.run({ configuration in
            configuration.operators = Operators()
            configuration.operators.add(owner.key)
        }) { room in
            let peer = try await ChatPeer.connect(port: room.port, tls: owner.context())
            _ = try await Self.line(peer, with: "you are an operator now")
            try await peer.say("/status", "/announce hello")
            _ = try await Self.line(peer, with: "the server's certificate holds until")
            _ = try await Self.line(peer, with: "* announcement by `1`: hello")
        }
    }

    @Test func `programs are told their key, take over, and link another`() async throws {
        try await Self.run { room in
            let (owner, other) = (try Owner(), try Owner())
            let first = try await Self.structured(owner, room)
            #expect(try await first.event()?["key"]?.string == "\(owner.key)")
            let entered = try await first.ask("enter", #""room":"lobby","nick":"alice""#)
            #expect(entered["verified"]?.bool == true && entered["members"]?.array?.first?["verified"]?.bool == true)
            let notice = try await first.events { $0["kind"]?.string == "name" }.last
            #expect(notice?["kept"]?.bool == true)
            let code = try #require(try await first.ask("link")["code"]?.string)

            let beside = try await Self.structured(other, room)
            #expect(
                try await beside.ask("enter", #""room":"lobby","nick":"alice""#)["error"]?["code"]?.string
                    == "name-reserved"
            )
            #expect(try await beside.ask("link", #""code":"\#(code)""#)["nicks"]?.array?.first?.string == "alice")
            let joined = try await beside.ask("enter", #""room":"lobby","nick":"alice""#)
            #expect(joined["uid"]?.whole == 1 && joined["head"]?.whole == entered["head"]?.whole, "nobody has entered")
            _ = try await beside.ask("say", #""room":"lobby","text":"hi""#)
            for peer in [first, beside] {
                let said = try await peer.events { $0["event"]?.string == "said" }.last
                #expect(said?["from"]?["uid"]?.whole == 1)
            }
            let devices = try await first.ask("whois", #""who":"alice""#)["devices"]?.array
            #expect(devices?.map { $0["key"]?.string } == ["\(owner.key)", "\(other.key)"])
            let words = try await first.ask("verify", #""who":"alice""#)["words"]?.array
            #expect(words?.count == 2 && words?.first != words?.last)

            let again = try await Self.structured(owner, room)
            #expect(try await again.ask("enter", #""room":"lobby","nick":"alice""#)["uid"]?.whole == 1)
            let closing = try await first.events { $0["event"]?.string == "closing" }.last
            #expect(closing?["reason"]?.string == "taken-over")
        }
    }

    @Test func `only members come in if so wanted, and an operator admits them`() async throws {
        let (chief, owner) = (try Owner(), try Owner())
        try await Self.run({ configuration in
            configuration.operators.add(chief.key)
            configuration.membersOnly = true
        }) { room in
            let peer = try await ChatPeer.connect(port: room.port, tls: owner.context())
            _ = try await Self.line(
                peer,
                with: "only members may come in; ask an operator to admit your key \(owner.key)"
            )
            let op = try await ChatPeer.connect(port: room.port, tls: chief.context())
            try await op.say("/admit \(owner.key) bob")
            _ = try await Self.line(op, with: "may come in now, and `bob` is kept for it")
            try await peer.say("/join lobby")
            _ = try await Self.line(peer, with: "you are in #lobby")
            let again = try await ChatPeer.connect(port: room.port, tls: owner.context())
            _ = try await Self.line(again, with: "your name is `bob` now")
        }
    }
}
