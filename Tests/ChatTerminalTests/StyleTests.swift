import ChatTerminal
import Testing

@Suite struct StyleTests {
    @Test func `looks are escapes only when they are shown`() {
        var text = StyledText("12:00 ", .dim)
        text.append("alice", Style(.cyan, bold: true))
        text.append(": ")
        text.append("hi")
        #expect(text.string == "12:00 alice: hi")
        #expect(text.runs.count == 3)
        #expect(text.rendered(.sixteen) == "\u{1B}[2m12:00 \u{1B}[0m\u{1B}[1;36malice\u{1B}[0m: hi")
        #expect(text.rendered(.monochrome) == "\u{1B}[2m12:00 \u{1B}[0m\u{1B}[1malice\u{1B}[0m: hi")
        #expect(text.rendered(.none) == text.string)
    }

    @Test func `there are as many colours as the terminal has`() {
        let orange = Style(Style.Color(208), on: Style.Color(9))
        #expect(orange.escape(.full) == "\u{1B}[38;5;208;101m")
        #expect(orange.escape(.sixteen) == "\u{1B}[93;101m")
        #expect(Style(Style.Color(22)).escape(.sixteen) == "\u{1B}[32m")
        #expect(Style(Style.Color(255)).escape(.sixteen) == "\u{1B}[97m")
        #expect(Style.plain.escape(.full).isEmpty)
    }

    @Test func `what nobody may say is not shown`() {
        let evil = StyledText("a\u{1B}[2J\u{9B}2J\u{7}\r\n\u{202E}b")
        #expect(evil.rendered(.full) == "a\u{FFFD}[2J\u{FFFD}2J\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b")
    }

    @Test(arguments: [
        (ColorDepth.Wish.auto, true, ["TERM": "xterm-256color"], ColorDepth.full),
        (.auto, true, ["TERM": "screen"], .sixteen),
        (.auto, true, ["TERM": "xterm", "COLORTERM": "truecolor"], .full),
        (.auto, true, ["TERM": "xterm-256color", "NO_COLOR": "1"], .monochrome),
        (.auto, true, ["TERM": "xterm-256color", "NO_COLOR": ""], .full),
        (.always, true, ["TERM": "xterm-256color", "NO_COLOR": "1"], .full),
        (.always, false, [:], .sixteen),
        (.never, true, ["TERM": "xterm"], .monochrome),
        (.auto, true, ["TERM": "dumb"], .none),
        (.auto, true, [:], .none),
        (.auto, false, ["TERM": "xterm"], .none),
        (.never, false, ["TERM": "xterm"], .none),
    ])
    func `the environment is heard`(
        wish: ColorDepth.Wish,
        atTerminal: Bool,
        environment: [String: String],
        depth: ColorDepth
    ) {
        #expect(ColorDepth(wish: wish, atTerminal: atTerminal, environment: environment) == depth)
    }
}
