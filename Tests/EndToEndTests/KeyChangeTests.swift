import Glibc
import TLS
import TestKit
import Testing

/// The life of a key with the real programs: first contact, staying, a planned change, and one that nobody announced.
@Suite(.timeLimit(.minutes(5))) struct KeyChangeTests {
    private let home: TemporaryDirectory
    private let directory: TemporaryDirectory
    private let known: String

    init() throws {
        home = try TemporaryDirectory()
        directory = try TemporaryDirectory()
        known = home.path("conclave/known_hosts")
    }

    /// A certificate that the key in `file` signs for itself, by OpenSSL's own program.
    private func certificate(of file: String, _ stage: Stage) async throws -> TLSIdentity {
        let path = file + ".pem"
        let made = try stage.start(
            "openssl",
            [
                "req", "-x509", "-key", file, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-out", path,
            ]
        )
        #expect(await made.finish().status == 0)
        return TLSIdentity(certificateFile: path, keyFile: file)
    }

    /// A new key, as `conclaved new-key` makes it.
    private func newKey(_ name: String, _ stage: Stage) async throws -> TLSIdentity {
        let path = directory.path(name)
        #expect(try await stage.conclaved(["new-key", path]).finish().status == 0)
        return try await certificate(of: path, stage)
    }

    private func line() throws -> String {
        let file = try #require(fopen(known, "r"))
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 8192)
        let read = try #require(fgets(&buffer, Int32(buffer.count), file).map { String(cString: $0) })
        #expect(fgets(&buffer, Int32(buffer.count), file) == nil, "one line")
        return read
    }

    private func visit(_ place: String, _ stage: Stage) async throws -> Finished {
        try await stage.conclave(["send", "--guest", "--server", place, "hello"], home: home).finish()
    }

    @Test func `first contact, staying, a planned change, and an unplanned one`() async throws {
        try await Stage.run { stage in
            let (first, second, third) = (
                try await newKey("first", stage), try await newKey("second", stage), try await newKey("third", stage)
            )
            let (a, b, c) = (
                try FirstContactTests.key(first), try FirstContactTests.key(second), try FirstContactTests.key(third)
            )

            // First contact, at the terminal.
            var server = try await stage.server(for: first)
            let place = "localhost:\(server.port)"
            let terminal = try stage.conclaveAtTerminal(["--guest", place], home: home)
            #expect(await terminal.shows("fingerprint  \(a)"))
            #expect(await terminal.shows("or the fingerprint that you were told: "))
            try terminal.type(a)
            #expect(await terminal.shows("you are in #lobby"))
            try terminal.type("/quit")
            #expect(await terminal.finish() == 0)
            #expect(try line().hasPrefix("\(place) \(a) added "))

            // Staying: nothing is said, and nothing changes.
            let before = try line()
            #expect(try await visit(place, stage) == Finished(status: 0, output: [], errors: []))
            #expect(try line() == before)

            // The next key is announced: told once, to one who was not there all the time.
            _ = await server.stop()
            server = try await stage.server(for: first, ["--next-key", second.keyFile], port: server.port)
            let told = try await visit(place, stage)
            #expect(
                told.status == 0
                    && told.errors == [
                        "conclave: \(place) announces its next key, \(b); when it has that one, there is nothing to do"
                    ]
            )
            #expect(try line().hasPrefix("\(place) \(a) added "))
            #expect(try line().contains(" next \(b) learned "))
            let learned = try line()
            #expect(try await visit(place, stage) == Finished(status: 0, output: [], errors: []))
            #expect(try line() == learned)

            // The planned change: used once, with a line, and the old key is no good any more.
            _ = await server.stop()
            server = try await stage.server(for: second, port: server.port)
            let changed = try await visit(place, stage)
            #expect(changed.status == 0 && changed.errors.count == 1)
            #expect(changed.errors.first?.contains("\(place) has a new key, \(b), as announced on ") == true)
            #expect(try line().hasPrefix("\(place) \(b) added "))
            #expect(try !line().contains(a))
            #expect(try await visit(place, stage) == Finished(status: 0, output: [], errors: []))
            let after = try line()

            // Back to the old key, and to one that nobody has heard of: refused, and nothing changes.
            for (wrong, key) in [(first, a), (third, c)] {
                _ = await server.stop()
                server = try await stage.server(for: wrong, port: server.port)
                let refused = try await visit(place, stage)
                #expect(refused.status == 77 && refused.output == [])
                #expect(refused.errors.first == "conclave: THE KEY OF \(place) HAS CHANGED. Nothing was sent to it.")
                #expect(refused.errors.contains { $0.hasPrefix("  known:    \(b) since ") })
                #expect(refused.errors.contains("  it shows: \(key)"))
                #expect(refused.errors.contains("  conclave trust remove \(place)"))
                #expect(try line() == after)
            }

            // Its user does as it was told.
            #expect(try await stage.conclave(["trust", "remove", place], home: home).finish().status == 0)
            #expect(try await stage.conclave(["trust", "add", place, c], home: home).finish().status == 0)
            #expect(try await visit(place, stage) == Finished(status: 0, output: [], errors: []))
        }
    }

    @Test
    func `one who is connected when the key changes as announced connects again, and one who was not told does not`()
        async throws
    {
        try await Stage.run { stage in
            let (first, second, third) = (
                try await newKey("first", stage), try await newKey("second", stage), try await newKey("third", stage)
            )
            var server = try await stage.server(for: first, ["--next-key", second.keyFile])
            let place = "localhost:\(server.port)"
            let add = try stage.conclave(["trust", "add", place, FirstContactTests.key(first)], home: home)
            #expect(await add.finish().status == 0)
            let client = try stage.conclave(["--guest", place], home: home)
            #expect(await client.lines { $0.contains("you are in #lobby") }.last?.contains("#lobby") == true)
            _ = await server.stop()
            server = try await stage.server(for: second, port: server.port)
            #expect(await client.lines { $0.contains("back in #lobby") }.last?.contains("back in") == true)
            _ = await server.stop()
            server = try await stage.server(for: third, port: server.port)
            let finished = await client.finish()
            #expect(finished.status == 77)
            #expect(finished.errors.contains { $0.contains("has a new key") })
            #expect(finished.errors.contains { $0.contains("THE KEY OF \(place) HAS CHANGED") })
        }
    }

    @Test func `what is announced is nothing to who goes by a link or an authority`() async throws {
        try await Stage.run { stage in
            let (first, second) = (try Fixtures.shared.certificates.server, try await newKey("second", stage))
            let server = try await stage.server(for: first, ["--next-key", second.keyFile])
            let link = "conclave://localhost:\(server.port)?pin=\(try FirstContactTests.key(first))"
            #expect(try await visit(link, stage) == Finished(status: 0, output: [], errors: []))
            let byAuthority = try stage.conclave(
                ["send", "--guest", "--ca", Fixtures.shared.caFile, "--server", "localhost:\(server.port)", "hello"],
                home: home
            )
            #expect(await byAuthority.finish() == Finished(status: 0, output: [], errors: []))
            #expect(access(known, F_OK) != 0)
        }
    }
}
