import Glibc
import TestKit
import Testing

/// What `conclave` does for programs: one message, a stream of events, a conversation in JSON; and two bots.
@Suite(.timeLimit(.minutes(5))) struct ClientForProgramsTests {
    private func arguments(_ server: RunningServer) throws -> [String] {
        ["--ca", try Fixtures.shared.caFile, "--server", "localhost:\(server.port)"]
    }

    @Test func `what is sent is tailed, as lines and as JSON`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let json = try stage.conclave(["tail", "--json", "--room", "builds"] + arguments(server))
            _ = await json.lines { $0.hasPrefix(#"{"event":"in","room":"builds""#) }
            let lines = try stage.conclave(["tail", "--room", "builds"] + arguments(server))
            _ = await json.lines { $0.hasPrefix(#"{"event":"entered""#) }
            let sent = try stage.conclave(
                ["send", "--room", "builds", "--nick", "ci"] + arguments(server) + ["build 212", "is green"]
            )
            #expect(await sent.finish() == Finished(status: 0, output: [], errors: []))
            let event = await json.lines { $0.contains(#""text":"build 212 is green""#) }.last
            #expect(event?.hasPrefix(#"{"event":"said","room":"builds","seq":"#) == true)
            #expect(event?.contains(#""nick":"ci""#) == true)
            #expect(await lines.lines { $0.hasSuffix(" ci:build 212 is green") }.isEmpty == false)
            let late = try stage.conclave(["tail", "--room", "builds", "--since", "10m"] + arguments(server))
            #expect(await late.line()?.hasSuffix(" has enter") == true)
            #expect(await late.lines { $0.hasSuffix(" ci:build 212 is green") }.count > 1)
            let later = try stage.conclave(["tail", "--room", "builds", "--since", "3", "--json"] + arguments(server))
            #expect(await later.line()?.hasPrefix(#"{"event":"in""#) == true)
            #expect(await later.line()?.contains(#""seq":4,"#) == true)
        }
    }

    @Test(arguments: [
        ["send", "--room", "a b", "x"], ["send"], ["send", " "], ["tail", "--since", "soon"],
        ["send", "--nick", "7", "x"], ["chat", "--json", "--text"],
    ])
    func `who calls it wrongly is told in one line`(arguments: [String]) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclave(arguments).finish()
            #expect(finished.status == 64 && finished.output == [] && finished.errors.count == 1)
        }
    }

    @Test func `what the server refuses to take is no success`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try stage.conclave(["--nick", "alice"], in: server)
            _ = await alice.lines { $0.contains("you are in #lobby") }
            let other = try stage.conclave(["send", "--nick", "alice"] + arguments(server) + ["hello"])
            let finished = await other.finish()
            #expect(finished.status == 1 && finished.errors.count == 1)
            #expect(finished.errors.first?.contains("is taken") == true)
        }
    }

    @Test func `who tails a room and is put out of it is told so, and does not wait for ever`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let owner = try stage.conclave(["--text", "--nick", "boss", "--room", "builds"], in: server)
            _ = await owner.lines { $0.hasPrefix("* you are in #builds") }
            let tail = try stage.conclave(["tail", "--room", "builds", "--nick", "bob"] + arguments(server))
            _ = await owner.lines { $0.hasSuffix(" has enter") }
            try owner.write("/kick bob enough\n")
            let finished = await tail.finish()
            #expect(finished.status == 1)
            #expect(finished.errors == ["conclave: `boss` has put you out of #builds: enough"])
        }
    }

    @Test func `what is tailed goes on when the server starts anew, and says so`() async throws {
        try await Stage.run { stage in
            let first = try await stage.server()
            let tail = try stage.conclave(["tail", "--since", "0"] + arguments(first))
            _ = await tail.lines { $0.hasSuffix(" has enter") }
            #expect(await first.stop().status == 0)
            let identity = try Fixtures.shared.certificates.server
            let again = try stage.conclaved(identity.arguments + ["--listen", "127.0.0.1:\(first.port)"])
            _ = try await RunningServer(again)
            #expect(await tail.lines { $0.hasPrefix("* #lobby") }.last == "* #lobby begins anew")
            #expect(try await stage.conclave(["send"] + arguments(first) + ["here again"]).finish().status == 0)
            #expect(await tail.lines { $0.hasSuffix(":here again") }.isEmpty == false)
        }
    }

    @Test func `who says bye in JSON is answered, and leaves`() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(["--json"], in: try await stage.server())
            try client.write("hello\n" + #"{"op":"bye","ref":"1"}"# + "\nnot said\n")
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.output.suffix(2) == [#"{"ref":"1","ok":true}"#, #"{"event":"state","state":"closed"}"#])
            #expect(finished.output.contains { $0.contains(#""text":"hello""#) })
            #expect(!finished.output.contains { $0.contains("not said") })
        }
    }

    @Test func `lines go in and come back, and the end of input leaves`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.conclave(["--nick", "alice", "--room", "tea"], in: server)
            try client.write("hello\n/me waves\n/topic green\n/who\n/foo\n/join #cake\nin cake")
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0 && finished.errors == [])
            let expected = [
                "* you are in #tea", "* nobody else is here", "* this room keeps what is said",
                "* you may moderate this room; /help lists how", "alice: hello",
                "~ alice waves", "* alice set the topic: green", "* alice  UID:1, here for 0s, moderator",
                "* there is no command /foo; /help lists all", "* you are in #cake",
                "* what you type goes to #cake now",
                "#cake alice: in cake",
            ]
            // An answer and an event of another room have no order.
            for line in expected { #expect(finished.output.contains(line), "\(line) is missing in \(finished.output)") }
        }
    }

    @Test func `a long input is said whole, and in order`() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave([], in: try await stage.server())
            let said = (0..<2000).map { "line \($0)" }
            try client.write(said.joined(separator: "\n"))
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.output.filter { $0.hasPrefix("1: ") } == said.map { "1: " + $0 })
        }
    }

    @Test func `JSON goes in and comes out`() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(["--json", "--nick", "bot"], in: try await stage.server())
            try client.write(
                """
                plain text
                {"op":"say","room":"lobby","text":"in JSON","ref":"a"}
                {"op":"dance","ref":"b"}
                {"op":"who","room":"lobby","ref":"c"}

                """
            )
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 1, "one thing was refused")
            for part in [
                #"{"event":"state","state":"connected"}"#, #"{"event":"in","room":"lobby","uid":1,"nick":"bot""#,
                #""text":"plain text""#, #""text":"in JSON""#, #"{"ref":"a","ok":true,"seq":3}"#,
                #"{"ref":"b","ok":false,"error":{"code":"unknown-op""#,
                #"{"ref":"c","ok":true,"room":"lobby","members":"#,
            ] {
                #expect(finished.output.contains { $0.contains(part) }, "\(part) is missing")
            }
        }
    }

    @Test(arguments: ["python", "swift"])
    func `a bot throws a die`(language: String) async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let bot =
                language == "swift"
                ? try stage.bot(["localhost:\(server.port)", Fixtures.shared.caFile])
                : try stage.start(
                    "python3",
                    [Stage.source("Bots/dice.py"), "localhost", "\(server.port)", Fixtures.shared.caFile]
                )
            let alice = try stage.conclave(["--nick", "alice"], in: server)
            _ = await alice.lines { $0.contains("you are in #lobby") }
            while try await !stage.isThere("dice", server) {}
            try alice.write("!dice\n")
            let thrown = await alice.lines { $0.hasPrefix("dice: alice throws a ") }.last
            #expect(thrown?.last.map { "123456".contains($0) } == true)
            withExtendedLifetime(bot) {}
        }
    }
}

extension Stage {
    /// Whether somebody of that name is in the lobby.
    fileprivate func isThere(_ name: String, _ server: RunningServer) async throws -> Bool {
        let asker = try conclave([], in: server)
        try asker.write("/who \(name)\n")
        asker.closeInput()
        return await asker.finish().output.contains { $0.hasPrefix("* \(name)  ") }
    }

    /// A file beside the tests.
    fileprivate static func source(_ path: String) -> String {
        let directories = #filePath.split(separator: "/").dropLast(2)
        return "/" + directories.joined(separator: "/") + "/" + path
    }
}
