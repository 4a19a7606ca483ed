import Glibc
import Testing

/// `conclave` between pipes: what it prints, and what its exit status says.
@Suite(.timeLimit(.minutes(5))) struct ClientInPipeTests {
    @Test func itSaysItsInputAndPrintsTheEchoes() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server())
            try client.write("hello\nworld")
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.count == 6)
            #expect(finished.output.first?.hasPrefix("Welcome, ") == true)
            #expect(finished.output.suffix(2) == ["1:hello", "1:world"])
        }
    }

    @Test func aLongInputIsEchoedWhole() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server())
            let said = (0..<20_000).map { "line \($0)" }
            try client.write(said.joined(separator: "\n"))
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.output.dropFirst(4).elementsEqual(said.lazy.map { "1:" + $0 }))
        }
    }

    @Test func aLineThatIsTooLongIsToldAtTheEnd() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server())
            try client.write("before\n" + String(repeating: "x", count: 5000) + "\nafter\n")
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 1)
            #expect(finished.errors.count == 1)
            #expect(finished.errors.first?.hasPrefix("conclave: the server did not take all that was said") == true)
            #expect(finished.output.filter { $0.hasPrefix("1:") } == ["1:before", "1:after"])
        }
    }

    @Test func speechThatBeginsLikeAnotherProtocolIsSpeech() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server())
            try client.write("GET / HTTP/1.1\nsecond\n")
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.output.suffix(2) == ["1:GET / HTTP/1.1", "1:second"])
        }
    }

    @Test func quitTypedEndsItThoughTheInputGoesOn() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server())
            try client.write("hello\n/quit\n")
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.last == "1:hello")
        }
    }

    @Test func aServerThatIsKilledCutsItOff() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.conclave(in: server)
            _ = try await client.enter()
            server.program.send(SIGKILL)
            let line = "conclave: the connection to localhost:\(server.port) was cut off; what came last may be missing"
            let finished = await client.finish()
            #expect(finished == Finished(status: 69, output: [], errors: [line]))
        }
    }

    @Test func aServerThatStopsSaysFarewellAndItHadNotAskedToLeave() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.conclave(in: server)
            _ = try await client.enter()
            server.program.send(SIGTERM)
            let finished = await client.finish()
            #expect(finished.status == 1)
            #expect(finished.output == ["* the server is shutting down"])
            #expect(finished.errors == ["conclave: localhost:\(server.port) ended the connection"])
        }
    }

    @Test func aClosedOutputEndsIt() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(in: try await stage.server(), output: .closed)
            let line = "conclave: standard output cannot be written: Broken pipe"
            let finished = await client.finish()
            #expect(finished == Finished(status: 1, output: [], errors: [line]))
        }
    }
}
