import ChatCore
import ChatWire
import Testing

/// Whatever one sends, by whatever way, nothing in it reaches another's terminal that a terminal obeys.
@Suite struct TerminalSafetyTests {
    private static let removed: [Unicode.Scalar] = ["\u{200B}", "\u{2060}", "\u{FEFF}"]
    private static let forbidden: Set<Unicode.Scalar> = {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F, 0x61C...0x61C,
        ]
        return Set(ranges.joined().compactMap { Unicode.Scalar($0) } + removed)
    }()

    /// Each scalar that may not pass, but for LF, which ends a line and begins another of the same sender's.
    private static let scalars = forbidden.filter { $0 != "\n" }.sorted().map { Array(String($0).utf8) }

    private static let sequences: [[UInt8]] =
        [
            "\u{1B}[2J", "\u{1B}[31m", "\u{1B}[1A\u{1B}[2K7:forged", "\u{1B}]0;title\u{7}", "\u{1B}c", "\u{1B}(0",
            "\u{1B}]8;;http://evil.example\u{1B}\\link\u{1B}]8;;\u{1B}\\", "\u{1B}]52;c;ZXZpbA==\u{7}",
            "\u{1B}P+q544e\u{1B}\\", "\u{1B}_G\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{9B}2J", "\u{9D}52;c;ZXZpbA==\u{9C}",
            "\u{90}q\u{9C}", "\u{9F}x\u{9C}", "\u{202E}lave\u{202C}", "\u{2066}x\u{2069}", "\u{2028}7:forged\u{2029}",
            "\r* forged", "\r\u{1B}[K* forged", "\u{85}user:`7` has left", "\u{8}\u{8}\u{8}8", "\u{E}\u{F}", "\t\t",
            "\0",
            "\u{1B}\u{301}[2J", "\u{202E}\u{200D}",
        ].map { Array($0.utf8) } + [
            [0x9B, 0x32, 0x4A], [0xC2, 0x1B, 0x5B, 0x32, 0x4A], [0xE2, 0x80], [0xC0, 0x9B], [0xED, 0xA0, 0x80], [0xFF],
        ]

    /// A room of the attacker's, who is an operator too and so has every way open; a victim and a pawn in it.
    private struct Stage {
        let server = TextServer()
        let attacker, victim, pawn: SessionID

        init() {
            attacker = server.come()
            victim = server.come()
            pawn = server.come()
            for session in [attacker, victim, pawn] { server.send(session, "/join den\n") }
            server.send(attacker, "/oper god secret\n")
        }

        /// What a session is sent while `body` runs, which must be so many lines and nothing but good ones.
        func expect(
            _ count: Int,
            _ session: SessionID,
            _ way: String,
            _ location: SourceLocation = #_sourceLocation,
            _ body: () -> Void
        ) {
            _ = server.take(session)
            body()
            let bytes = server.take(session).flatMap(\.bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            let lines = bytes.count { $0 == UInt8(ascii: "\n") }
            #expect(lines == count, "\(way): \(text.debugDescription)", sourceLocation: location)
            let bad = text.unicodeScalars.filter { TerminalSafetyTests.forbidden.contains($0) && $0 != "\n" }
            #expect(bad.isEmpty, "\(way): \(text.debugDescription)", sourceLocation: location)
            // What is sent is valid, and so is read as we have read it here.
            #expect(Array(text.utf8) == bytes, "\(way)", sourceLocation: location)
        }

        func attack(_ before: String, _ payload: [UInt8]) {
            server.send(attacker, Array("\(before)x".utf8) + payload + Array("y\n".utf8))
        }
    }

    @Test(arguments: scalars + sequences)
    func `nothing that a terminal obeys gets through, by any way there is`(payload: [UInt8]) {
        let stage = Stage()
        let (server, attacker, victim, pawn) = (stage.server, stage.attacker, stage.victim, stage.pawn)
        for way in ["", "//", "/me ", "/msg 2 ", "/topic ", "/announce "] {
            stage.expect(1, victim, way) { stage.attack(way, payload) }
        }
        stage.expect(0, victim, "away") { stage.attack("/away ", payload) }
        stage.expect(2, victim, "a whisper to who is away") { server.send(victim, "/msg 1 hello\n") }
        stage.expect(1, victim, "reply") { stage.attack("/reply ", payload) }
        stage.expect(3, victim, "who") { server.send(victim, "/who\n") }
        stage.expect(2, victim, "rooms") { server.send(victim, "/rooms\n") }
        stage.expect(1, victim, "topic") { server.send(victim, "/topic\n") }

        stage.expect(1, victim, "kick") { stage.expect(1, pawn, "kicked") { stage.attack("/kick 3 ", payload) } }
        server.send(pawn, "/join den\n")
        stage.expect(1, victim, "ban") { stage.expect(1, pawn, "banned") { stage.attack("/ban 3 5m ", payload) } }
        server.send(attacker, "/op 2\n")
        stage.expect(1, victim, "bans") { server.send(victim, "/bans\n") }

        // Who comes later: how many are there, the topic, the past, and what is kept.
        let late = server.come()
        stage.expect(1 + 1 + 4 + 1, late, "join") { server.send(late, "/join den\n") }
        stage.expect(4, victim, "history") { server.send(victim, "/history\n") }
    }

    @Test(arguments: scalars + sequences)
    func `no name has it in it, neither a member's nor a room's`(payload: [UInt8]) {
        let stage = Stage()
        let (server, victim) = (stage.server, stage.victim)
        let text = String(decoding: payload, as: UTF8.self)
        let isRemoved = text.unicodeScalars.allSatisfy { Self.removed.contains($0) }
        // A name is refused, unless nothing is left of it that should not be there.
        stage.expect(isRemoved ? 1 : 0, victim, "nick") { stage.attack("/nick ", payload) }
        stage.expect(isRemoved ? 1 : 0, victim, "join") { stage.attack("/join ", payload) }
        stage.expect(isRemoved ? 3 : 2, victim, "rooms") { server.send(victim, "/rooms\n") }
        stage.expect(isRemoved ? 2 : 3, victim, "who") { server.send(victim, "/who\n") }
    }

    @Test(arguments: scalars + sequences)
    func `nor do answers bring back what one has sent oneself`(payload: [UInt8]) {
        let stage = Stage()
        for way in [
            "/", "/kick ", "/msg ", "/unban ", "/help ", "/oops ", "/history ", "/quiet ", "/slow ", "/ignore ",
        ] {
            stage.expect(1, stage.attacker, way) { stage.attack(way, payload) }
        }
    }

    @Test func `a line end makes another line of the same sender, under its own name`() {
        let stage = Stage()
        stage.expect(2, stage.victim, "LF") { stage.server.send(stage.attacker, "hello\n* forged\r\n") }
        stage.server.send(stage.attacker, "hello\n* forged\r\n2:forged\n")
        #expect(stage.server.take(stage.victim).flatMap(\.lines) == ["1:hello", "1:* forged", "1:2:forged"])
    }
}
