import ChatTerminal
import Testing

@Suite struct KeyParserTests {
    /// All bytes at once.
    private func keys(_ text: String) -> [Key] {
        var parser = KeyParser()
        return parser.read(Array(text.utf8), at: .zero)
    }

    static let known: [(String, [Key])] = [
        ("abc", [.text("abc")]),
        ("你好", [.text("你好")]),
        ("e\u{301}\u{1F468}\u{200D}\u{1F469}", [.text("e\u{301}\u{1F468}\u{200D}\u{1F469}")]),
        ("a\rb\n", [.text("a"), .press(.enter), .text("b"), .press(.enter)]),
        ("\t\u{8}\u{7F}", [.press(.tab), .press(.backspace), .press(.backspace)]),
        ("\u{1}\u{1A}\u{0}\u{1F}", [.control("a"), .control("z"), .control("@"), .control("_")]),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.press(.up), .press(.down), .press(.right), .press(.left)]),
        ("\u{1B}OA\u{1B}OH\u{1B}OF", [.press(.up), .press(.home), .press(.end)]),
        ("\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[8~", [.press(.home), .press(.end), .press(.home), .press(.end)]),
        (
            "\u{1B}[3~\u{1B}[2~\u{1B}[5~\u{1B}[6~",
            [.press(.delete), .press(.insert), .press(.pageUp), .press(.pageDown)]
        ),
        ("\u{1B}[1;5D\u{1B}[1;3C\u{1B}[1;2A", [.press(.left, .control), .press(.right, .alt), .press(.up, .shift)]),
        ("\u{1B}\u{1B}[A\u{1B}O5C\u{1B}Od", [.press(.up, .alt), .press(.right, .control), .press(.left, .control)]),
        ("\u{1B}[3;5~\u{1B}[3^", [.press(.delete, .control), .press(.delete, .control)]),
        ("\u{1B}b\u{1B}1\u{1B}é", [.alt("b"), .alt("1"), .alt("é")]),
        ("\u{1B}\r\u{1B}\u{7F}x", [.press(.enter, .alt), .press(.backspace, .alt), .text("x")]),
        ("\u{1B}[Z", [.press(.tab, .shift)]),
        ("a\u{1B}[I\u{1B}[Ob", [.text("a"), .focus(true), .focus(false), .text("b")]),
        ("\u{1B}[27;2;13~\u{1B}[13;3u", [.press(.enter, .shift), .press(.enter, .alt)]),
        ("\u{1B}[97;5u\u{1B}[228u", [.control("a"), .text("ä")]),
        // what we do not know goes away whole
        ("\u{1B}[15~\u{1B}OP\u{1B}[[Ax\u{1B}[?1;2c\u{1B}[<0;3;4M", [.text("x")]),
        ("\u{1B}[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18~x", [.press(.home, .shift), .text("x")]),
        ("\u{1B}[200~a\rb\u{1B}[Ac\r\nd\u{1B}[201~e", [.paste("a\nb\u{1B}[Ac\nd", isCut: false), .text("e")]),
        ("\u{1B}[200~\u{1B}[20\u{1B}[201~", [.paste("\u{1B}[20", isCut: false)]),
        ("\u{1B}[201~x", [.text("x")]),
        // what a terminal answers whoever has asked it
        ("a\u{1B}]11;rgb:0000/1111/2222\u{7}b\u{1B}]10;x\u{1B}\\c", [.text("abc")]),
        ("\u{1B}P>|tmux 3.3a\u{1B}\\\u{1B}P1$r0m\u{1B}\\\u{1B}_Gi=1;OK\u{1B}\\x", [.text("x")]),
        ("\u{1B}]x\u{1B}Px\u{1B}_x", [.alt("]"), .text("x"), .alt("P"), .text("x"), .alt("_"), .text("x")]),
    ]

    @Test(arguments: known) func `keys are known`(bytes: String, keys expected: [Key]) {
        #expect(keys(bytes) == expected)
    }

    @Test(arguments: known) func `bytes come one by one`(bytes: String, keys expected: [Key]) {
        var parser = KeyParser()
        var keys: [Key] = []
        for byte in bytes.utf8 {
            for key in parser.read([byte], at: .zero) {
                // text that comes in pieces is in pieces
                if case .text(let more) = key, case .text(let text)? = keys.last {
                    keys[keys.count - 1] = .text(text + more)
                } else {
                    keys.append(key)
                }
            }
        }
        #expect(keys == expected)
        #expect(parser.deadline == nil)
    }

    @Test func `what is no UTF-8 is seen, and takes nothing with it`() {
        var parser = KeyParser()
        #expect(parser.read([0xFF, 0xC3, 0x41, 0xE4, 0xBD], at: .zero) == [.text("\u{FFFD}\u{FFFD}A")])
        #expect(
            parser.read([0xA0, 0xC0, 0x80, 0xED, 0xA0, 0x80], at: .zero) == [
                .text("你\u{FFFD}\u{FFFD}\u{FFFD}".replacing("你", with: "\u{4F60}"))
            ]
        )
    }

    @Test func `a lone Esc is known by what does not follow`() {
        var parser = KeyParser()
        #expect(parser.read([0x1B], at: .seconds(10)).isEmpty)
        #expect(parser.deadline == .seconds(10) + .milliseconds(250))
        #expect(parser.expire(at: .seconds(10) + .milliseconds(249)).isEmpty)
        #expect(parser.expire(at: .seconds(10) + .milliseconds(250)) == [.press(.escape)])
        #expect(parser.deadline == nil)
        #expect(parser.read(Array("[D".utf8), at: .seconds(11)) == [.text("[D")])
    }

    @Test func `a slow line has a second for each byte of a key`() {
        var parser = KeyParser()
        var now = Duration.zero
        var keys: [Key] = []
        for byte in Array("\u{1B}[200~a\rb\u{1B}[201~".utf8) {
            keys += parser.expire(at: now)
            keys += parser.read([byte], at: now)
            now += .milliseconds(200)
        }
        #expect(keys == [.paste("a\nb", isCut: false)])
    }

    @Test func `half a key is swallowed after a second`() {
        var parser = KeyParser()
        #expect(parser.read(Array("\u{1B}[1;".utf8), at: .zero).isEmpty)
        #expect(parser.expire(at: .milliseconds(999)).isEmpty)
        #expect(parser.expire(at: .seconds(1)).isEmpty)
        #expect(parser.read(Array("x".utf8), at: .seconds(2)) == [.text("x")])
        #expect(parser.read(Array("\u{1B}O".utf8), at: .seconds(3)).isEmpty)
        #expect(parser.expire(at: .seconds(4)) == [.alt("O")])
        #expect(parser.read([0xE4], at: .seconds(5)).isEmpty)
        #expect(parser.expire(at: .seconds(6)) == [.text("\u{FFFD}")])
    }

    @Test func `an answer of the terminal is waited for, and not for ever`() {
        var parser = KeyParser()
        #expect(parser.read(Array("\u{1B}]".utf8), at: .zero).isEmpty)
        #expect(parser.expire(at: KeyParser.escapeTime) == [.alt("]")])
        #expect(parser.read(Array("\u{1B}]11;rgb".utf8), at: .seconds(1)).isEmpty)
        #expect(parser.expire(at: .milliseconds(1999)).isEmpty)
        #expect(parser.expire(at: .seconds(2)).isEmpty)
        #expect(parser.read(Array("x".utf8), at: .seconds(3)) == [.text("x")])
        let endless = "\u{1B}]1" + String(repeating: "a", count: 4095) + "bc"
        #expect(parser.read(Array(endless.utf8), at: .seconds(4)) == [.text("bc")])
    }

    @Test func `a paste has an end, and a limit`() {
        var parser = KeyParser(pasteLimit: 5)
        #expect(
            parser.read(Array("\u{1B}[200~123你好6\u{1B}[201~x".utf8), at: .zero) == [
                .paste("123", isCut: true), .text("x"),
            ]
        )
        #expect(parser.read(Array("\u{1B}[200~12".utf8), at: .zero).isEmpty)
        #expect(parser.expire(at: .seconds(5)) == [.paste("12", isCut: false)])
        #expect(parser.read(Array("x".utf8), at: .seconds(6)) == [.text("x")])
    }

    @Test func `no bytes hang it up`() {
        var random = SystemRandomNumberGenerator()
        let bytes = Array("\u{1B}[]0123;~AOP_G\\你\r".utf8)
        for _ in 0..<200 {
            var parser = KeyParser(pasteLimit: 10)
            _ = parser.read((0..<200).map { _ in bytes.randomElement(using: &random) ?? 0 }, at: .zero)
            _ = parser.expire(at: .seconds(10))
            #expect(parser.read([0x78], at: .seconds(20)) == [.text("x")])
        }
    }
}
