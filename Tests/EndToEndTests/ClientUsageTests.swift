import TestKit
import Testing

/// What `conclave` says to who calls it wrongly, or asks.
@Suite(.timeLimit(.minutes(5))) struct ClientUsageTests {
    @Test(arguments: [
        (["--nonsense"], "--nonsense"),
        (["localhost:0"], "'localhost:0' is not HOST or HOST:PORT"),
        (["::1:2022:"], "'::1:2022:' is not HOST or HOST:PORT"),
        (["a host"], "'a host' is not a host name or an IP address"),
        (["--server-name", "no/name"], "'no/name' is not a host name or an IP address"),
        (["--ca", "ca.pem", "--dangerously-accept-any-certificate"], "exclude each other"),
        (["one.example", "two.example"], "two.example"),
        (["--ca"], "--ca"),
    ])
    func aWrongCallIsToldInOneLine(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclave(arguments).finish()
            #expect(finished.status == 64)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1)
            #expect(finished.errors.first?.hasPrefix("conclave: ") == true)
            #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
            #expect(finished.errors.first?.hasSuffix("; see 'conclave --help'") == true)
        }
    }

    @Test(arguments: [
        ("--help", "conclave chat --help"), ("--version", "conclave 0."), ("--version", "OpenSSL 3."),
    ])
    func whoAsksIsAnsweredOnStandardOutput(flag: String, says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclave([flag], home: TemporaryDirectory()).finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.contains { $0.contains(says) })
        }
    }
}
