import ChatTerminal
import Testing

/// An editor and the keys that were pressed, as bytes; `|` shows where the cursor stands.
private struct Line {
    var editor = LineEditor()
    var parser = KeyParser()
    var outcomes: [LineEditor.Outcome] = []

    init(_ keys: String = "", limit: Int = 4096) {
        editor = LineEditor(limit: limit)
        press(keys)
    }

    mutating func press(_ keys: String) {
        for key in keys.utf8.flatMap({ parser.read([$0], at: .zero) }) + parser.expire(at: .seconds(9)) {
            let outcome = editor.handle(key)
            if outcome != .done { outcomes.append(outcome) }
        }
    }

    var shown: String {
        let text = Array(editor.text)
        return String(text[..<editor.cursor]) + "|" + String(text[editor.cursor...])
    }
}

private let esc = "\u{1B}"
private let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"

@Suite struct LineEditorTests {
    @Test(arguments: [
        ("abc\u{1}x", "x|abc"), ("abc\u{1}\u{5}x", "abcx|"), ("abc\(esc)[D\(esc)[Dx", "ax|bc"),
        ("abc\u{2}\u{2}\u{6}x", "abx|c"), ("abc\(esc)[Hx\(esc)[Fy", "xabcy|"),
        ("abc\(esc)[H\(esc)[3~", "|bc"), ("abc\u{1}\u{4}", "|bc"), ("abc\u{7F}\u{8}", "a|"),
        ("one two\(esc)b", "one |two"), ("one two\(esc)b\(esc)b", "|one two"), ("one two\u{1}\(esc)f", "one| two"),
        ("one two\(esc)[1;5D", "one |two"), ("one two\u{1}\(esc)[1;5C", "one| two"),
        ("one two\u{17}", "one |"), ("one/two\u{17}", "|"), ("one/two\(esc)\u{7F}", "one/|"),
        ("one two\u{1}\(esc)d", "| two"), ("one two\u{2}\u{2}\u{2}\u{B}", "one |"), ("one two\(esc)b\u{15}", "|two"),
        ("one two\u{17}\u{17}\u{19}", "one two|"), ("one two\(esc)b\u{15}\u{5}\u{19}", "twoone |"),
        ("a b\u{17}x\u{7F}\u{17}\u{19}\(esc)y", "b|"), ("a b\u{17}x\u{7F}\u{17}\u{19}\(esc)y\(esc)y", "a |"),
        ("ab\u{14}", "ba|"), ("abc\u{2}\u{2}\u{14}", "ba|c"), ("one two\(esc)t", "two one|"),
        ("one two three\(esc)b\(esc)t", "one three two|"), ("one two \(esc)t", "two one| "),
        ("one\u{1}\(esc)u", "ONE|"), ("ONE\u{1}\(esc)l", "one|"), ("one TWO\u{1}\(esc)c\(esc)c", "One Two|"),
        ("你好世界\(esc)[D\(esc)[DX", "你好X|世界"), ("你好世界\u{7F}\u{7F}", "你好|"),
        ("a\(family)b\(esc)[D\u{7F}", "a|b"), ("cafe\u{301}\u{7F}", "caf|"),
        ("\u{1F44D}\u{1F3FD}x\(esc)[D\u{7F}", "|x"),
        ("\u{1F1EB}\u{1F1F7}\u{7F}", "|"), ("a\(esc)\rb", "a\nb|"), ("a\(esc)\rb\(esc)[A", "a|\nb"),
        ("a\(esc)\rbc\(esc)[A\(esc)[Bx", "a\nbx|c"), ("a\(esc)\rbc\u{1}x", "a\nx|bc"),
        ("a\(esc)\rbc\u{15}\u{15}", "a|"),
        ("ab\(esc)\rc\(esc)[A\u{B}\u{B}", "a|c"),
    ])
    func `keys edit`(keys: String, shown: String) {
        #expect(Line(keys).shown == shown)
    }

    @Test(arguments: [
        "\(esc)[15~", "\(esc)[5~", "\(esc)[1;5A", "\(esc)[1;2C", "\(esc)x", "\u{1C}", "\u{0}", "\(esc)",
    ])
    func `other keys insert nothing`(keys: String) {
        let line = Line("abc" + keys)
        #expect(line.shown == "abc|")
        #expect(line.outcomes.isEmpty)
    }

