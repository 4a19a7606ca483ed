import Glibc
import TestKit
import Testing

/// `conclave` at a terminal while the server takes its time: what was typed goes where it was typed.
@Suite(.timeLimit(.minutes(5))) struct TerminalRoomsTests {
    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    /// Alice in the lobby and in #tea, which is on the screen, and bob in the lobby.
    private struct Scene {
        let alice: PseudoTerminal
        let bob: Program
        let gate: Gate
    }

    /// The prompt in a room, as it is drawn.
    private func prompt(_ room: String) -> String { "#\(room)\u{1B}[0m alice › " }

    private func scene(on stage: Stage) async throws -> Scene {
        let server = try await stage.server()
        let gate = try Gate(to: server.port)
        let arguments = try [
            "--guest", "--ca", Fixtures.shared.caFile, "--nick", "alice", "--time", "off", "localhost:\(gate.port)",
        ]
        let alice = try stage.conclaveAtTerminal(arguments, home: home, ["TERM=xterm", "NO_COLOR=1"])
        #expect(await alice.shows("this room keeps"))
        try alice.type("/join tea")
        #expect(await alice.shows("you may moderate this room"))
        #expect(await alice.shows(prompt("tea")))
        let bob = try stage.sClient(in: server)
        _ = try await bob.enter()
        return Scene(alice: alice, bob: bob, gate: gate)
    }

    @Test func `what is said and done goes to the room in which it was typed`() async throws {
        try await Stage.run { stage in
            let scene = try await scene(on: stage)
            try scene.alice.type(keys: "\u{1B}1")
            #expect(await scene.alice.shows(prompt("lobby")))
            scene.gate.hold()
            try scene.alice.type("/who")
            try scene.alice.type("secret")
            try scene.alice.type("/topic cakes")
            try scene.alice.type(keys: "\u{1B}2")
            #expect(await scene.alice.shows(prompt("tea")))
            try scene.alice.type("of tea")
            try scene.alice.type(keys: "\u{1B}1")
            #expect(await scene.alice.shows(prompt("lobby")))
            scene.gate.open()
            try scene.alice.type("last")
            let heard = await scene.bob.lines { $0 == "alice:last" }
            #expect(heard.filter { $0.hasPrefix("alice:") } == ["alice:secret", "alice:last"])
            #expect(heard.contains { $0.hasPrefix("* ") && $0.contains("moderators") } == false)
            try scene.alice.type("/quit")
            #expect(await scene.alice.finish() == 0)
        }
    }

    @Test func `what needs no server is answered though the server is silent`() async throws {
        try await Stage.run { stage in
            let scene = try await scene(on: stage)
            scene.gate.hold()
            try scene.alice.type("/who")
            try scene.alice.type("/room")
            #expect(await scene.alice.shows("1  "))
            try scene.alice.type("/help room")
            #expect(await scene.alice.shows("go to a room that you are in"))
            try scene.alice.type("/quiet on")
            #expect(await scene.alice.shows("you are not told any more"))
            try scene.alice.type("/room bad!name")
            #expect(await scene.alice.shows("usage: /room"))
            try scene.alice.type("/status")
            #expect(await scene.alice.shows("encryption: TLSv1.3"))
            scene.gate.open()
            try scene.alice.type("/quit")
            #expect(await scene.alice.finish() == 0)
        }
    }

    @Test func `who has gone elsewhere stays there when a room is left`() async throws {
        try await Stage.run { stage in
            let scene = try await scene(on: stage)
            try scene.alice.type("/join cake")
            #expect(await scene.alice.shows(prompt("cake")))
            scene.gate.hold()
            try scene.alice.type("/leave")
            try scene.alice.type(keys: "\u{1B}1")
            #expect(await scene.alice.shows(prompt("lobby")))
            scene.gate.open()
            #expect(await scene.alice.shows("you have left "))
            try scene.alice.type("here")
            #expect(await scene.bob.lines { $0.hasPrefix("alice:") }.last == "alice:here")
            // One that was left is entered again, and not only looked at.
            try scene.alice.type("/join cake")
            #expect(await scene.alice.shows("you may moderate this room"))
            try scene.alice.type("/quit")
            #expect(await scene.alice.finish() == 0)
        }
    }

    @Test func `what cannot be said is put back into the line`() async throws {
        try await Stage.run { stage in
            let scene = try await scene(on: stage)
            let long = String(repeating: "x", count: 5000)
            try scene.alice.type(keys: "\u{1B}[200~first\r\(long)\u{1B}[201~\r")
            #expect(await scene.alice.shows("send 2 lines? [y/n/e]"))
            try scene.alice.type(keys: "y")
            #expect(await scene.alice.shows("nothing was said"))
            #expect(await scene.alice.shows("xxxxxxxxxx"))
            try scene.alice.type(keys: "\u{3}/leave\r")
            #expect(await scene.alice.shows(prompt("lobby")))
            try scene.alice.type("/leave")
            #expect(await scene.alice.shows("you have left "))
            try scene.alice.type("nowhere")
            #expect(await scene.alice.shows("alice › nowhere"))
            try scene.alice.type(keys: "\u{3}/join lobby\r")
            #expect(await scene.alice.shows(prompt("lobby")))
            try scene.alice.type("last")
            let heard = await scene.bob.lines { $0 == "alice:last" }
            #expect(heard.filter { $0.hasPrefix("alice:") } == ["alice:last"])
            try scene.alice.type("/quit")
            #expect(await scene.alice.finish() == 0)
        }
    }

    @Test func `the past is shown page by page, and who is put out of a room is in none`() async throws {
        try await Stage.run { stage in
            let scene = try await scene(on: stage)
            try scene.bob.write("/join cake\n" + (1...80).map { "cake \($0).\n" }.joined())
            _ = await scene.bob.lines { $0.hasSuffix("cake 80.") }
            try scene.alice.type("/join cake")
            #expect(await scene.alice.shows("cake 61."))
            #expect(await scene.alice.shows("cake 80."))
            try scene.alice.type("/history more")
            #expect(await scene.alice.shows("cake 11."))
            #expect(await scene.alice.shows("cake 60."))
            #expect(await scene.alice.shows("/history more shows what was before"))
            try scene.alice.type("/history more")
            #expect(await scene.alice.shows("cake 1."))
            #expect(await scene.alice.shows("cake 10."))
            try scene.alice.type("/history more")
            #expect(await scene.alice.shows("there is nothing older"))
            try scene.bob.write("/kick alice\n")
            #expect(await scene.alice.shows("you were put out of "))
            try scene.alice.type("anybody?")
            #expect(await scene.alice.shows("you are in no room"))
            #expect(await scene.alice.shows("› anybody?"))
            try scene.alice.type(keys: "\u{3}/quit\r")
            #expect(await scene.alice.finish() == 0)
        }
    }
}
