import ChatCore
import ChatWire
import NIOCore
import TestKit
import Testing

@testable import ChatServer

/// How a connection with conclave/1 ends, and who goes on on another.
@Suite(.timeLimit(.minutes(5))) struct StructuredEndTests {
    private func reason(_ events: [JSON]) -> String? {
        guard events.last?["event"]?.string == "closing" else { return nil }
        return events.last?["reason"]?.string
    }

    private func withOperator(
        _ configure: (inout ServerConfiguration) -> Void = { _ in },
        _ body: (TestRoom) async throws -> Void
    ) async throws {
        let operators = try Operators(parsing: Array("root \(OperatorFileTests.horse)".utf8), file: "ops")
        try await TestRoom.run { configuration in
            configuration.operators = operators
            configure(&configuration)
        } _: {
            try await body($0)
        }
    }

    @Test func `when the server stops, everybody gets what was said, and then the reason`() async throws {
        try await TestRoom.run { room in
            let (alice, _, _) = try await room.enterStructured(as: "alice")
            let (idle, _) = try await room.welcome()
            let (bob, _) = try await room.enter()
            try await bob.say("one", "two")
            _ = try await bob.lines { $0 == "3:two" }
            async let drained: Void = room.server.drain()
            let read = try await alice.events { _ in false }
            #expect(read.compactMap { $0["text"]?.string } == ["one", "two"])
            #expect(reason(read) == "shutdown")
            #expect(reason(try await idle.events { _ in false }) == "shutdown")
            for peer in [alice.peer, idle.peer, bob] { try await peer.close() }
            await drained
        }
    }

    @Test func `a full server says so in its words`() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.connections = 1
        } _: { room in
            _ = try await room.enterStructured(as: "alice")
            let late = try await room.connectStructured()
            let read = try await late.events { _ in false }
            #expect(read.count == 1 && reason(read) == "full")
        }
    }

    @Test func `who says nothing for too long is told so, and leaves`() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.silent = .seconds(4)
        } _: { room in
            let (peer, _, _) = try await room.enterStructured(as: "alice")
            let read = try await peer.events { _ in false }
            #expect(read.contains { $0["kind"]?.string == "silent" && $0["seconds"]?.whole == 4 })
            #expect(reason(read) == "silent")
        }
    }

    @Test(arguments: ["kick", "ban"])
    func `who is put out of the lobby is told by whom and why, and its connection ends`(op: String) async throws {
        try await withOperator { room in
            let (chief, _, _) = try await room.enterStructured(as: "chief")
            let (alice, _, _) = try await room.enterStructured(as: "alice")
            _ = try await alice.ask("enter", #""room":"den""#)
            #expect(try await chief.ask("oper", #""name":"root","password":"correct horse""#)["ok"]?.bool == true)
            let answer = try await chief.ask(op, #""room":"lobby","who":"alice","reason":"spam""#)
            #expect(answer["ok"]?.bool == true)
            let how = op == "kick" ? "kicked" : "banned"
            let read = try await alice.events { _ in false }
            let removed = read.first { $0["kind"]?.string == "removed" }
            #expect(removed?["how"]?.string == how && removed?["reason"]?.string == "spam")
            #expect(removed?["by"]?["nick"]?.string == "chief")
            #expect(reason(read) == (op == "kick" ? "removed" : "banned"))
            let seen = try await chief.events { $0["event"]?.string == "left" }.last
            #expect(seen?["how"]?.string == how && seen?["who"]?["nick"]?.string == "alice")
        }
    }

    @Test func `a live connection is taken over, and nobody sees anything of it`() async throws {
        try await TestRoom.run { room in
            let (witness, _) = try await room.enter()
            let (old, secret, entered) = try await room.enterStructured(as: "alice")
            _ = try await old.ask("enter", #""room":"den""#)
            let (new, other) = try await room.welcome()
            let head = entered["head"]?.whole ?? 0
            let answer = try await new.ask("enter", #""room":"lobby","session":"\#(secret)","after":\#(head)"#)
            #expect(answer["resumed"]?.bool == true && answer["head"]?.whole == head)
            #expect(answer["uid"] == entered["uid"] && answer["nick"] == entered["nick"])
            #expect(reason(try await old.events { _ in false }) == "taken-over")
            #expect(try await new.ask("enter", #""room":"den","session":"\#(secret)""#)["moderator"]?.bool == true)
            #expect(try await new.ask("say", #""room":"lobby","text":"here I am""#)["seq"]?.whole == head + 1)
            let seen = try await witness.lines { $0 == "alice:here I am" }
            #expect(seen == ["user:`alice` has enter", "alice:here I am"])
            let (third, _) = try await room.welcome()
            #expect(try await third.ask("enter", #""room":"lobby","session":"\#(other)""#)["resumed"]?.bool == false)
        }
    }

    @Test(arguments: [1, 2])
    func `a ghost that reads nothing is taken over too, and its end is nobody else's`(threads: Int) async throws {
        try await TestRoom.run(threads: threads) { configuration in
            configuration.limits.leaving = .milliseconds(200)
            configuration.limits.feedBytes = 128 * 1024
            configuration.limits.recent.messages = 100_000
        } _: { room in
            let (ghost, secret, entered) = try await room.enterStructured(as: "alice", receiveBuffer: 4096)
            let (talker, number) = try await room.enter()
            let text = String(repeating: "x", count: 1000)
            async let sent: Void = talker.send((0..<2000).map { "\($0) \(text)\n" }.joined())
            _ = try await talker.lines { $0 == "\(number):1999 \(text)" }
            try await sent
            let (new, _) = try await room.welcome()
            let head = entered["head"]?.whole ?? 0
            let answer = try await new.ask("enter", #""room":"lobby","session":"\#(secret)","after":\#(head)"#)
            #expect(answer["resumed"]?.bool == true)
            var counter = StructuredLogTests.Counter(last: head)
            _ = try await new.events { event in
                counter.see(event)
                return counter.last == 2002
            }
            #expect(counter.gaps == 0)
            // The server breaks off what takes nothing; the member is not gone with it.
            await #expect(throws: (any Error).self) {
                if try await ghost.events(until: { _ in false }).last?["event"]?.string == "closing" { throw Closed() }
            }
            #expect(try await new.ask("say", #""room":"lobby","text":"boo""#)["seq"]?.whole == 2003)
            #expect(try await talker.lines { $0 == "alice:boo" } == ["alice:boo"])
        }
    }

    private struct Closed: Error {}

    @Test func `what was said under an id is said once, across connections`() async throws {
        try await TestRoom.run { room in
            let (first, secret, _) = try await room.enterStructured(as: "alice")
            let said = try await first.ask("say", #""room":"lobby","text":"hello","id":"a""#)
            let (second, _) = try await room.welcome()
            _ = try await second.ask("enter", #""room":"lobby","session":"\#(secret)""#)
            let again = try await second.ask("say", #""room":"lobby","text":"hello","id":"a""#)
            #expect(again["seq"] == said["seq"] && again["again"]?.bool == true)
            _ = try await second.ask("bye")
            _ = try await second.events { _ in false }
            try await second.peer.close()
            let (third, _) = try await room.welcome()
            let entered = try await third.ask("enter", #""room":"lobby","session":"\#(secret)""#)
            let late = try await third.ask("say", #""room":"lobby","text":"hello","id":"a""#)
            #expect(entered["resumed"]?.bool == false && late["seq"] == said["seq"] && late["again"]?.bool == true)
        }
    }

    @Test func `what a request has changed is in its answer, as the page has it`() async throws {
        try await TestRoom.run { room in
            let (peer, _, _) = try await room.enterStructured(as: "alice")
            _ = try await peer.ask("enter", #""room":"den""#)
            let fields = { (answer: JSON) -> [String] in
                guard case .object(let members) = answer else { return [] }
                return members.map(\.name)
            }
            let ok = ["ref", "ok"]
            #expect(fields(try await peer.ask("rename", #""nick":"bob""#)) == ok + ["uid", "nick"])
            #expect(fields(try await peer.ask("topic", #""room":"den""#)) == ok + ["room", "text"])
            #expect(fields(try await peer.ask("topic", #""room":"den","text":"t""#)) == ok + ["room", "text"])
            #expect(try await peer.ask("topic", #""room":"den","text":"""#)["text"] == .null)
            #expect(fields(try await peer.ask("ban", #""room":"den","who":"eve""#)) == ok + ["label", "seconds"])
            #expect(fields(try await peer.ask("bans", #""room":"den""#)) == ok + ["bans", "more"])
            #expect(fields(try await peer.ask("unban", #""room":"den","label":"eve""#)) == ok + ["label"])
            #expect(fields(try await peer.ask("who", #""room":"den""#)) == ok + ["room", "members", "more"])
            #expect(fields(try await peer.ask("rooms")) == ok + ["rooms", "more"])
            #expect(fields(try await peer.ask("leave", #""room":"den""#)) == ok + ["room"])
            #expect(fields(try await peer.ask("away", #""text":"lunch""#)) == ok)
        }
    }
}
