import ChatClient
import ChatCore
import TLS
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5))) struct ChatConnectionTests {
    private func connect(to room: TestRoom) async throws -> ChatConnection {
        let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
        return try await ChatConnection.connect(to: endpoint, expecting: .dns("localhost"), tls: room.tls)
    }

    @Test func linesGoBothWays() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let connection = try await connect(to: room)
            let read = try await connection.run { lines, speaker in
                try await speaker.send(Array("grüße\nhal".utf8))
                try await speaker.send(Array("lo\n/quit\n".utf8))
                return try await lines.reduce(into: []) { $0 += $1.map(\.string) }
            }
            #expect(read.count == 6)
            #expect(read.first?.hasPrefix("Welcome, 127.0.0.1:") == true)
            #expect(read.suffix(2) == ["2:grüße", "2:hallo"])
            #expect(
                try await witness.lines { $0.hasSuffix("left") } == [
                    "user:`2` has enter", "2:grüße", "2:hallo", "user:`2` has left",
                ]
            )
        }
    }

    @Test func itKnowsWhatWasAgreedOn() async throws {
        try await TestRoom.run { room in
            let connection = try await connect(to: room)
            #expect(connection.endpoint.port == room.port)
            #expect(connection.agreement.version == .v1_3)
            #expect(connection.agreement.group == "X25519")
            #expect(connection.agreement.applicationProtocol == nil)
            let certificate = connection.agreement.peerCertificate
            #expect(certificate?.subjectAlternativeNames == CertificateTemplate.localhost)
            try await connection.run { _, _ in }
        }
    }

    @Test func whoseBodyReturnsHasLeft() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let connection = try await connect(to: room)
            try await connection.run { lines, _ in
                for try await _ in lines { break }
            }
            let seen = try await witness.lines { $0.hasSuffix("left") }
            #expect(seen == ["user:`2` has enter", "user:`2` has left"])
        }
    }

    /// Many, as what goes wrong here goes wrong when two threads meet.
    @Test func aServerThatIsNotTrustedIsNotEntered() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let endpoint = Endpoint(host: "127.0.0.1", port: room.port)
            for _ in 0..<200 {
                let error = try #require(
                    await #expect(throws: ClientError.self) {
                        _ = try await ChatConnection.connect(
                            to: endpoint,
                            expecting: .dns("other.example"),
                            tls: room.tls
                        )
                    }
                )
                guard case .untrusted(endpoint, .dns("other.example"), let failure) = error else { throw error }
                try #require(failure.reason == .wrongName)
            }
            try await witness.say("alone")
            #expect(try await witness.line() == "1:alone")
        }
    }

    @Test func whatTheServerSendsIsCleanedAgain() async throws {
        let hostile = "1:\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}\u{200B}x\r\n\u{1B}[A"
        try await RawServer.run(saying: Array(hostile.utf8) + [0xFF], then: .closeNotify) { server in
            let read = try await server.connect().run { lines, _ in
                try await lines.reduce(into: []) { $0 += $1.map(\.string) }
            }
            let bad = "\u{FFFD}"
            #expect(read == ["1:\(bad)]0;owned\(bad)\(bad)[2J\(bad)31m\(bad)x", "\(bad)[A\(bad)"])
        }
    }

    @Test(arguments: [RawServer.End.fin, .reset])
    func whatIsCutOffIsToldFromAnEnd(end: RawServer.End) async throws {
        try await RawServer.run(saying: Array("one\ntwo".utf8), then: end) { server in
            let connection = try await server.connect()
            await #expect(throws: ClientError.cutOff(server.endpoint)) {
                try await connection.run { lines, _ in
                    // A part of a line that may have gone on is not shown.
                    for try await batch in lines { #expect(batch.map(\.string) == ["one"]) }
                }
            }
        }
    }
}
