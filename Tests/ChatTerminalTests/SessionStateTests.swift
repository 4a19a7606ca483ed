import ChatCore
import Testing

@testable import ChatTerminal

@Suite struct SessionStateTests {
    private func state(_ columns: Int = 40, _ rows: Int = 10) -> SessionState {
        var configuration = TerminalSession.Configuration(environment: ["TERM": "tmux"])
        configuration.depth = .none
        return SessionState(configuration, size: TerminalSize(columns: columns, rows: rows))
    }

    private func ms(_ number: Int) -> Duration { .milliseconds(number) }

    @Test func `keys are drawn at once, and what is said a few times in a frame`() {
        var state = state()
        #expect(state.frame(at: ms(0)) != nil)
        #expect(state.deadline(at: ms(0)) == nil)
        state.print(["one"])
        #expect(state.deadline(at: ms(5)) == ms(16))
        #expect(state.frame(at: ms(5)) == nil)
        state.print(["two"])
        let frame = state.frame(at: ms(16))?.bytes ?? ""
        #expect(frame.contains("one") && frame.contains("two"))
        _ = state.read(Array("x".utf8), at: ms(17))
        #expect(state.frame(at: ms(17))?.bytes.contains("> x") == true)
    }

    @Test func `which window is in front is told, and changes nothing`() {
        var state = state()
        _ = state.read(Array("ab".utf8), at: ms(0))
        _ = state.frame(at: ms(0))
        #expect(state.read(Array("\u{1B}[O\u{1B}[I".utf8), at: ms(1)) == [.event(.focus(false)), .event(.focus(true))])
        #expect(state.frame(at: ms(50)) == nil)
        #expect(state.editor.text == "ab")
    }

    @Test func `a window that is still pulled at may have another width than it says`() {
        var state = state(40, 10)
        _ = state.read(Array(String(repeating: "x", count: 60).utf8), at: ms(0))
        _ = state.frame(at: ms(0))
        // Each is another one, until it is given up to wait.
        for step in 0..<15 {
            state.sizeIs(TerminalSize(columns: 20 + step % 2, rows: 10), isTold: true, at: ms(1000 + step * 100))
        }
        // The two rows would be four in 20 columns. Perhaps they are not, so no more is erased than was drawn.
        let frame = state.frame(at: ms(2500))?.bytes ?? ""
        #expect(frame.contains("\u{1B}[1A") && !frame.contains("\u{1B}[3A"))
    }

    @Test func `keys come in between many lines`() {
        var state = state()
        state.print((0..<1000).map { StyledText("line \($0) " + String(repeating: "x", count: 100)) })
        let first = state.frame(at: ms(0))?.bytes ?? ""
        #expect(first.utf8.count < 2 * SessionState.frameBytes)
        #expect(state.hasLines)
        _ = state.read(Array("x".utf8), at: ms(1))
        #expect(state.frame(at: ms(1))?.bytes.contains("> x") == true)
        for turn in 2..<20 { _ = state.frame(at: ms(16 * turn)) }
        #expect(!state.hasLines)
        #expect(state.waitingBytes == 0)
    }

    @Test func `a window that is pulled at is waited for`() {
        var state = state()
        _ = state.frame(at: ms(0))
        state.sizeIs(TerminalSize(columns: 30, rows: 10), isTold: true, at: ms(1000))
        state.print(["one"])
        #expect(state.read(Array("x".utf8), at: ms(1001)).isEmpty)
        #expect(state.frame(at: ms(1299)) == nil)
        #expect(state.deadline(at: ms(1299)) == ms(1300))
        state.sizeIs(TerminalSize(columns: 20, rows: 10), isTold: true, at: ms(1299))
        #expect(state.frame(at: ms(1598)) == nil)
        let frame = state.frame(at: ms(1599))
        #expect(frame?.resized == TerminalSize(columns: 20, rows: 10))
        #expect(frame?.bytes.contains("one") == true && frame?.bytes.contains("> x") == true)
    }

    @Test func `and not for ever`() {
        var state = state()
        _ = state.frame(at: ms(0))
        for turn in 0..<8 { state.sizeIs(TerminalSize(columns: 30 + turn, rows: 10), isTold: true, at: ms(200 * turn)) }
        #expect(state.frame(at: ms(1499)) == nil)
        #expect(state.frame(at: ms(1500))?.resized == TerminalSize(columns: 37, rows: 10))
    }

