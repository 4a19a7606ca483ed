import Glibc
import TestKit
import Testing

/// `conclave` at a terminal that can move its cursor.
@Suite(.timeLimit(.minutes(5))) struct TerminalClientTests {
    private let home: TemporaryDirectory
    /// A terminal that shows no colours, whose escape sequences are few.
    private let environment = ["TERM=xterm", "NO_COLOR=1"]

    init() throws { home = try TemporaryDirectory() }

    private func start(
        _ arguments: [String] = [],
        at port: Int,
        on stage: Stage,
        _ more: [String] = []
    ) throws -> PseudoTerminal {
        let arguments = try ["--guest", "--ca", Fixtures.shared.caFile] + arguments + ["localhost:\(port)"]
        return try stage.conclaveAtTerminal(arguments, home: home, environment + more)
    }

    @Test func `what others say comes above the line, and what one types is said once`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try start(["--nick", "alice"], at: server.port, on: stage)
            #expect(await alice.shows("Welcome to Conclave."))
            #expect(await alice.shows("── "))
            #expect(await alice.shows("#lobby"))
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            try alice.type(keys: "half")
            #expect(await alice.shows("half"))
            try bob.write("/nick bob\n")
            try bob.write("first\n")
            #expect(await alice.shows("first"))
            #expect(await alice.shows("half"))
            try alice.type(" typed")
            #expect(await alice.shows("› half typed"))
            #expect(await bob.lines { $0 == "alice:half typed" }.last == "alice:half typed")
            try bob.write("second\n")
            #expect(await alice.shows("second"))
            try alice.type(keys: "\u{4}")
            #expect(await alice.finish() == 0)
            #expect(alice.text.hasSuffix("\u{1B}[?1004l\u{1B}[?2004l\u{1B}[0m"))
            #expect(!alice.isRaw)
        }
    }

    @Test func `several lines are asked about, and commands are not among them`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try start(["--nick", "alice"], at: server.port, on: stage)
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            #expect(await alice.shows("#lobby"))
            try alice.type(keys: "\u{1B}[200~one\r/quit\rthree\u{1B}[201~\r")
            #expect(await alice.shows("send 3 lines? [y/n/e]"))
            try alice.type(keys: "y")
            #expect(await bob.lines { $0 == "alice:three" }.suffix(3) == ["alice:one", "alice:/quit", "alice:three"])
            try alice.type(keys: "\u{1B}[200~four\rfive\u{1B}[201~\r")
            #expect(await alice.shows("send 2 lines? [y/n/e]"))
            try alice.type(keys: "n!")
            #expect(await alice.shows("five!"))
            try alice.type(keys: "\r")
            #expect(await alice.shows("send 2 lines? [y/n/e]"))
            // Behind the answer it is the next line already.
            try alice.type(keys: "y//six\r")
            #expect(await bob.lines { $0 == "alice:/six" }.suffix(3) == ["alice:four", "alice:five!", "alice:/six"])
            try alice.type("/quit")
            #expect(await alice.finish() == 0)
        }
    }

    @Test func `several rooms, and what is known of the connection`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try start(["--nick", "alice"], at: server.port, on: stage)
            #expect(await alice.shows("this room keeps"))
            try alice.type("/join tea")
            #expect(await alice.shows("you may moderate this room"))
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            try bob.write("hello alice\n")
            #expect(await alice.shows("#lobby 1"))
            try alice.type(keys: "\u{1B}1")
            #expect(await alice.shows("1 new"))
            #expect(await alice.shows("hello"))
            try alice.type("/status")
            #expect(await alice.shows("encryption: TLSv1.3"))
            #expect(await alice.shows("words to compare: "))
            try alice.type("/room 2")
            #expect(await alice.shows("#tea"))
            try alice.type("/leave")
            #expect(await alice.shows("you have left "))
            #expect(await alice.shows("#lobby"))
            alice.send(SIGTERM)
            #expect(await alice.finish() == -SIGTERM)
            #expect(!alice.isRaw)
        }
    }

    @Test func `without an argument one is asked where to go`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let first = try start(at: server.port, on: stage)
            #expect(await first.shows("#lobby"))
            try first.type("/quit")
            #expect(await first.finish() == 0)
            let again = try stage.conclaveAtTerminal(["--guest"], home: home, environment)
            #expect(await again.shows("Where to?"))
            #expect(await again.shows("1  localhost:\(server.port)"))
            try again.type(keys: "\u{4}")
            #expect(await again.finish() == 0)
        }
    }

    @Test func `who is new is told how it works, and asked for a server`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let new = try stage.conclaveAtTerminal(["--guest"], home: home, environment)
            #expect(await new.shows("Welcome to Conclave."))
            #expect(await new.shows("Which server? HOST[:PORT] or a join link, Enter for localhost: "))
            // Which has the key that decides: this machine trusts no authority behind it.
            try new.type(server.link)
            #expect(await new.shows("── "))
            #expect(await new.shows("#lobby"))
            try new.type("/status")
            #expect(await new.shows("believed by: the key that the link or --pin names"))
            try new.type("/quit")
            #expect(await new.finish() == 0)
            #expect(new.text.ranges(of: "Welcome to Conclave.").count == 1)

            let again = try stage.conclaveAtTerminal(["--guest"], home: home, environment)
            #expect(await again.shows("Enter goes there"))
            try again.type("")
            #expect(await again.shows("#lobby"))
            try again.type("/quit")
            #expect(await again.finish() == 0)
            #expect(!again.text.contains("fingerprint"))
        }
    }

    @Test func `what ends a chat is told once`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try start(["--nick", "alice"], at: server.port, on: stage)
            #expect(await alice.shows("#lobby"))
            // On the same port stands somebody else now.
            _ = await server.stop()
            #expect(await alice.shows("reconnecting"))
            let other = try await stage.server(for: Fixtures.shared.certificates.stranger, port: server.port)
            #expect(await alice.finish() == 77)
            #expect(alice.text.ranges(of: "is not accepted").count == 1)
            _ = await other.stop()
        }
    }

    @Test func `all of it in Chinese`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let chinese = ["LC_ALL=zh_CN.UTF-8"]
            let ming = try start(["--nick", "小明"], at: server.port, on: stage, chinese)
            #expect(await ming.shows("欢迎使用 Conclave"))
            #expect(await ming.shows("#lobby"))
            for (line, answer) in [
                ("/kick", "缺少名字；用法：/kick 名字"), ("/jion x", "没有 /jion 这个命令；是不是 /join？"),
                ("/kick nobody", "操作员"), ("/reply 嗨", "还没有人给你发过私信"), ("/msg nobody 嗨", "没有"),
                ("/nick the", "这个名字是服务器自己的用词"), ("/status", "信任依据："),
            ] {
                try ming.type(line)
                #expect(await ming.shows(answer), "\(line)")
            }
            try ming.type("/quit")
            #expect(await ming.finish() == 0)
            _ = await server.stop()
            let nobody = try start(at: server.port, on: stage, chinese)
            #expect(await nobody.finish() == 69)
            #expect(nobody.text.contains("拒绝连接"))
        }
    }

    @Test func `a question in Chinese`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            let arguments = ["--guest", "localhost:\(server.port)"]
            let ming = try stage.conclaveAtTerminal(arguments, home: home, environment + ["LC_ALL=zh_CN.UTF-8"])
            #expect(await ming.shows("还不认识服务器"))
            #expect(await ming.shows("你得到的指纹："))
            try ming.type("是")
            #expect(await ming.shows("从现在起以"))
            try ming.type("/status")
            #expect(await ming.shows("起已知的密钥"))
            try ming.type("/quit")
            #expect(await ming.finish() == 0)
        }
    }

    @Test func `a server that is not there, or not believed, takes no terminal`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.wrongHost)
            let refused = try start(at: server.port, on: stage)
            #expect(await refused.finish() == 77)
            #expect(!refused.text.contains("\u{1B}"))
            _ = await server.stop()
            let nobody = try start(at: server.port, on: stage)
            #expect(await nobody.finish() == 69)
            #expect(!nobody.text.contains("\u{1B}"))
        }
    }
}