    @Test func `bytes of a character may come apart`() {
        var line = Line("e")
        line.press("\u{301}")
        #expect(line.editor.cursor == 1)
        line.press(family)
        line.press("\(esc)[D\u{1F468}\u{200D}")
        #expect(line.shown == "e\u{301}\u{1F468}\u{200D}\(family)|")
    }

    @Test func `a letter in the middle of flags shifts what is one, and nothing is lost`() {
        var line = Line("\u{1F1EB}\u{1F1F7}\u{1F1E9}\u{1F1EA}\u{1}")
        line.press("\u{1F1E6}")
        #expect(line.editor.text.unicodeScalars.count == 5)
        #expect(line.editor.cursor == 1)
    }

    @Test func `Enter sends, and an empty line is not sent`() {
        let line = Line("\rhi\r")
        #expect(line.outcomes == [.submitted("hi")])
        #expect(line.editor.text.isEmpty)
    }

    @Test func `a paste of some lines is sent by Enter, as one`() {
        var line = Line("\(esc)[200~one\rtwo\rthree\(esc)[201~")
        #expect(line.outcomes.isEmpty)
        line.press("\r")
        #expect(line.outcomes == [.submitted("one\ntwo\nthree")])
    }

    @Test func `control characters do not get in`() {
        #expect(
            Line("\(esc)[200~a\tb\u{1B}[2J\u{9B}\u{202E}\(esc)[201~").editor.text == "a b\u{FFFD}[2J\u{FFFD}\u{FFFD}"
        )
    }

    @Test func `what is too long is cut, with a bell`() {
        var line = Line("12345你", limit: 6)
        #expect(line.editor.text == "12345")
        #expect(line.outcomes == [.bell])
        line.press("\(esc)[200~678\(esc)[201~")
        #expect(line.editor.text == "123456")
        line.press("\u{15}\u{19}\u{19}")
        #expect(line.editor.text == "123456")
        #expect(line.outcomes == [.bell, .bell, .bell])
    }

    @Test func `what is cleaned counts as it stands`() {
        var line = Line("\(esc)[200~\u{1}\u{2}\u{3}\u{4}\(esc)[201~", limit: 8)
        #expect(line.editor.text == "\u{FFFD}\u{FFFD}" && line.outcomes == [.bell])
        line.editor.setText("\u{1}\u{2}\u{3}\u{4}")
        #expect(line.editor.text.utf8.count <= 8)
    }

    @Test func `undo goes back by words`() {
        var line = Line("one two\u{17}")
        line.press("\u{1F}")
        #expect(line.shown == "one two|")
        line.press("\u{1F}")
        #expect(line.shown == "one |")
        line.press("\u{1F}\u{1F}")
        #expect(line.shown == "|")
        #expect(line.outcomes == [.bell])
    }

    @Test func `the history keeps the draft, and changes`() {
        var line = Line("one\rtwo\rtwo\rdraft")
        line.press("\(esc)[A\(esc)[A")
        #expect(line.shown == "one|")
        line.press("!\(esc)[B\(esc)[B")
        #expect(line.shown == "draft|")
        line.press("\u{10}\u{10}")
        #expect(line.shown == "one!|")
        line.press("\u{10}")
        #expect(line.outcomes.last == .bell)
        line.press("\r\(esc)[A\(esc)[A\(esc)[A")
        #expect(line.shown == "one|")
    }

    @Test func `lines with a secret are not remembered`() {
        var editor = LineEditor(keepsOutOfHistory: { $0.hasPrefix("/oper ") })
        editor.setText("/oper bob secret")
        #expect(editor.handle(.press(.enter)) == .submitted("/oper bob secret"))
        #expect(editor.handle(.press(.up)) == .bell)
    }

    @Test func `Ctrl-C throws away, and then interrupts; Ctrl-D deletes, and then ends`() {
        var line = Line("abc\u{3}")
        #expect(line.shown == "|")
        line.press("\u{1F}\u{1}\u{4}")
        #expect(line.shown == "|bc")
        line.press("\u{3}\u{3}\u{4}")
        #expect(line.outcomes == [.interrupted, .ended])
    }

    @Test func `some keys are for others`() {
        #expect(
            Line("\u{1A}\u{C}\(esc)1\(esc)9\(esc)[1;3D\(esc)[1;3C").outcomes
                == [.suspend, .clearScreen, .room(.number(1)), .room(.number(9)), .room(.previous), .room(.next)]
        )
    }
}

