import ChatCore
import ChatWire
import TestKit
import Testing

/// Nobody can make a line that others take for somebody else's, or for the server's.
@Suite struct ForgingTests {
    private static let parts = [
        "hello", "2:hello", "* the server", "* ", "*", "user:`2` has left", "user:`2` has enter", "user:", ":", "`",
        " ",
        "[private] 2:", "[private to 2] ", "[private", "~ 2 waves", "~ ", "* [10:31] ", "[10:31] ", "10:31 ",
        "Welcome, ",
        "`2` has left", "\n", "\r", "\r\n", "\u{2028}", "\u{85}", "\u{1B}[1A", "\u{301}", "\u{200D}", "\u{200B}",
        "/", "é", "\u{1F468}", "\0", "2",
    ]
    private static let names = [
        "user", "User", "us\u{435}r", "ｕｓｅｒ", "*", "~", "[private]", "[private", "[10:31]", "Welcome", "Welcome,", "2",
        "２", "a:b", "`2`", "2:", "you", "to", "alice", "Bob", "x\u{301}", "\u{301}", "\u{200D}", "-", "private", "the",
        "#den",
    ]

    private static func text(using random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    }

    private static func line(using random: inout SeededGenerator) -> [UInt8] {
        let command =
            [
                "", "", "", "", "//", "/me ", "/me ", "/msg 1 ", "/msg 2 ", "/reply ", "/away ", "/topic ", "/kick 3 ",
                "/ban 3 1s ", "/announce ", "/invite ", "/unban ", "/msg ", "/", "/join ", "/mute 2 1s ",
            ].randomElement(using: &random) ?? ""
        if random.once(in: 4) {
            return Array("/nick \(names.randomElement(using: &random) ?? "")\n".utf8)
        }
        if random.once(in: 12) { return Array("/ban \(names.randomElement(using: &random) ?? "")\n/bans\n".utf8) }
        if random.once(in: 15) { return Array("/who\n/rooms\n/history\n".utf8) }
        let end = random.once(in: 8) ? random.bytes(8) : []
        return Array((command + text(using: &random)).utf8) + end + [UInt8(ascii: "\n")]
    }

    @Test(arguments: SeededGenerator.seeds(40))
    func `whatever members send, each line is read as what it is`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let server = TextServer()
        let reader = server.come()
        var sessions = (0..<4).map { _ in server.come() }
        server.send(reader, "/join den\n")
        for session in sessions { server.send(session, "/join den\n") }
        server.send(sessions[0], "/oper god secret\n")
        var said = 0
        for _ in 0..<150 {
            let session = sessions.randomElement(using: &random) ?? reader
            server.send(session, Self.line(using: &random))
            if random.once(in: 20) { server.send(session, "/join den\n") }
            if random.once(in: 50) {
                sessions.append(server.come())
                server.send(sessions[sessions.count - 1], "/join den\n")
            }
            for receiver in sessions + [reader] {
                for delivery in server.take(receiver) {
                    #expect(delivery.bytes.last == UInt8(ascii: "\n"))
                    let expected = LineReading.expected(delivery)
                    #expect(delivery.lines.map { LineReading($0) } == expected, "\(delivery.lines)")
                    said += Self.expectOwn(delivery, receiver: receiver, sender: session)
                }
            }
        }
        #expect(said > 50, "hardly anything was said")
    }

    /// Speech comes from who has sent it, and looks like nothing of the server's, by the plainest of looks.
    private static func expectOwn(
        _ delivery: TextServer.Delivery,
        receiver: SessionID,
        sender: SessionID
    ) -> Int {
        let author: Author
        switch delivery.origin {
        case .event(.said(let speaker, _)), .event(.acted(let speaker, _)): author = speaker
        case .answer(.whisper(let speaker, _)): author = speaker
        default: return 0
        }
        // In these tests serials and numbers are the same.
        #expect(author.member.number == sender.serial)
        let line = delivery.lines.first ?? ""
        #expect(delivery.lines.count == 1)
        let isWhisper = if case .answer = delivery.origin { true } else { false }
        for start in ["* ", "user:", "Welcome,", isWhisper ? "~ " : "[private"] {
            #expect(!line.utf8.starts(with: start.utf8), "\(line)")
        }
        return 1
    }

    @Test func `what moderators and operators write stands behind words of the server's`() {
        let server = TextServer()
        let attacker = server.come()
        let victim = server.come()
        for session in [attacker, victim] { server.send(session, "/join den\n") }
        server.send(attacker, "/oper god secret\n")
        _ = server.take(victim)
        for command in ["/topic ", "/announce ", "/away ", "/kick 2 "] {
            server.send(attacker, "\(command)[10:31] alice:hello\n")
        }
        server.send(victim, "/msg 1 hello\n")
        for line in server.take(victim).flatMap(\.lines) {
            if case .past = LineReading(line) { Issue.record("\(line)") }
        }
    }
}
