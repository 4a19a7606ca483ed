import Glibc
import TLS
import TestKit
import Testing

/// A server that nobody vouches for: the question at the terminal, what is kept, and what happens without one.
@Suite(.timeLimit(.minutes(5))) struct FirstContactTests {
    private static let untrusted = Int32(77)
    private static let question = "or the fingerprint that you were told: "

    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    /// The fingerprint of a server's key.
    private func key(_ identity: KeyPath<CertificateFixtures, TLSIdentity>) throws -> String {
        try Self.key(Fixtures.shared.certificates[keyPath: identity])
    }

    static func key(_ identity: TLSIdentity) throws -> String {
        let bytes = try TLSCertificate(pemFile: identity.certificateFile).publicKeyFingerprint
        return "sha256:" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func known(_ stage: Stage) async throws -> [String] {
        let list = try stage.conclave(["trust", "list"], home: home)
        let finished = await list.finish()
        #expect(finished.status == 0 && finished.errors == [])
        return finished.output
    }

    @Test func `who says yes is let in, and not asked again`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let arguments = ["--guest", "localhost:\(server.port)"]
            let first = try stage.conclaveAtTerminal(arguments, home: home)
            #expect(await first.shows("is not known"))
            #expect(await first.shows("fingerprint  \(try key(\.selfSigned))"))
            #expect(await first.shows("for          localhost, 127.0.0.1, ::1"))
            #expect(await first.shows(Self.question))
            try first.type("perhaps")
            #expect(await first.shows(Self.question))
            try first.type("yes")
            #expect(await first.shows("is known by \(try key(\.selfSigned)) from now on"))
            #expect(await first.shows("you are in #lobby"))
            try first.type("/quit")
            #expect(await first.finish() == 0)

            let second = try stage.conclaveAtTerminal(arguments, home: home)
            #expect(await second.shows("you are in #lobby"))
            #expect(!second.text.contains("fingerprint"))
            try second.type("/quit")
            #expect(await second.finish() == 0)
            // Neither in a pipe.
            let third = try stage.conclave(
                ["send", "--guest", "--server", "localhost:\(server.port)", "hello"],
                home: home
            )
            #expect(await third.finish() == Finished(status: 0, output: [], errors: []))
            let known = try await known(stage)
            #expect(known.count == 1)
            #expect(known.first?.hasPrefix("localhost:\(server.port) \(try key(\.selfSigned)) added 2") == true)
        }
    }

    @Test func `the fingerprint that one was told is as good as a yes, and another is a no`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let arguments = ["--guest", "localhost:\(server.port)"]
            let wrong = try stage.conclaveAtTerminal(arguments, home: home)
            #expect(await wrong.shows(Self.question))
            try wrong.type(try key(\.stranger))
            #expect(await wrong.shows("shows another key than the one that you were told"))
            #expect(await wrong.finish() == Self.untrusted)
            #expect(try await known(stage) == [])

            let right = try stage.conclaveAtTerminal(arguments, home: home)
            #expect(await right.shows(Self.question))
            try right.type(try key(\.selfSigned))
            #expect(await right.shows("you are in #lobby"))
            #expect(try await known(stage).count == 1)
        }
    }

    @Test(arguments: ["no", "\u{4}"])
    func `who says no has sent nothing and kept nothing`(answer: String) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let client = try stage.conclaveAtTerminal(["--guest", "localhost:\(server.port)"], home: home)
            #expect(await client.shows(Self.question))
            try client.type(answer)
            #expect(await client.shows("is not believed, so nothing was sent to it"))
            #expect(await client.finish() == Self.untrusted)
            #expect(try await known(stage) == [])
            let finished = await server.stop()
            #expect(!finished.output.contains { $0.contains("UID") })
        }
    }

    @Test func `without a terminal nobody is asked, and the command that adds it is told`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let client = try stage.conclave(["--text", "--guest", "localhost:\(server.port)"], home: home)
            let finished = await client.finish()
            #expect(finished.status == Self.untrusted && finished.output == [])
            let command = "conclave trust add localhost:\(server.port) \(try key(\.selfSigned))"
            let line = try #require(finished.errors.first)
            #expect(finished.errors.count == 1 && line.hasSuffix(command), "\(finished.errors)")
            // Said as it was told.
            let add = try stage.conclave(command.split(separator: " ").dropFirst().map(String.init), home: home)
            let added = await add.finish()
            #expect(added.status == 0 && added.errors == [])
            #expect(
                added.output.count == 1 && added.output.first?.hasPrefix("localhost:\(server.port) sha256:") == true
            )
            let again = try stage.conclave(["--text", "--guest", "localhost:\(server.port)"], home: home)
            _ = try await again.enter()
        }
    }

    @Test func `only an unknown authority is asked about`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.wrongHost)
            let arguments = ["--guest", "--ca", try Fixtures.shared.caFile, "localhost:\(server.port)"]
            let client = try stage.conclaveAtTerminal(arguments, home: home)
            #expect(await client.finish() == Self.untrusted)
            #expect(client.text.contains("is not for localhost"))
            #expect(client.text.contains("conclave trust add localhost:\(server.port) \(try key(\.wrongHost))"))
            #expect(!client.text.contains(Self.question))
        }
    }

    @Test func `a key that has changed is refused in several lines, until its user says that it is right`() async throws
    {
        try await Stage.run { stage in
            let first = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let place = "localhost:\(first.port)"
            let add = try stage.conclave(["trust", "add", place, try key(\.selfSigned)], home: home)
            #expect(await add.finish().status == 0)
            _ = await first.stop()
            // With a certificate that an authority vouches for, for the name, which makes no difference.
            _ = try await stage.server(for: Fixtures.shared.certificates.server, port: first.port)
            let client = try stage.conclaveAtTerminal(
                ["--guest", "--ca", try Fixtures.shared.caFile, place],
                home: home
            )
            #expect(await client.finish() == Self.untrusted)
            for text in [
                "THE KEY OF \(place) HAS CHANGED", "\(try key(\.selfSigned)) since 2", "it shows: \(try key(\.server))",
                "conclave trust remove \(place)", "conclave trust add \(place) \(try key(\.server))",
            ] { #expect(client.text.contains(text), "\(text) in \(client.text)") }
            #expect(!client.text.contains(Self.question))

            let remove = try stage.conclave(["trust", "remove", place], home: home)
            #expect(await remove.finish().output.first?.hasPrefix("forgotten: \(place) ") == true)
            let none = try stage.conclave(["trust", "remove", place], home: home)
            #expect(await none.finish().status == 1)
            // An authority vouches for it, so nobody is asked.
            let look = try stage.conclave(["trust", "add", "--ca", Fixtures.shared.caFile, place], home: home)
            #expect(await look.finish().output.first?.hasPrefix("\(place) \(try key(\.server)) added ") == true)
            let again = try stage.conclave(["--text", "--guest", place], home: home)
            _ = try await again.enter()
        }
    }

    @Test func `a link leads to its room without a question, and nowhere else`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let place = "conclave://127.0.0.1:\(server.port)/tea?pin="
            let client = try stage.conclave(["--guest", "\(place)\(try key(\.selfSigned))"], home: home)
            #expect(await client.lines { $0.contains("you are in #tea") }.isEmpty == false)
            #expect(try await known(stage) == [])
            let sent = try stage.conclave(
                ["send", "--guest", "--server", "\(place)\(try key(\.selfSigned))", "hello"],
                home: home
            )
            #expect(await sent.finish() == Finished(status: 0, output: [], errors: []))
            #expect(await client.lines { $0.hasSuffix(": hello") }.last?.hasSuffix(": hello") == true)

            let wrong = try stage.conclave(["--guest", "\(place)\(try key(\.stranger))"], home: home)
            let finished = await wrong.finish()
            #expect(finished.status == Self.untrusted && finished.output == [])
            #expect(finished.errors.first?.contains("DOES NOT HAVE THE KEY") == true, "\(finished.errors)")
            let pinned = try stage.conclave(
                [
                    "--text", "--guest", "--pin", key(\.stranger), "--pin", key(\.selfSigned),
                    "localhost:\(server.port)",
                ],
                home: home
            )
            _ = try await pinned.enter()
        }
    }

    @Test(arguments: [
        (["conclave://"], "no host that can be read"), (["conclave://a/b/c"], "one room"),
        (["conclave://localhost?pin=sha256:1"], "pin that is damaged"), (["--pin", "abc"], "64 hexadecimal digits"),
        (["trust", "add", "localhost", "sha256:1"], "64 hexadecimal digits"), (["trust", "remove"], "host"),
        (["--guest", "--identity", "x"], "exclude each other"), (["identity", "new", "--type", "rsa"], "rsa"),
        (
            ["--pin", "sha256:" + String(repeating: "a", count: 64), "--dangerously-accept-any-certificate"],
            "exclude each other"
        ),
    ])
    func `a wrong call is told in one line`(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclave(arguments, home: home).finish()
            #expect(finished.status == 64 && finished.output == [] && finished.errors.count == 1)
            #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
        }
    }
}
