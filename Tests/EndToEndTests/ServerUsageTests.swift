import Testing

/// What `conclaved` says to who calls it wrongly, or asks.
@Suite(.timeLimit(.minutes(5))) struct ServerUsageTests {
    @Test(arguments: [
        (["--cert", "a.pem", "--key", "a.key", "--nonsense"], "--nonsense"),
        ([], "--cert"),
        (["--cert", "server.pem"], "--key"),
        (["--key", "server.key"], "--cert"),
        (["--cert", "a.pem", "--cert", "b.pem", "--key", "a.key"], "each --cert needs its --key: there are 2 and 1"),
        (["--cert", "a.pem", "--key", "a.key", "--listen", "2022"], "'2022' is not HOST:PORT"),
        (["--cert", "a.pem", "--key", "a.key", "--listen", "localhost:65536"], "is not HOST:PORT"),
        (["--cert", "a.pem", "--key", "a.key", "--listen", "localhost:+1"], "is not HOST:PORT"),
        (["--cert", "a.pem", "--key", "a.key", "--listen", "::1:2022"], "an IPv6 address stands in brackets"),
        (["--cert", "a.pem", "--key", "a.key", "--threads", "0"], "--threads takes a number from 1 to 1024"),
        (["--cert", "a.pem", "--key", "a.key", "--max-connections", "-1"], "--max-connections"),
        (["--cert", "a.pem", "--key", "a.key", "--max-handshakes", "1000001"], "takes a number from 0 to 1000000"),
        (["--cert", "a.pem", "--key", "a.key", "--idle-timeout", "31536001"], "0 means no limit"),
        (["--cert", "a.pem", "--key", "a.key", "--connection-rate", "fast"], "--connection-rate"),
        (["--cert", "a.pem", "--key", "a.key", "--log-level", "loud"], "'loud' is not a log level"),
    ])
    func aWrongCallIsToldInOneLine(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclaved(arguments).finish()
            #expect(finished.status == 64)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1, "\(finished.errors)")
            #expect(finished.errors.first?.hasPrefix("conclaved: ") == true)
            #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
            #expect(finished.errors.first?.hasSuffix("; see 'conclaved --help'") == true)
        }
    }

    @Test(arguments: [("--help", "--listen"), ("--version", "conclaved 0."), ("--version", "OpenSSL 3.")])
    func whoAsksIsAnsweredOnStandardOutput(flag: String, says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclaved([flag]).finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.contains { $0.contains(says) })
        }
    }
}
