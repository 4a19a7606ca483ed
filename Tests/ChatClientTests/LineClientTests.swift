import ChatClient
import ChatCore
import ChatServer
import TLS
import TestKit
import Testing

/// The client of lines, with its input and output in memory.
@Suite(.timeLimit(.minutes(5))) struct LineClientTests {
    /// Input of these pieces, and then its end, unless it `goesOn` as a terminal does.
    private actor Input {
        private var pieces: [[UInt8]]
        private let goesOn: Bool

        init(_ pieces: [String], goesOn: Bool = false) {
            self.pieces = pieces.map { Array($0.utf8) }
            self.goesOn = goesOn
        }

        func next() async -> [UInt8]? {
            if !pieces.isEmpty { return pieces.removeFirst() }
            if goesOn { await Self.cancelled() }
            return nil
        }

        /// Waits until it is cancelled.
        private static func cancelled() async {
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            for await _ in stream {}
            withExtendedLifetime(continuation) {}
        }
    }

    private func run(
        _ connection: ChatConnection,
        _ input: Input,
        output: ([String]) async throws -> Void = { _ in }
    ) async throws -> [String] {
        var shown: [String] = []
        try await LineClient(connection).run(input: { await input.next() }) { lines in
            try await output(lines.map(\.string))
            shown += lines.map(\.string)
        }
        return shown
    }

    private func connect(to room: TestRoom) async throws -> ChatConnection {
        let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
        return try await ChatConnection.connect(to: endpoint, expecting: .dns("localhost"), tls: room.tls)
    }

    @Test func theEndOfInputQuits() async throws {
        try await TestRoom.run { room in
            let shown = try await run(connect(to: room), Input(["he", "llo\nwor", "ld"]))
            #expect(shown.count == 6)
            #expect(shown.suffix(2) == ["1:hello", "1:world"])
        }
    }

    @Test func noInputAtAllQuits() async throws {
        try await TestRoom.run { room in
            let shown = try await run(connect(to: room), Input([]))
            #expect(shown.count == 4)
            #expect(shown.first?.hasPrefix("Welcome, ") == true)
        }
    }

    @Test func quitTypedEndsItThoughTheInputGoesOn() async throws {
        try await TestRoom.run { room in
            let shown = try await run(connect(to: room), Input(["hello\n/qu", "it\r\n"], goesOn: true))
            #expect(shown.last == "1:hello")
        }
    }

    @Test func whatOnlyLooksLikeQuittingIsNone() async throws {
        try await TestRoom.run { room in
            let connection = try await connect(to: room)
            let (heard, saysHeard) = AsyncStream.makeStream(of: Void.self)
            async let drained: Void = {
                for await _ in heard { await room.server.drain() }
            }()
            await #expect(throws: ClientError.ended(connection.endpoint)) {
                _ = try await run(connection, Input(["//quit\nsay /quit\n"], goesOn: true)) { lines in
                    if lines.contains("1:say /quit") { saysHeard.finish(yielding: ()) }
                }
            }
            await drained
        }
    }

    @Test func aServerThatEndsFirstIsAnError() async throws {
        try await RawServer.run(saying: Array("one\n".utf8), then: .closeNotify) { server in
            let connection = try await server.connect()
            await #expect(throws: ClientError.ended(server.endpoint)) {
                _ = try await run(connection, Input([], goesOn: true)) { #expect($0 == ["one"]) }
            }
        }
    }

    @Test(arguments: [true, false])
    func aConnectionThatIsCutOffIsAnError(goesOn: Bool) async throws {
        try await RawServer.run(saying: Array("one\n".utf8), then: .fin) { server in
            let connection = try await server.connect()
            await #expect(throws: ClientError.cutOff(server.endpoint)) {
                _ = try await run(connection, Input(["/quit\n"], goesOn: goesOn))
            }
        }
    }

    @Test func anOutputThatFailsEndsIt() async throws {
        struct Full: Error {}
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let connection = try await connect(to: room)
            await #expect(throws: Full.self) {
                _ = try await run(connection, Input([], goesOn: true)) { _ in throw Full() }
            }
            #expect(try await witness.lines { $0.hasSuffix("left") } == ["user:`2` has enter", "user:`2` has left"])
        }
    }
}

extension AsyncStream.Continuation {
    fileprivate func finish(yielding element: Element) where Element: Sendable {
        yield(element)
        finish()
    }
}
