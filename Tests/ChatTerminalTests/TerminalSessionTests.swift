import ChatTerminal
import Testing

/// With a real terminal at the other end. One at a time: a process has one.
@Suite(.serialized) struct TerminalSessionTests {
    private func open(_ terminal: PseudoTerminal) throws -> TerminalSession {
        var configuration = TerminalSession.Configuration(environment: ["TERM": "xterm"])
        configuration.input = terminal.terminal
        configuration.output = terminal.terminal
        configuration.handlesSignals = false
        return try TerminalSession(configuration)
    }

    @Test func `keys come out as events, and lines go in`() async throws {
        let terminal = try PseudoTerminal()
        #expect(!terminal.isRaw)
        let session = try open(terminal)
        #expect(terminal.isRaw && terminal.hasLineEnds)
        var events = session.events.makeAsyncIterator()

        terminal.type("你好\rca\t")
        #expect(await events.next() == .active)
        #expect(await events.next() == .submitted("你好"))
        guard case .completionWanted(let request)? = await events.next() else {
            Issue.record("nothing is to be completed")
            return
        }
        session.complete(request, with: [Completion("carol", appendix: ": ")])
        #expect(session.line.text == "carol: ")
        #expect(session.line.cursor == 7)

        await session.print(["one", StyledText("two", .bold)])
        session.setPrompt("#tea > ")
        #expect(!session.putBack("what was not sent"))
        session.setText("")
        #expect(session.putBack("what was not sent"))
        #expect(session.line.text == "what was not sent")
        session.setText("again")
        session.bell()
        await session.close()
        #expect(await events.next() == .closed(.asked))
        #expect(await events.next() == nil)
        #expect(!terminal.isRaw)
        let written = terminal.written()
        #expect(written.contains("one\u{1B}[0m") && written.contains("\u{1B}[1mtwo\u{1B}[0m"))
        #expect(written.hasPrefix("\u{1B}[?2004h"))
        #expect(written.hasSuffix("\u{1B}[?2004l\u{1B}[0m"))

        // All of it is late, and harmless.
        await session.print(["late"])
        await session.close()
        #expect(await session.ask("late?", keys: ["y"]) == nil)
        #expect(terminal.written().isEmpty)
    }

    @Test func `a question is answered with a key`() async throws {
        let terminal = try PseudoTerminal()
        let session = try open(terminal)
        async let answer = session.ask("send? [y/n] ", keys: ["y", "n"])
        // The question is there before the key, or the key would be typed into the line.
        while !terminal.written().contains("send?") { await Task.yield() }
        terminal.type("N")
        #expect(await answer == "n")
        async let unanswered = session.ask("really? ", keys: ["y"])
        while !terminal.written().contains("really?") { await Task.yield() }
        await session.close()
        #expect(await unanswered == nil)
    }

    @Test func `a terminal that is gone ends the session`() async throws {
        let terminal = try PseudoTerminal()
        let session = try open(terminal)
        terminal.lose()
        var last: TerminalSession.Event?
        for await event in session.events { last = event }
        #expect(last == .closed(.lost))
        await session.print(["into nothing"])
    }

    @Test func `who prints more than the terminal takes waits for it`() async throws {
        let terminal = try PseudoTerminal()
        let session = try open(terminal)
        let line = StyledText(String(repeating: "x", count: 1000))
        let printing = Task {
            for _ in 0..<3000 { await session.print([line]) }
        }
        var read = 0
        while read < 3_000_000 {
            read += terminal.written().utf8.count
            await Task.yield()
        }
        await printing.value
        async let closed: Void = session.close()
        while terminal.isRaw {
            _ = terminal.written()
            await Task.yield()
        }
        await closed
    }

    @Test func `there is one at a time, and only at a terminal`() async throws {
        let terminal = try PseudoTerminal()
        let session = try open(terminal)
        #expect(throws: TerminalError.inUse) { try open(terminal) }
        await session.close()
        try await open(terminal).close()

        var configuration = TerminalSession.Configuration(environment: ["TERM": "xterm"])
        configuration.input = -1
        #expect(throws: TerminalError.notATerminal) { try TerminalSession(configuration) }
        #expect(!TerminalSession.isPossible(environment: ["TERM": "xterm"], input: -1))
        #expect(
            !TerminalSession.isPossible(
                environment: ["TERM": "dumb"],
                input: terminal.terminal,
                output: terminal.terminal
            )
        )
        #expect(
            TerminalSession.isPossible(
                environment: ["TERM": "xterm"],
                input: terminal.terminal,
                output: terminal.terminal
            )
        )
    }

    @Test func `a terminal says whether it breaks rows anew`() {
        func reflows(_ environment: [String: String]) -> Bool {
            TerminalSession.Configuration(environment: environment).reflows
        }
        #expect(reflows(["TERM": "tmux-256color"]))
        #expect(reflows(["TERM": "screen", "TMUX": "x"]))
        #expect(reflows(["TERM": "xterm-256color", "VTE_VERSION": "7000"]))
        #expect(!reflows(["TERM": "screen", "STY": "x"]))
        #expect(!reflows(["TERM": "xterm-256color"]))
        #expect(!reflows(["TERM": "linux"]))
    }
}
