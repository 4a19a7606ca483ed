import ChatTerminal
import Testing

@Suite struct InlineViewTests {
    @Test func `what is said comes above, and the line stays`() {
        var stage = Stage(20, 5)
        stage.type("hello")
        stage.press(.press(.left), .press(.left))
        expect(stage.screen, "> hel|lo\n\n\n\n")
        stage.draw("one", "two")
        expect(stage.screen, "one\ntwo\n> hel|lo\n\n")
        for number in 3...9 { stage.draw(StyledText("line \(number)")) }
        expect(stage.screen, "line 6\nline 7\nline 8\nline 9\n> hel|lo")
        #expect(stage.screen.everything == ["one", "two"] + (3...9).map { "line \($0)" } + ["> hello"])
    }

    @Test func `long lines are broken one column before the edge`() {
        var stage = Stage(10, 6)
        stage.type("abcdefghijklmnop")
        stage.draw("1")
        expect(stage.screen, "1\n> abcdefg\nhijklmnop|\n\n\n")
        stage.type("q")
        expect(stage.screen, "1\n> abcdefg\nhijklmnop\nq|\n\n")
        stage.press(.press(.home))
        stage.draw("a message that is longer than a row")
        expect(stage.screen, "that is lo\nnger than\na row\n> |abcdefg\nhijklmnop\nq")
        #expect(
            stage.screen.everything == ["1", "a message that is longer than a row", "> abcdefg", "hijklmnop", "q"]
        )
    }

    @Test func `where a row ends, the cursor is before what comes next`() {
        var stage = Stage(10, 4)
        stage.type("abcdefgh")
        stage.press(.press(.left))
        expect(stage.screen, "> abcdefg\n|h\n\n")
        stage.press(.press(.left))
        expect(stage.screen, "> abcdef|g\nh\n\n")
    }

    @Test func `a long line that is emptied takes nothing along`() {
        var stage = Stage(10, 8)
        stage.draw("one", "two")
        stage.type("abcdefghijklmnopqrstuv")
        stage.press(.control("u"))
        stage.draw("three")
        expect(stage.screen, "one\ntwo\nthree\n> |\n\n\n\n")
        stage.press(.control("y"), .control("a"))
        stage.press(.control("k"))
        stage.draw("four")
        expect(stage.screen, "one\ntwo\nthree\nfour\n> |\n\n\n")
    }

    @Test func `wide characters are not cut in half`() {
        var stage = Stage(10, 4)
        stage.type("你好世界x")
        expect(stage.screen, "> 你好世\n界x|\n\n")
        stage.press(.press(.left), .press(.left))
        expect(stage.screen, "> 你好世\n|界x\n\n")
        stage.press(.press(.left))
        expect(stage.screen, "> 你好|世\n界x\n\n")
    }

    @Test func `a terminal may take emoji for wider or narrower than we do`() {
        for widths in [Screen.Widths.clusters, .scalars, .least] {
            var stage = Stage(12, 4)
            stage.screen = Screen(12, 4, widths: widths)
            stage.type("a\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}b\u{1F1EB}\u{1F1F7}c\u{2764}\u{FE0F}d")
            stage.press(.press(.left))
            #expect(stage.screen.underCursor == "d")
            stage.press(.press(.left))
            #expect(stage.screen.underCursor == "\u{2764}\u{FE0F}")
            stage.press(.control("a"), .press(.right))
            #expect(stage.screen.underCursor == "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}")
        }
    }

    @Test func `a line that is too tall scrolls, and leaves a row for what is said`() {
        var stage = Stage(6, 4)
        stage.type("abcdefghijklmnopqrstuvwxyz")
        stage.draw("hi")
        expect(stage.screen, "hi\nnopqr\nstuvw\nxyz|")
        stage.press(.press(.home))
        expect(stage.screen, "hi\n> |abc\ndefgh\nijklm")
        stage.press(.press(.end), .press(.left))
        expect(stage.screen, "hi\nnopqr\nstuvw\nxy|z")
    }

    @Test func `lines end where they end`() {
        var stage = Stage(12, 5)
        stage.press(.paste("one\ntwo\n", isCut: false))
        expect(stage.screen, "> one↵\ntwo↵\n|\n\n")
        stage.press(.press(.up), .press(.up))
        expect(stage.screen, "> |one↵\ntwo↵\n\n\n")
        stage.press(.press(.end))
        expect(stage.screen, "> one|↵\ntwo↵\n\n\n")
    }

    @Test func `the looks of the prompt have no width`() {
        var stage = Stage(14, 3)
        stage.prompt = StyledText("#a ", .dim) + StyledText("b", Style(.cyan, bold: true)) + " › "
        stage.type("1234567")
        expect(stage.screen, "#a b › 123456\n7|\n")
        stage.view = InlineView(size: stage.view.size, depth: .none, reflows: true)
        #expect(!stage.view.frame(input: stage.input).contains("m"))
    }

    @Test func `a prompt that is too long shows its end`() {
        var stage = Stage(16, 3)
        stage.prompt = StyledText("#a-long-room ", .dim) + StyledText("alice › ")
        stage.type("x")
        expect(stage.screen, "…lice › x|\n\n")
    }

    @Test func `a mark without a letter has a place of its own`() {
        var stage = Stage(12, 3)
        stage.type("\u{301}x")
        expect(stage.screen, "> \u{25CC}\u{301}x|\n\n")
    }

    @Test func `the screen is cleared and nothing is lost`() {
        var stage = Stage(12, 4)
        stage.draw("one", "two")
        stage.type("abc")
        stage.screen.play(stage.view.frameOnClearScreen(input: stage.input))
        expect(stage.screen, "> abc|\n\n\n")
        stage.draw("three")
        expect(stage.screen, "three\n> abc|\n\n")
        #expect(stage.screen.everything.filter { !$0.isEmpty } == ["one", "two", "three", "> abc"])
    }

    @Test func `it leaves the cursor where it found it`() {
        var stage = Stage(12, 4)
        stage.draw("one")
        stage.type("abcdefghijklmno")
        stage.screen.play(stage.view.erase())
        expect(stage.screen, "one\n|\n\n")
        stage.draw("two")
        expect(stage.screen, "one\ntwo\n> abcdefghi\njklmno|")
    }

    @Test func `nothing remote moves the cursor`() {
        var stage = Stage(20, 3)
        stage.draw("a\u{1B}[2J\u{9B}1;1H\u{1B}]0;x\u{7}\r\u{202E}b")
        expect(stage.screen, "a\u{FFFD}[2J\u{FFFD}1;1H\u{FFFD}]0;x\u{FFFD}\u{FFFD}\u{FFFD}b\n> |\n")
    }

    @Test func `the smallest terminals are survived`() {
        var stage = Stage(60, 12)
        stage.type("a long line 你好, that needs more than one row at the width that this terminal has")
        for (columns, rows) in [(12, 3), (5, 2), (1, 1), (2, 1), (1, 5), (60, 12)] {
            stage.resize(columns, rows)
            stage.draw("x")
        }
        #expect(stage.editor.text.hasPrefix("a long line"))
        #expect(stage.screen.visible.suffix(4).joined().contains(stage.editor.text.suffix(10)))
    }
}
