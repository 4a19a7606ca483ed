import Glibc
import TestKit
import Testing

/// `conclaved hash-password`, and the files that say who keeps order and what is not shown.
@Suite(.timeLimit(.minutes(5))) struct OperatorTests {
    private func hashPassword(_ input: String) async throws -> Finished {
        var finished = Finished(status: nil, output: [], errors: [])
        try await Stage.run { stage in
            let program = try stage.conclaved(["hash-password"])
            try program.write(input)
            program.closeInput()
            finished = await program.finish()
        }
        return finished
    }

    @Test func aPasswordFromAPipeIsHashedForTheOperatorFile() async throws {
        let printed = try await hashPassword("correct horse\nwhat follows is not read")
        #expect(printed.status == 0)
        #expect(printed.errors == [])
        let hash = try #require(printed.output.first)
        #expect(printed.output.count == 1)
        #expect(hash.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        let again = try await hashPassword("correct horse\r\n")
        #expect(again.status == 0)
        #expect(again.output != printed.output, "each has its own salt")

        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let operators = try directory.write("# who keeps order\nalice \(hash)\n", to: "operators")
            let words = try directory.write("# not shown\nass\n", to: "words")
            try #require(chmod(operators, 0o600) == 0)
            let files = ["--operator", operators, "--filter", words, "--log-level", "error"]
            let server = try await stage.server(files)
            #expect(await server.stop() == Finished(status: 0, output: [], errors: []))

            try #require(chmod(operators, 0o644) == 0)
            let open = try await stage.server(files)
            let warning = "others can read or write the operators' hashes in \(operators); chmod 600 \(operators)"
            #expect(await open.stop().errors == ["conclaved: warning: \(warning)"])
        }
    }

    @Test func noPasswordAndNoSecretGetsIntoTheLog() async throws {
        let hash = try #require(try await hashPassword("correct horse\n").output.first)
        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let operators = try directory.write("night \(hash)\n", to: "operators")
            try #require(chmod(operators, 0o600) == 0)
            let server = try await stage.server(["--operator", operators, "--log-level", "trace"])
            let person = try stage.sClient(in: server)
            _ = try await person.enter()
            try person.write("/oper night wrong horse\n/oper night correct horse\n")
            _ = await person.lines { $0.hasPrefix("* you are an operator now") }

            let program = try stage.sClient(["-quiet", "-alpn", "conclave/1"], in: server)
            let welcome = try #require(await program.line())
            let secret = try #require(welcome.firstMatch(of: /"session":"([0-9a-f]{32})"/)).output.1
            try program.write(
                """
                {"op":"enter","room":"lobby","session":"\(secret)"}
                {"op":"oper","name":"night","password":"wrong horse"}
                {"op":"oper","name":"night","password":"correct horse","ref":"1"}

                """
            )
            _ = await program.lines { $0 == #"{"ref":"1","ok":true}"# }
            let log = await server.stop().errors
            #expect(log.count { $0.contains("account=night") } == 2, "\(log)")
            #expect(log.count { $0.contains("operator refused") } == 2)
            #expect(!log.contains { $0.contains("horse") || $0.contains(secret) })
        }
    }

    @Test(
        arguments: [
            ("", "there is no password"),
            ("\n", "there is no password"),
            ("seven77\n", "take 8 characters or more"),
            (" correct horse\n", "no space at its ends"),
            ("correct\thorse\n", "without control or invisible characters"),
            ("correct\u{200B}horse\n", "without control or invisible characters"),
            (String(repeating: "x", count: 513) + "\n", "at most 512 bytes"),
        ]
    )
    func aPasswordThatIsOfNoUseIsRefused(input: String, says: String) async throws {
        let finished = try await hashPassword(input)
        #expect(finished.status == 1)
        #expect(finished.output == [])
        #expect(finished.errors.count == 1)
        #expect(finished.errors.first?.hasPrefix("conclaved: ") == true)
        #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
    }

    @Test func aPasswordIsNoArgument() async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclaved(["hash-password", "correct horse"]).finish()
            #expect(finished.status == 64)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1)
        }
    }

    @Test(arguments: [
        (["--help"], "--listen"), (["--help"], "hash-password"),
        (["hash-password", "--help"], "OVERVIEW: Print the hash"),
        (["help", "hash-password"], "OVERVIEW: Print the hash"),
    ])
    func whoAsksIsTold(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclaved(arguments).finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.contains { $0.contains(says) })
        }
    }

    @Test(arguments: [
        ("--operator", "alice secret words", ", line 1: this is not NAME HASH"),
        ("--operator", "\nalice secret", ", line 2: the hash is not of the form $scrypt$"),
        ("--filter", "ok\n**\n", ", line 2: ** is what stands for"),
        ("--filter", nil, " cannot be read: No such file or directory; check the path"),
        ("--operator", nil, " cannot be read: No such file or directory; check the path"),
    ])
    func aFileThatCannotBeUsedStopsTheStart(flag: String, text: String?, says: String) async throws {
        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let path = try text.map { try directory.write($0, to: "file") } ?? directory.path("missing")
            let identity = try Fixtures.shared.certificates.server
            let finished = try await stage.conclaved(
                identity.arguments + ["--listen", "127.0.0.1:0", flag, path]
            ).finish()
            #expect(finished.status == 1)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1, "\(finished.errors)")
            #expect(finished.errors.first?.hasPrefix("conclaved: \(path)\(says)") == true, "\(finished.errors)")
        }
    }
}