@Suite struct HistorySearchTests {
    private func line(_ keys: String) -> Line { Line("foo bar\rbaz Foo\rlast\rdraft" + keys) }

    @Test func `Esc puts the hit in the line`() {
        let found = line("\u{12}foo\(esc)")
        #expect(found.shown == "baz |Foo")
        #expect(found.outcomes.count == 3)
        #expect(found.editor.searching == nil)
    }

    @Test func `Ctrl-R looks further back, Ctrl-S comes back`() {
        #expect(line("\u{12}foo\u{12}\(esc)").shown == "|foo bar")
        #expect(line("\u{12}foo\u{12}\u{13}\(esc)").shown == "baz |Foo")
        var found = line("\u{12}foo\u{12}\u{12}")
        #expect(found.outcomes.last == .bell)
        #expect(found.editor.searching?.isFound == false)
        found.press("\(esc)")
        #expect(found.shown == "|foo bar")
    }

    @Test func `capitals look for capitals, backspace for less`() {
        #expect(line("\u{12}Fooo\u{7F}\(esc)").shown == "baz |Foo")
        #expect(line("\u{12}la\u{7F}\u{7F}\(esc)").shown == "draft|")
    }

    @Test func `Ctrl-G gives up, Enter sends, and other keys go on with the hit`() {
        #expect(line("\u{12}foo\u{7}").shown == "draft|")
        #expect(line("\u{12}foo\r").outcomes.last == .submitted("baz Foo"))
        #expect(line("\u{12}foo\u{5}!").shown == "baz Foo!|")
        #expect(line("\u{12}foo\(esc)\u{1F}").shown == "draft|")
        #expect(line("\u{12}foo\u{5}\(esc)[B\(esc)[B").shown == "draft|")
        #expect(line("\u{12}foo\u{5}\u{3}\u{12}\u{12}\(esc)").shown == "baz |Foo")
    }
}

@Suite struct CompletionTests {
    private let names = ["carol", "alice", "alina", "小明"]

    /// Presses keys, and answers Tab.
    private func shown(_ keys: String...) -> String {
        var line = Line()
        for key in keys {
            line.press(key)
            guard case .completionWanted(let request)? = line.outcomes.last else { continue }
            line.outcomes.removeLast()
            let found = names.filter { $0.hasPrefix(request.word.lowercased()) }
            let outcome = line.editor.complete(
                request,
                with: found.map { Completion($0, appendix: request.isFirst ? ": " : " ") }
            )
            if outcome != .done { line.outcomes.append(outcome) }
        }
        return line.shown + (line.outcomes.isEmpty ? "" : " \(line.outcomes.count)")
    }

    @Test func `the only one is put in`() {
        #expect(shown("car", "\t") == "carol: |")
        #expect(shown("hi car", "\t") == "hi carol |")
        #expect(shown("hi car!\u{2}", "\t") == "hi carol |!")
        #expect(shown("小", "\t") == "小明: |")
        #expect(shown("x", "\t") == "x| 1")
    }

    @Test func `several have something in common, and come in turn`() {
        #expect(shown("A", "\t") == "ali|")
        #expect(shown("al", "\t", "\t") == "alice: |")
        #expect(shown("al", "\t", "\t", "\t") == "alina: |")
        #expect(shown("al", "\t", "\t", "\t", "\t") == "ali|")
        #expect(shown("al", "\t", "\t", "\(esc)[Z") == "ali|")
        #expect(shown("al", "\t", "\t", "\(esc)[Z", "\(esc)[Z") == "alina: |")
        #expect(shown("al", "\t", "\t", "x", "\u{1F}", "\u{1F}") == "ali|")
        #expect(shown("al", "\t", "\t", "\t", "hi al", "\t") == "alina: hi ali|")
    }

    @Test func `an answer that comes late changes nothing`() {
        var line = Line("car\t")
        guard case .completionWanted(let request)? = line.outcomes.last else {
            Issue.record("nothing is wanted")
            return
        }
        line.press("x")
        #expect(line.editor.complete(request, with: [Completion("carol")]) == .done)
        #expect(line.shown == "carx|")
    }
}
