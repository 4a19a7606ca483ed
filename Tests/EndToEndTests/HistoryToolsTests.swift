import Glibc
import TestKit
import Testing

/// `conclaved export`, `import`, `check` and `backup`, beside a server that runs.
@Suite(.timeLimit(.minutes(5))) struct HistoryToolsTests {
    @Test func `what was said can be checked, copied, written out and read in while the server runs`() async throws {
        let (home, other) = (try TemporaryDirectory(), try TemporaryDirectory())
        let data = home.path("conclaved")
        try await Stage.run { stage in
            let server = try await stage.server(home: home)
            let alice = try stage.sClient(in: server)
            _ = try await alice.enter()
            try alice.write("/nick alice\nhello\n今天天气很好\n")
            _ = await alice.lines { $0 == "alice:今天天气很好" }

            let check = try await stage.conclaved(["check", "--data", data]).finish()
            #expect(check.status == 0 && check.errors == [])
            let text = try await stage.conclaved(["export", "--data", data, "--format", "text"]).finish()
            #expect(text.status == 0)
            #expect(text.output.contains { $0.hasSuffix("alice: hello") }, "\(text.output)")
            let export = try await stage.conclaved(["export", "--data", data]).finish()
            #expect(export.status == 0 && export.output.contains { $0.contains(#""text":"今天天气很好""#) })
            let file = try other.write(export.output.map { $0 + "\n" }.joined(), to: "export.jsonl")
            let taken = try await stage.conclaved(["import", "--data", other.path("data"), file]).finish()
            #expect(taken.status == 0, "\(taken.errors)")
            let again = try await stage.conclaved(["export", "--data", other.path("data")]).finish()
            #expect(again.output == export.output)

            let copy = other.path("copy.sqlite")
            #expect(try await stage.conclaved(["backup", data, copy]).finish().status == 0)
            var status = stat()
            #expect(stat(copy, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let second = try await stage.conclaved(["backup", data, copy]).finish()
            #expect(second.status == 1 && second.errors.count == 1, "never over something that is there")
            let locked = try await stage.conclaved(["import", "--data", data, file]).finish()
            #expect(locked.status == 1 && locked.errors.first?.contains("in use by another conclaved") == true)
        }
    }

    @Test(arguments: [["check"], ["export"], ["backup"]])
    func `where there is no history one line says so`(arguments: [String]) async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let place =
                arguments == ["backup"] ? [home.path("none"), home.path("copy")] : ["--data", home.path("none")]
            let finished = try await stage.conclaved(arguments + place).finish()
            #expect(finished.status == 1 && finished.output == [])
            #expect(finished.errors.count == 1 && finished.errors.first?.hasPrefix("conclaved: ") == true)
        }
    }
}
