import Glibc
import Testing

/// A server that is told to stop.
@Suite(.timeLimit(.minutes(5)), .serialized) struct ShutdownTests {
    @Test(arguments: [SIGTERM, SIGINT]) func itEndsInTimeWhateverItsClientsDo(signal: Int32) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(["--log-level", "debug"])
            let reader = try stage.conclave(in: server)
            _ = try await reader.enter()
            let stalled = try stage.sClient(in: server, output: .stalled)
            #expect(await reader.line() == "user:`2` has enter")
            let speaker = try stage.conclave(in: server)
            _ = try await speaker.enter()
            // More than the sockets and the pipe hold on the way to the one that does not read.
            let line = String(repeating: "xylophone ", count: 100)
            try speaker.write(String(repeating: line + "\n", count: 2000) + "end\n")
            #expect(await speaker.lines { $0 == "3:end" }.count == 2001)
            #expect(await reader.lines { $0 == "3:end" }.count == 2002)
            let halfOpen = [
                try SilentConnection(port: server.port),
                // The header of a record that never comes.
                try SilentConnection(port: server.port, saying: [0x16, 0x03, 0x01, 0x02, 0x00]),
            ]

            let begun = ContinuousClock.now
            server.program.send(signal)
            let status = await server.program.status()
            #expect(ContinuousClock.now - begun < .seconds(5))
            #expect(status == 0)
            withExtendedLifetime((stalled, halfOpen)) {}

            #expect(await reader.finish().output == ["* the server is shutting down"])
            #expect(await speaker.finish().output == ["* the server is shutting down"])
            let finished = await server.program.finish()
            #expect(finished.output == [], "standard output is for the ready lines")
            #expect(finished.errors.contains { $0.contains("stopped") }, "the log")
            #expect(!finished.errors.contains { $0.contains("xylophone") }, "the log has nothing that was said")
        }
    }

    /// Several times, as what goes wrong here goes wrong when two threads meet.
    @Test(arguments: 1...8) func anEmptyRoomEndsAtOnce(time: Int) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(["--log-level", "error", "--threads", "4"])
            let begun = ContinuousClock.now
            let finished = await server.stop()
            #expect(finished == Finished(status: 0, output: [], errors: []))
            #expect(ContinuousClock.now - begun < .seconds(3), "it waited for somebody")
        }
    }

    @Test(arguments: 1...8) func aRoomOfReadersEndsAtOnce(time: Int) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(["--log-level", "error", "--threads", "4"])
            let clients = try (1...3).map { _ in try stage.conclave(in: server) }
            for client in clients { _ = try await client.enter() }
            let begun = ContinuousClock.now
            let finished = await server.stop()
            #expect(finished == Finished(status: 0, output: [], errors: []))
            #expect(ContinuousClock.now - begun < .seconds(3), "it waited for somebody")
            for client in clients { #expect(await client.finish().output.last == "* the server is shutting down") }
        }
    }
}
