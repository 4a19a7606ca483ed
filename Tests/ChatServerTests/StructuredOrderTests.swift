@testable import ChatServer
import ChatWire
import TestKit
import Testing

/// What programs and people in one room see of each other, and what a program is answered.
@Suite(.timeLimit(.minutes(5))) struct StructuredOrderTests {
    @Test func `programs and people see the same in the same order`() async throws {
        try await TestRoom.run(threads: 2) { room in
            var people: [ChatPeer] = []
            for _ in 0..<3 { people.append(try await room.enter().peer) }
            var programs: [StructuredPeer] = []
            for number in 4...6 { programs.append(try await room.enterStructured(as: "p\(number)").peer) }
            let lines = 200
            let logs = try await withThrowingTaskGroup(of: [String].self) { group in
                for (index, person) in people.enumerated() {
                    group.addTask {
                        for line in 0..<lines { try await person.say("\(index) \(line)") }
                        var count = 0
                        return try await person.lines { line in
                            count += Self.isSpeech(line) ? 1 : 0
                            return count == 6 * lines
                        }.filter(Self.isSpeech)
                    }
                }
                for (index, program) in programs.enumerated() {
                    group.addTask {
                        for line in 0..<lines {
                            try await program.send(#"{"op":"say","room":"lobby","text":"p\#(index) \#(line)"}"#)
                        }
                        var (said, last) = ([String](), UInt64?.none)
                        _ = try await program.events { event in
                            guard let sequence = event["seq"]?.whole else { return false }
                            #expect(last.map { $0 + 1 == sequence } ?? true, "\(sequence) comes after \(last ?? 0)")
                            last = sequence
                            guard event["event"]?.string == "said" else { return false }
                            let from = event["from"]
                            let label = from?["nick"]?.string ?? "\(from?["uid"]?.whole ?? 0)"
                            said.append("\(label):\(event["text"]?.string ?? "")")
                            return said.count == 6 * lines
                        }
                        return said
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(logs.count == 6)
            #expect(logs[0].count == 6 * lines)
            #expect(logs.allSatisfy { $0 == logs[0] })
        }
    }

    private static func isSpeech(_ line: String) -> Bool { !line.hasPrefix("user:") && !line.hasPrefix("*") }

    @Test func `people see what programs do in their own words, and the other way round`() async throws {
        try await TestRoom.run { room in
            let (person, _) = try await room.enter()
            let (program, _, _) = try await room.enterStructured(as: "bot")
            _ = try await program.ask("say", #""room":"lobby","text":"beeps","action":true,"id":"x""#)
            _ = try await program.ask("rename", #""nick":"robot""#)
            _ = try await program.ask("leave", #""room":"lobby""#)
            let seen = try await person.lines { $0.contains("left") }
            #expect(seen.contains("~ bot beeps"), "\(seen)")
            #expect(seen.last == "user:`robot` has left")
            _ = try await program.ask("enter", #""room":"lobby""#)
            try await person.say("/me waves", "/nick alice", "/msg robot psst", "/quit")
            let events = try await program.events { $0["event"]?.string == "left" }
            let kinds = events.compactMap { $0["event"]?.string }
            #expect(kinds.filter { $0 != "entered" }.suffix(4) == ["said", "renamed", "whispered", "left"])
            #expect(events.last?["who"]?["nick"]?.string == "alice")
            #expect(events.first { $0["text"]?.string == "waves" }?["action"]?.bool == true)
        }
    }

    /// Requests of all kinds, in any order.
    private struct Requests {
        var random: SeededGenerator
        var text = ""
        /// The refs of the answers that they get; nil where a request could not be read.
        var expected: [String?] = []

        private static let bodies = [
            #""op":"enter","room":"lobby""#, #""op":"enter","room":"den","last":3"#,
            #""op":"enter","room":"den","after":1"#,
            #""op":"enter","room":"no such name!""#, #""op":"leave","room":"den""#, #""op":"leave","room":"lobby""#,
            #""op":"say","room":"lobby","text":"hello","id":"a""#, #""op":"say","room":"den","text":"hello""#,
            #""op":"say","room":"lobby","text":"hello","id":"b","action":true"#,
            #""op":"whisper","to":2,"text":"psst""#,
            #""op":"whisper","to":"nobody","text":"psst""#, #""op":"rename","nick":"alice""#,
            #""op":"rename","nick":"bob""#,
            #""op":"who","room":"lobby""#, #""op":"rooms""#, #""op":"topic","room":"den","text":"t""#,
            #""op":"topic","room":"den""#, #""op":"history","room":"lobby""#, #""op":"history","room":"den","limit":2"#,
            #""op":"invite","room":"den","who":2"#, #""op":"away","text":"lunch""#, #""op":"away""#,
            #""op":"kick","room":"den","who":2"#, #""op":"ban","room":"den","who":"someone","seconds":9"#,
            #""op":"unban","room":"den","label":"someone""#, #""op":"bans","room":"den""#,
            #""op":"mute","room":"den","who":2"#,
            #""op":"unmute","room":"den","who":2"#, #""op":"op","room":"den","who":1"#,
            #""op":"deop","room":"den","who":1"#,
            #""op":"slow","room":"den","seconds":0"#, #""op":"lockdown","room":"den","on":false"#,
            #""op":"private","room":"den","on":true"#, #""op":"announce","text":"news""#,
            #""op":"oper","name":"root","password":"guess""#, #""op":"ping""#, #""op":"dance""#, #""op":"say""#,
            #""room":"den""#,
            #""op":"slow","room":"den","seconds":-1"#,
        ]

        private static let unreadable = ["{", "[]", "nonsense", #"{"op":"say",}"#, #"{"op":"ping","ref":1}"#, "\u{0}"]

        mutating func add() {
            guard !random.once(in: 8) else {
                text +=
                    random.once(in: 10)
                    ? String(repeating: "x", count: 30_000) : Self.unreadable.randomElement(using: &random)!
                text += "\n"
                expected.append(nil)
                return
            }
            let ref = "\(expected.count)"
            text += #"{"ref":"\#(ref)",\#(Self.bodies.randomElement(using: &random)!)}"# + "\n"
            expected.append(ref)
        }
    }

    private func answers(_ peer: StructuredPeer, _ count: Int) async throws -> [String?] {
        var answers: [String?] = []
        _ = try await peer.events { line in
            guard line["ok"] != nil else { return false }
            answers.append(line["ref"]?.string)
            return answers.count == count
        }
        return answers
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `thousands of requests of all kinds are each answered once, in order`(seed: UInt64) async throws {
        var requests = Requests(random: SeededGenerator(seed: seed))
        for _ in 0..<4000 { requests.add() }
        let (text, expected) = (requests.text, requests.expected)
        try await TestRoom.run { room in
            let (peer, _) = try await room.welcome()
            _ = try await room.enter()
            async let sent: Void = peer.peer.send(text + #"{"op":"bye","ref":"bye"}"# + "\n")
            let answered = try await answers(peer, expected.count + 1)
            try await sent
            #expect(answered.count == expected.count + 1)
            let place = zip(answered, expected + ["bye"]).enumerated().first { $0.element.0 != $0.element.1 }
            #expect(place == nil)
            #expect(try await peer.event()?["reason"]?.string == "bye")
            #expect(try await peer.event() == nil)
        }
    }

    @Test func `so are requests that come byte by byte`() async throws {
        var requests = Requests(random: SeededGenerator(seed: 7))
        while requests.expected.count < 60 { requests.add() }
        let (text, expected) = (
            requests.text.replacing(String(repeating: "x", count: 29_000), with: ""), requests.expected
        )
        try await TestRoom.run { room in
            let (peer, _) = try await room.welcome()
            for byte in Array(text.utf8) { try await peer.peer.send([byte]) }
            #expect(try await answers(peer, expected.count) == expected)
        }
    }

    @Test func `a request that waits for a password does not lose its place`() async throws {
        let operators = try Operators(parsing: Array("root \(OperatorFileTests.horse)".utf8), file: "ops")
        try await TestRoom.run { configuration in
            configuration.operators = operators
        } _: { room in
            let (peer, _, _) = try await room.enterStructured(as: "alice")
            try await peer.send(
                #"{"op":"ping","ref":"1"}"#,
                #"{"op":"oper","name":"root","password":"wrong","ref":"2"}"#,
                #"{"op":"ping","ref":"3"}"#,
                #"{"op":"oper","name":"root","password":"correct horse","ref":"4"}"#,
                #"{"op":"announce","text":"news","ref":"5"}"#
            )
            let lines = try await peer.events { $0["ref"]?.string == "5" }.filter { $0["ok"] != nil }
            #expect(lines.map { $0["ref"]?.string } == ["1", "2", "3", "4", "5"])
            #expect(lines.map { $0["ok"]?.bool } == [true, false, true, true, true])
            #expect(lines.last?["rooms"]?.whole == 1)
        }
    }
}
