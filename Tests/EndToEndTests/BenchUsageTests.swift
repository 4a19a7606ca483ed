import Glibc
import TestKit
import Testing

/// What `conclave-bench` says to who calls it wrongly, or asks.
@Suite(.timeLimit(.minutes(5))) struct BenchUsageTests {
    @Test(arguments: [
        (["dance"], "dance"),
        (["load"], "give --connect HOST:PORT, or --cert and --key"),
        (["load", "--connect", "2022"], "'2022' is not HOST:PORT"),
        (["load", "--connect", "localhost:1", "--cert", "a.pem"], "--cert and --key are for a server in this process"),
        (["load", "--connect", "localhost:1", "--pid", "0"], "there is no process 0"),
        (["load", "--connect", "localhost:1", "--clients", "0"], "--clients takes a number from 1"),
        (["load", "--connect", "localhost:1", "--senders", "101"], "--senders takes a number from 1"),
        (["load", "--connect", "localhost:1", "--size", "28"], "--size takes 29 to 4096 bytes"),
        (["load", "--connect", "localhost:1", "--rate", "5", "--window", "5"], "--rate excludes --window"),
        (["load", "--connect", "localhost:1", "--window", "5", "--burst", "6"], "--burst takes a number from 1"),
        (["load", "--connect", "localhost:1", "--messages", "5", "--warmup", "1"], "--messages excludes --warmup"),
        (["load", "--connect", "localhost:1", "--idle", "--visits", "1"], "--idle and --visits exclude each other"),
        (["load", "--connect", "localhost:1", "--welcome"], "--welcome belongs to --visits"),
        (["floor"], "--cert"),
        (["table"], "--cert"),
        (["table", "--cert", "a", "--key", "b", "--only", "a,q"], "there is no row 'q'; there are a,"),
        (["table", "--cert", "a", "--key", "b", "--rounds", "0"], "--rounds takes a number from 1"),
    ])
    func aWrongCallIsToldInOneLine(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.bench(arguments).finish()
            #expect(finished.status == 64)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1, "\(finished.errors)")
            #expect(finished.errors.first?.hasPrefix("conclave-bench: ") == true)
            #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
            #expect(finished.errors.first?.hasSuffix("; see 'conclave-bench --help'") == true)
        }
    }

    @Test(arguments: [
        (["--help"], "load"), (["load", "--help"], "--clients"), (["floor", "--help"], "--lone"),
        (["table", "--help"], "  a  100 members"),
        (["--version"], "conclave-bench 0."),
    ])
    func whoAsksIsAnsweredOnStandardOutput(arguments: [String], says: String) async throws {
        try await Stage.run { stage in
            let finished = try await stage.bench(arguments).finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.contains { $0.contains(says) })
        }
    }

    @Test func theTableMeasuresTheFloorAndTheServerBesideIt() async throws {
        try await Stage.run { stage in
            let server = try Fixtures.shared.certificates.server
            let table = try stage.bench(["table", "--only", "h", "--rounds", "1"] + server.arguments)
            let finished = await table.finish()
            #expect(finished.status == 0, "\(finished.errors)")
            #expect(finished.output.contains { $0.hasPrefix("h  500 visits") }, "\(finished.output)")
            #expect(finished.errors.map { $0.hasPrefix("conclave-bench: round 1 of 1, h: ") } == [true, true])
        }
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func whenTheTableIsEndedSoIsItsServer(signal: Int32) async throws {
        let directory = try TemporaryDirectory()
        let server = try directory.write("#!/bin/sh\necho started >&2\nexec sleep 1000\n", to: "server")
        try #require(chmod(server, 0o700) == 0)
        try await Stage.run { stage in
            let table = try stage.bench(["table", "--only", "i", "--cert", "a", "--key", "b", "--server", server])
            while let line = await table.errorLine(), line != "started" {}
            table.send(signal)
            // The server has the table's standard error, which comes to its end only when both are gone.
            let finished = await table.finish()
            #expect(finished.status == -signal)
            #expect(finished.errors == [])
        }
    }

    @Test func aMissingCertificateIsToldWithWhatToDo() async throws {
        try await Stage.run { stage in
            let finished = try await stage.bench(["floor", "--cert", "/none.pem", "--key", "/none.key"]).finish()
            #expect(finished.status == 1)
            #expect(finished.errors.count == 1)
            #expect(finished.errors.first?.contains("scripts/make-certs") == true, "\(finished.errors)")
        }
    }
}