    @Test func `what was drawn while somebody pulled is in doubt`() {
        // The row is taken for two by who is certain of its width, and then more is taken away.
        func climbs(afterPulling: Bool) -> Bool {
            var state = self.state()
            _ = state.read(Array("a text that has two rows of forty columns".utf8), at: ms(0))
            _ = state.frame(at: ms(0))
            for turn in 0..<(afterPulling ? 8 : 1) {
                state.sizeIs(TerminalSize(columns: 40, rows: 10 + turn % 2), isTold: true, at: ms(200 * turn))
            }
            _ = state.frame(at: ms(1500))
            state.sizeIs(TerminalSize(columns: 20, rows: 10), isTold: true, at: ms(1700))
            return state.frame(at: ms(2000))?.bytes.contains("\u{1B}[2A") == true
        }
        var state = self.state()
        _ = state.read(Array("a text that has two rows of forty columns".utf8), at: ms(0))
        _ = state.frame(at: ms(0))
        for turn in 0..<8 {
            state.sizeIs(TerminalSize(columns: 20, rows: 10 + turn % 2), isTold: true, at: ms(100 + 200 * turn))
        }
        #expect(state.frame(at: ms(1600))?.bytes.contains("\u{1B}[1A") == true)
        #expect(climbs(afterPulling: false))
        #expect(!climbs(afterPulling: true))
    }

    @Test func `a size that nobody told of is noticed`() {
        var state = state()
        _ = state.frame(at: ms(0))
        state.sizeIs(TerminalSize(columns: 40, rows: 10), isTold: false, at: ms(100))
        #expect(state.deadline(at: ms(100)) == nil)
        state.sizeIs(TerminalSize(columns: 30, rows: 10), isTold: false, at: ms(100))
        state.sizeIs(TerminalSize(columns: 30, rows: 10), isTold: false, at: ms(200))
        #expect(state.deadline(at: ms(200)) == ms(400))
    }

