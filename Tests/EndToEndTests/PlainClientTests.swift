import Glibc
import TestKit
import Testing

/// `conclave --plain`, in a pipe and at a terminal: lines, and not an escape sequence among them.
@Suite(.timeLimit(.minutes(5))) struct PlainClientTests {
    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    private func arguments(_ port: Int) throws -> [String] {
        try ["--plain", "--guest", "--ca", Fixtures.shared.caFile, "--nick", "alice", "localhost:\(port)"]
    }

    @Test func `at a terminal lines go in and come out, with the time, in two rooms`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try stage.conclaveAtTerminal(
                try arguments(server.port),
                home: home,
                ["TERM=xterm", "LANG=C.UTF-8"]
            )
            #expect(await alice.shows("* you are in #lobby\r\n* nobody else is here\r\n"))
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            try bob.write("/nick bob\nhello\n")
            #expect(await alice.shows("* 2 is now bob\r\n"))
            #expect(await alice.shows(" bob: hello\r\n"))
            try alice.type("hi")
            #expect(await alice.shows(" alice: hi\r\n"))
            #expect(await bob.lines { $0 == "alice:hi" }.last == "alice:hi")
            try alice.type("/join tea")
            #expect(await alice.shows("* what you type goes to #tea now"))
            try alice.type("cups")
            #expect(await alice.shows(" #tea alice: cups\r\n"))
            try bob.write("/msg alice psst\nwhere?\n")
            #expect(await alice.shows(" private from bob: psst\r\n"))
            #expect(await alice.shows(" #lobby bob: where?\r\n"))
            try alice.type("/reply here")
            #expect(await alice.shows(" private to bob: here\r\n"))
            try alice.type("/room")
            #expect(await alice.shows("* 1  #lobby\r\n* 2  #tea  here\r\n"))
            try alice.type("/room 1")
            #expect(await alice.shows("* what you type goes to #lobby now"))
            try alice.type("/room cake")
            #expect(await alice.shows("* you are not in that room"))
            try alice.type("/status")
            #expect(await alice.shows("* encryption: TLSv1.3"))
            try alice.type("/leave")
            #expect(await alice.shows("* you have left #lobby"))
            #expect(await alice.shows("* what you type goes to #tea now"))
            try alice.type("/leave")
            #expect(await alice.shows("* you have left #tea"))
            try alice.type("nobody hears this")
            #expect(await alice.shows("* you are in no room"))
            try alice.type("/quit")
            #expect(await alice.finish() == 1, "not all was said")
            #expect(!alice.text.contains("\u{1B}"))
        }
    }

    @Test func `it speaks Chinese to who does`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try stage.conclaveAtTerminal(
                try arguments(server.port),
                home: home,
                ["TERM=xterm", "LANG=zh_CN.UTF-8", "LC_ALL="]
            )
            #expect(await alice.shows("* 你在 #lobby\r\n* 这里没有别人\r\n"))
            try alice.type("你好")
            #expect(await alice.shows(" alice: 你好\r\n"))
            try alice.type("/status")
            #expect(await alice.shows("* 加密：TLSv1.3"))
            try alice.type("/help room")
            #expect(await alice.shows("/room [房间]"))
            try alice.type(keys: "\u{4}")
            #expect(await alice.finish() == 0)
            #expect(!alice.text.contains("\u{1B}"))
        }
    }

    @Test func `in a pipe nothing is lost or said twice when the connection is`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let gate = try Gate(to: server.port)
            let alice = try stage.conclave(try arguments(gate.port))
            #expect(await alice.lines { $0 == "* this room keeps what is said" }.first == "* you are in #lobby")
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            try bob.write("/nick bob\none\n")
            #expect(await alice.lines { $0 == "bob: one" }.isEmpty == false)
            gate.cut()
            try alice.write("two\n")
            #expect(await alice.lines { $0.hasPrefix("* back in #lobby: ") }.isEmpty == false)
            try alice.write("/kick bob\nthree\n")
            alice.closeInput()
            let finished = await alice.finish()
            #expect(finished.status == 0)
            #expect(finished.output.filter { $0.hasPrefix("alice: ") } == ["alice: two", "alice: three"])
            #expect(!finished.output.joined().contains("\u{1B}"))
            let heard = await bob.lines { $0 == "alice:three" }
            #expect(heard.filter { $0.hasPrefix("alice:") } == ["alice:two", "alice:three"])
        }
    }

    @Test func `the past is shown page by page`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let bob = try stage.conclave(["--nick", "bob"], in: server)
            try bob.write((1...130).map { "tea \($0)" }.joined(separator: "\n"))
            bob.closeInput()
            #expect(await bob.finish().status == 0)
            let alice = try stage.conclave(try arguments(server.port))
            #expect(await teas(of: alice, after: nil) == Array(111...130))
            let more = "* /history more shows what was before"
            #expect(await teas(of: alice, after: "/history more", until: more) == Array(61...110))
            #expect(await teas(of: alice, after: "/history more", until: more) == Array(11...60))
            #expect(
                await teas(of: alice, after: "/history more\n/foo", until: "* there is no command") == Array(1...10)
            )
            #expect(await teas(of: alice, after: "/history more", until: "* there is nothing older") == [])
            let older = "* /search more shows older ones"
            #expect(await teas(of: alice, after: "/search tea", until: older) == Array(111...130))
            #expect(await teas(of: alice, after: "/search more", until: older) == Array(91...110))
            #expect(await teas(of: alice, after: "/history 2", until: more) == [129, 130])
            #expect(await teas(of: alice, after: "/history more", until: more) == Array(79...128))
            #expect(await teas(of: alice, after: "/search more", until: older) == Array(71...90))
            #expect(await teas(of: alice, after: "/search coffee", until: "* nobody has said that here") == [])
            #expect(await teas(of: alice, after: "/search more", until: "* there is nothing older") == [])
            alice.closeInput()
            #expect(await alice.finish().status == 0)
        }
    }

    /// Which cups of tea are shown until a line comes that begins so.
    private func teas(of alice: Program, after command: String?, until end: String? = nil) async -> [Int] {
        if let command { try? alice.write(command + "\n") }
        let lines = await alice.lines { line in end.map { line.hasPrefix($0) } ?? line.hasSuffix(" tea 130") }
        return lines.compactMap { line in
            line.firstRange(of: " bob: tea ").flatMap { Int(line[$0.upperBound...]) }
        }
    }

    @Test func `a name that cannot be had ends it with a word`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let first = try stage.conclave(try arguments(server.port))
            _ = await first.lines { $0 == "* you are in #lobby" }
            let second = try stage.conclave(try arguments(server.port))
            second.closeInput()
            let finished = await second.finish()
            #expect(finished.status == 1)
            #expect(finished.errors.count == 1)
        }
    }
}
