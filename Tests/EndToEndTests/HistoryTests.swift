import Glibc
import TLS
import TestKit
import Testing

/// What is said outlives the server, with the real programs.
@Suite(.timeLimit(.minutes(5))) struct HistoryTests {
    @Test func `what was said before the server was killed is there when it is back, and numbers go on`() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let first = try await stage.server(home: home)
            let alice = try stage.sClient(in: first)
            #expect(try await alice.enter().contains("UID:1,"))
            try alice.write("/join den\nhello\n")
            _ = await alice.lines { $0 == "1:hello" }
            first.program.send(SIGKILL)
            _ = await first.program.finish()

            let second = try await stage.server(home: home)
            let bob = try stage.sClient(in: second)
            #expect(try await bob.enter().contains("UID:2,"))
            try bob.write("/join den\n")
            let lines = await bob.lines { $0.contains("1:hello") }
            #expect(lines.last?.hasPrefix("* [") == true)
            try bob.write("/search HELL\n/forget me\n")
            #expect(
                await bob.lines { $0.contains("has said that") || $0.hasSuffix("] 1:hello") }.last?.hasSuffix(
                    "] 1:hello"
                ) == true
            )
            #expect(await bob.lines { $0.contains("said nothing here") }.last != nil)
            #expect(await second.stop().status == 0)
        }
    }

    @Test func `with --no-history it is gone, and nothing is left on disk`() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let server = try await stage.server(["--no-history"], home: home)
            let alice = try stage.sClient(in: server)
            let lines = await alice.lines { $0.hasPrefix("* this room keeps") }
            #expect(lines.last?.hasPrefix("* this room keeps its last 1000 messages in memory, until") == true)
            #expect(await server.stop().status == 0)
        }
        #expect(access(home.path("conclaved"), F_OK) != 0)
    }

    @Test func `a second server in the same directory is refused`() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            _ = try await stage.server(home: home)
            let arguments = try Fixtures.shared.certificates.server.arguments
            let second = try await stage.conclaved(arguments + ["--listen", "127.0.0.1:0"], home: home).finish()
            #expect(second.status == 1 && second.output.isEmpty)
            #expect(
                second.errors == [
                    "conclaved: \(home.path("conclaved")) is in use by another conclaved; stop it, or give --data another directory"
                ]
            )
        }
    }

    @Test func `what is kept is for nobody else's eyes`() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let server = try await stage.server(home: home)
            let alice = try stage.sClient(in: server)
            _ = try await alice.enter()
            for (name, mode) in [("", 0o700), ("/history.sqlite", 0o600), ("/history.sqlite-wal", 0o600)]
                as [(String, mode_t)]
            {
                var status = stat()
                #expect(stat(home.path("conclaved") + name, &status) == 0)
                #expect(status.st_mode & 0o777 == mode, "\(name)")
            }
        }
    }

    /// A limit on the size of files stands for a full disk: what is beyond it cannot be written.
    @Test func `while the disk is full nothing is accepted, and it recovers by itself`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try stage.sClient(in: server)
            _ = try await alice.enter()
            try alice.write("before\n")
            _ = await alice.lines { $0 == "1:before" }
            try await limitFiles(of: server.program.id, to: "4096", on: stage)
            try alice.write("lost\n")
            let refused = await alice.lines { $0.hasPrefix("* the server can keep nothing now") || $0 == "1:lost" }
            #expect(refused.last?.hasPrefix("* the server can keep nothing now") == true)
            try alice.write("/history\n")
            #expect(await alice.lines { $0.hasSuffix("1:before") }.last?.hasPrefix("* [") == true)
            try await limitFiles(of: server.program.id, to: "unlimited", on: stage)
            // It is tried every second.
            var answer: String?
            while answer != "1:kept" {
                try alice.write("kept\n")
                answer = await alice.line()
                if answer == nil { break }
            }
            #expect(answer == "1:kept")
            let end = await server.stop()
            #expect(end.status == 0)
            #expect(
                end.errors.contains { $0.contains("cannot be kept") }
                    && end.errors.contains { $0.contains("can be kept again") }
            )
        }
    }

    private func limitFiles(of process: pid_t, to bytes: String, on stage: Stage) async throws {
        let finished = try await stage.start("prlimit", ["--pid", "\(process)", "--fsize=\(bytes):unlimited"]).finish()
        try #require(finished.status == 0, "\(finished.errors)")
    }
}