    @Test func `keys become events`() {
        var state = state()
        let effects = state.read(Array("hi\r\u{1B}2\u{1A}\u{3}\u{4}".utf8), at: ms(0))
        #expect(
            effects == [
                .event(.submitted("hi")), .event(.room(.number(2))), .suspend, .event(.interrupted), .event(.ended),
            ]
        )
        _ = state.read([0x1B], at: ms(0))
        #expect(state.deadline(at: ms(1)) == ms(1))
        _ = state.frame(at: ms(1))
        #expect(state.deadline(at: ms(1)) == ms(250))
        #expect(state.read(Array("x".utf8), at: ms(300)).isEmpty)
        #expect(state.editor.text == "x")
    }

    @Test func `a bell rings with the next frame, once`() {
        var state = state()
        _ = state.frame(at: ms(0))
        _ = state.read([0x7F], at: ms(100))
        #expect(state.frame(at: ms(100))?.bytes.hasSuffix("\u{7}") == true)
        state.bell()
        #expect(state.frame(at: ms(200))?.bytes.hasSuffix("\u{7}") == true)
        #expect(state.frame(at: ms(300)) == nil)
    }

    @Test func `a question takes the place of the line, which comes back`() async {
        var state = state()
        _ = state.read(Array("draft".utf8), at: ms(0))
        let (answers, continuation) = AsyncStream<Character?>.makeStream()
        for text in ["one? ", "two? ", "three? "] as [StyledText] {
            state.ask(SessionState.Question(text: text, keys: ["y", "n"]) { continuation.yield($0) })
        }
        var frame = state.frame(at: ms(1))?.bytes ?? ""
        #expect(frame.contains("one? ") && !frame.contains("draft"))
        #expect(state.read(Array("xY".utf8), at: ms(2)).isEmpty)
        #expect(state.frame(at: ms(2))?.bytes.contains("two? ") == true)
        _ = state.read([0x3], at: ms(3))
        _ = state.read(Array("z\r".utf8), at: ms(4))
        #expect(state.frame(at: ms(4))?.bytes.contains("three? ") == true)
        state.dropQuestions()
        _ = state.read(Array("!".utf8), at: ms(5))
        frame = state.frame(at: ms(5))?.bytes ?? ""
        #expect(frame.contains("> draft!"))
        continuation.finish()
        var given: [Character?] = []
        for await answer in answers { given.append(answer) }
        #expect(given == ["y", nil, nil])
    }

    @Test func `a prompt that others change is drawn a few times in a frame`() {
        var state = state()
        _ = state.frame(at: ms(0))
        for number in 1...10 {
            state.prompt = StyledText("\(number) > ")
            #expect(state.frame(at: ms(number)) == nil)
            #expect(state.deadline(at: ms(number)) == ms(16))
        }
        #expect(state.frame(at: ms(16))?.bytes.contains("10 > ") == true)
        state.prompt = "10 > "
        #expect(state.deadline(at: ms(17)) == nil)
    }

    @Test func `where lines come it is looked for more, and not for ever`() {
        var state = state()
        _ = state.read(Array("x".utf8), at: ms(0))
        _ = state.frame(at: ms(0))
        #expect(state.deadline(at: ms(0)) == nil)
        #expect(!state.looksAgain)
        state.print(["one"])
        #expect(state.frame(at: ms(20))?.bytes.contains("one") == true)
        #expect(state.deadline(at: ms(20)) == ms(36))
        #expect(state.looksAgain)
        state.print(["two"])
        #expect(state.frame(at: ms(36))?.bytes.contains("two") == true)
        #expect(state.deadline(at: ms(37)) == ms(52))
        #expect(state.frame(at: ms(52)) == nil)
        #expect(state.deadline(at: ms(52)) == nil)
        #expect(!state.looksAgain)
    }

    @Test func `each change of the line is drawn, though frames reuse what is laid out`() {
        var state = state()
        func draws(_ text: String, at time: Int) -> Bool {
            state.print(["line \(time)"])
            return state.frame(at: ms(time))?.bytes.contains(text) == true
        }
        _ = state.read(Array("one".utf8), at: ms(0))
        #expect(draws("> one", at: 100))
        #expect(draws("> one", at: 200))
        state.setText("two")
        #expect(draws("> two", at: 300))
        state.prompt = "# "
        #expect(draws("# two", at: 400))
        state.ask(SessionState.Question(text: "sure? ", keys: ["y"]) { _ in })
        #expect(draws("sure? ", at: 500))
        state.dropQuestions()
        #expect(draws("# two", at: 600))
    }

    @Test func `others ring once a second, and keys when they like`() {
        var state = state()
        _ = state.frame(at: ms(0))
        var rings = 0
        for time in 1...2500 {
            state.call(at: ms(time))
            if let frame = state.frame(at: ms(time)) { rings += frame.bytes.count { $0 == "\u{7}" } }
        }
        #expect(rings == 3)
        state.bell()
        state.bell()
        #expect(state.frame(at: ms(2600))?.bytes.count { $0 == "\u{7}" } == 1)
        #expect(state.deadline(at: ms(2600)) == nil)
    }

    @Test func `notifications are one in five seconds, and say how many they are`() {
        var state = state()
        _ = state.frame(at: ms(0))
        func notify(_ name: String) {
            state.notify(Showing.Alert(title: name, text: CleanText("hi")), by: .osc9)
        }
        notify("bob")
        #expect(state.frame(at: ms(16))?.bytes.contains("]9;bob: hi\u{1B}") == true)
        for name in ["ann", "carol", "dan"] { notify(name) }
        #expect(state.deadline(at: ms(20)) == ms(5016))
        state.print(["one"])
        #expect(state.frame(at: ms(32))?.bytes.contains("]9;") == false)
        #expect(state.frame(at: ms(5016))?.bytes.contains("]9;dan (3): hi") == true)
        #expect(state.deadline(at: ms(5016)) == nil)
    }

    @Test func `a window that comes to the front is nobody who types`() {
        var state = state()
        _ = state.read(Array("\u{1B}[I".utf8), at: ms(0))
        let window = state.takeActivity()
        _ = state.read(Array("\u{1B}[Ox".utf8), at: ms(1))
        #expect([window, state.takeActivity(), state.takeActivity()] == [false, true, false])
    }

    @Test func `who looks at the window needs no notification`() {
        var state = state()
        let alert = Showing.Alert(title: "bob", text: CleanText("hi"))
        func isTold(at time: Int) -> Bool {
            state.notify(alert, by: .osc9)
            return state.frame(at: ms(time))?.bytes.contains("]9;") == true
        }
        _ = state.frame(at: ms(0))
        // As long as the terminal says nothing, nobody knows.
        #expect(isTold(at: 1000))
        _ = state.read(Array("x".utf8), at: ms(9000))
        #expect(isTold(at: 9000))
        _ = state.read(Array("\u{1B}[I".utf8), at: ms(20000))
        #expect(!isTold(at: 20000))
        _ = state.read(Array("\u{1B}[O".utf8), at: ms(30000))
        #expect(isTold(at: 30000))
        // The word that it is in front again was lost.
        _ = state.read(Array("x".utf8), at: ms(40000))
        #expect(!isTold(at: 40000))
        // What waits is dropped when its user looks.
        _ = state.read(Array("\u{1B}[O".utf8), at: ms(50000))
        state.notify(alert, by: .osc9)
        _ = state.read(Array("\u{1B}[I".utf8), at: ms(50000))
        #expect(state.frame(at: ms(50020))?.bytes.contains("]9;") != true)
    }

    @Test func `several lines are asked about when Enter is pressed, and what is typed next is typed`() {
        let pasted = "\u{1B}[200~one\rtwo\u{1B}[201~"
        func asked() -> SessionState {
            var configuration = TerminalSession.Configuration(environment: ["TERM": "tmux"])
            configuration.lineQuestion = { StyledText("send \($0)? ") }
            return SessionState(configuration, size: TerminalSize(columns: 40, rows: 10))
        }
        var state = asked()
        #expect(state.read(Array((pasted + "\r").utf8), at: ms(0)).isEmpty)
        #expect(state.frame(at: ms(0))?.bytes.contains("send 2? ") == true)
        #expect(state.read(Array("yhello".utf8), at: ms(1)) == [.event(.submitted("one\ntwo"))])
        #expect(state.editor.text == "hello")
        for answer in ["n", "E", "\u{3}", "\u{7}"] {
            state = asked()
            #expect(state.read(Array((pasted + "\r" + answer).utf8), at: ms(0)).isEmpty)
            #expect(state.editor.text == "one\ntwo")
            #expect(state.read(Array("!\ry".utf8), at: ms(1)) == [.event(.submitted("one\ntwo!"))])
        }
        state = asked()
        _ = state.read(Array((pasted + "\r\u{1B}").utf8), at: ms(0))
        #expect(state.expire(at: ms(250)).isEmpty)
        #expect(state.editor.text == "one\ntwo")
        // Other keys are no answer, and one line is no question.
        #expect(state.read(Array("\r\r\u{1A}".utf8), at: ms(300)) == [.suspend])
        #expect(state.read(Array("y".utf8), at: ms(301)) == [.event(.submitted("one\ntwo"))])
        #expect(state.read(Array("x\u{1B}\r\r".utf8), at: ms(302)) == [.event(.submitted("x\n"))])
    }

    @Test func `several lines from the search are asked about`() {
        var configuration = TerminalSession.Configuration(environment: ["TERM": "tmux"])
        configuration.lineQuestion = { StyledText("send \($0)? ") }
        var state = SessionState(configuration, size: TerminalSize(columns: 40, rows: 10))
        _ = state.read(Array("one\u{1B}\rtwo\ry\u{12}one\r".utf8), at: ms(0))
        #expect(state.asksAboutLines != nil)
        #expect(state.read(Array("y".utf8), at: ms(1)) == [.event(.submitted("one\ntwo"))])
    }

    @Test func `what is typed behind an answer is typed`() {
        var state = state()
        state.ask(SessionState.Question(text: "one? ", keys: ["y", "n"]) { _ in })
        _ = state.read(Array("yhello".utf8), at: ms(0))
        #expect(state.editor.text == "hello")
    }

    @Test func `the search has a prompt of its own`() {
        var state = state()
        _ = state.read(Array("foo bar\r\u{12}bar".utf8), at: ms(0))
        #expect(state.frame(at: ms(0))?.bytes.contains("search bar: foo bar") == true)
    }

    @Test func `who leaves prints what waits, and who comes back draws anew`() {
        var state = state()
        var screen = Screen(40, 10)
        _ = state.read(Array("draft".utf8), at: ms(0))
        screen.play(state.frame(at: ms(0))?.bytes ?? "")
        state.print(["one"])
        screen.play(state.leave())
        expect(screen, "one\n|" + String(repeating: "\n", count: 8))
        state.resume(size: TerminalSize(columns: 40, rows: 10), isClean: true)
        screen.play(state.frame(at: ms(1))?.bytes ?? "")
        expect(screen, "one\n> draft|" + String(repeating: "\n", count: 8))
        screen.play("\r\nshell\r\n")
        state.resume(size: TerminalSize(columns: 40, rows: 10), isClean: false)
        screen.play(state.frame(at: ms(100))?.bytes ?? "")
        expect(screen, "one\n> draft\nshell\n> draft|" + String(repeating: "\n", count: 6))
    }
}
