import ChatServer
import ChatWire
import Foundation
import TestKit
import Testing

/// The talk that Conclave1.md shows, had with a real server.
@Suite(.timeLimit(.minutes(5))) struct StructuredTalkTests {
    private static func talk() throws -> [Substring] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let page = root.appending(path: "Sources/ChatWire/ChatWire.docc/Conclave1.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(text.split(separator: "```conclave\n").last?.split(separator: "```").first)
        return block.split(separator: "\n")
    }

    private static func json(_ text: some StringProtocol) throws -> JSON {
        try JSON(Array(text.utf8).span.bytes, limits: .reply)
    }

    /// Whether something is what the page shows, with the same fields in the same order; `"…"` stands for anything.
    static func matches(_ shown: JSON, _ said: JSON) -> Bool {
        switch (shown, said) {
        case (.string("…"), _): true
        case (.object(let shown), .object(let said)):
            shown.map(\.name) == said.map(\.name) && zip(shown, said).allSatisfy { matches($0.value, $1.value) }
        case (.array(let shown), .array(let said)):
            shown.count == said.count && zip(shown, said).allSatisfy { matches($0, $1) }
        default: shown == said
        }
    }

    @Test func `the server says what the page says that it says`() async throws {
        let talk = try Self.talk()
        #expect(talk.count == 19)
        try await TestRoom.run { room in
            let peer = try await room.connectStructured()
            for line in talk {
                if line.hasPrefix("-> ") {
                    try await peer.send(String(line.dropFirst(3)))
                } else {
                    let shown = try Self.json(line.dropFirst(3))
                    let said = try await peer.event()
                    #expect(said.map { Self.matches(shown, $0) } == true, "\(said?.text ?? "the end"), not \(line)")
                }
            }
            #expect(try await peer.event() == nil)
        }
    }

    @Test func `the wildcard stands for one value, and everything else has to be as it is shown`() throws {
        let shown = try Self.json(#"{"a":"…","b":[1,{"c":"…"}]}"#)
        #expect(Self.matches(shown, try Self.json(#"{"a":null,"b":[1,{"c":{}}]}"#)))
        for other in [
            #"{"b":[1,{"c":2}],"a":1}"#, #"{"a":1,"b":[1,{"c":2},3]}"#, #"{"a":1,"b":[2,{"c":2}]}"#, #"{"a":1}"#, "[]",
        ] {
            #expect(!Self.matches(shown, try Self.json(other)), "\(other)")
        }
    }

    @Test func `who offers another protocol too is answered in conclave/1, and who offers none in text`() async throws {
        try await TestRoom.run { room in
            let program = try await room.connectStructured()
            let welcome = try #require(try await program.event())
            #expect(welcome["protocol"]?.string == "conclave/1")
            #expect(welcome["address"]?.string == program.peer.address)
            #expect(welcome["limits"]?["line"]?.whole == 4096)
            let (_, number) = try await room.enter()
            #expect(number == 2)
        }
    }

    /// A field that nobody knows, at every place where there may be one.
    @Test func `what a request has besides is ignored`() async throws {
        try await TestRoom.run { room in
            let (peer, _) = try await room.welcome()
            let entered = try await peer.ask("enter", ##""room":"#lobby","colour":"red","deep":{"a":[{"b":null}]}"##)
            #expect(entered["ok"]?.bool == true && entered["room"]?.string == "lobby")
            let said = try await peer.ask("say", #""room":"LOBBY","text":"hi","text2":1,"id":null,"action":false"#)
            #expect(said["seq"]?.whole == 2 && said["again"] == nil)
        }
    }

    @Test func `what cannot be understood is answered, and the connection lives on`() async throws {
        try await TestRoom.run { room in
            let (peer, _, _) = try await room.enterStructured(as: "alice")
            let longText = String(repeating: "x", count: 4097)
            let tooLong = try await peer.ask("say", #""room":"lobby","text":"\#(longText)""#)
            #expect(tooLong["error"]?["code"]?.string == "too-long")
            for (line, code) in [
                (String(repeating: "x", count: 40_000), "too-long"), (String(repeating: "[", count: 5000), "malformed"),
                (
                    #"{"a":"# + String(repeating: #"{"a":"#, count: 8) + "1" + String(repeating: "}", count: 9),
                    "malformed"
                ),
                ("[" + Array(repeating: "1", count: 300).joined(separator: ",") + "]", "malformed"),
                ("null", "malformed"),
                ("/help", "malformed"), ("GET / HTTP/1.1", "malformed"), (#"{"op":"say"}"#, "missing-field"),
                (#"{"op":7}"#, "bad-field"), (#"{"op":"ping","ref":7}"#, "bad-field"),
            ] {
                try await peer.send("", line, "")
                let answer = try await peer.events { $0["ok"] != nil }.last
                #expect(answer?["error"]?["code"]?.string == code, "\(line.prefix(30)): \(answer?.text ?? "")")
                #expect(answer?["ok"]?.bool == false && answer?["ref"] == nil)
            }
            let longest = String(repeating: "\\u0001", count: 4096)
            #expect(try await peer.ask("say", #""room":"lobby","text":"\#(longest)""#)["seq"]?.whole == 2)
        }
    }
}
