import ChatTerminal
import TestKit
import Testing

/// Whoever types, says something or pulls at the window, in whatever order: the screen shows the line, and all that was
/// said is there once.
@Suite struct InlineViewPropertyTests {
    static let clusters = [
        "a", "b", "Z", "_", "7", "é", "e\u{301}", "你", "好", "가", "ｗ", "Ω", "\u{1F600}", "\u{2764}\u{FE0F}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F44D}\u{1F3FD}", "\u{1F1EB}\u{1F1F7}", "क्षि", "ש", "ع", "ำ",
    ]

    static let keys: [Key] = [
        .press(.left), .press(.right), .press(.home), .press(.end), .press(.backspace), .press(.delete), .control("k"),
        .control("u"), .control("y"), .control("t"), .control("_"), .alt("b"), .alt("f"), .alt("d"), .alt("y"),
        .control("w"),
        .press(.enter, .alt), .press(.up), .press(.down), .press(.enter),
    ]

    @Test(arguments: [Screen.Widths.clusters, .scalars, .least], [true, false])
    func `the screen shows the line, and everything once`(widths: Screen.Widths, reflows: Bool) {
        for seed in 0..<4 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var stage = Stage(40, 12, reflows: reflows)
            stage.screen = Screen(40, 12, widths: widths, reflows: reflows)
            stage.prompt = ">"
            var said = 0
            for step in 0..<100 {
                let before = stage
                switch Int.random(in: 0..<20, using: &random) {
                case 0..<9: stage.type(Self.clusters.randomElement(using: &random) ?? "a")
                case 9: stage.type((0..<30).map { _ in Self.clusters.randomElement(using: &random) ?? "a" }.joined())
                case 10..<14: stage.press(Self.keys.randomElement(using: &random) ?? .press(.left))
                case 14..<19:
                    let lines = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        said += 1
                        return StyledText(
                            "(m\(said))" + String(repeating: "-", count: .random(in: 0..<60, using: &random))
                        )
                    }
                    stage.screen.play(stage.view.frame(printing: lines, input: stage.input))
                default:
                    stage.resize(.random(in: 9...60, using: &random), .random(in: 2...20, using: &random))
                }
                guard check(stage, said: step % 10 == 9 ? said : 0) else {
                    Issue.record(
                        """
                        seed \(seed), step \(step), \(stage.editor.text.debugDescription) at \(stage.editor.cursor)
                        \(before.screen.columns)x\(before.screen.rows) before:
                        \(before.screen.drawing)
                        \(stage.screen.columns)x\(stage.screen.rows) after:
                        \(stage.screen.drawing)
                        """
                    )
                    return
                }
            }
        }
    }

    private func check(_ stage: Stage, said: Int) -> Bool {
        let everything = stage.screen.everything.joined(separator: "\n")
        for number in 0..<said where everything.ranges(of: "(m\(number + 1))").count != 1 { return false }

        // The rows after the last prompt; there can be copies of it above, where a width was guessed.
        let text = Array(stage.editor.text)
        let expected = ">" + Self.shown(text[...])
        let rows = stage.screen.visible
        let isWhole = rows.lastIndex { $0.unicodeScalars.first == ">" }.map { rows[$0...].joined() } == expected
        // Or it does not fit, and all rows but one are a part of it.
        let filled = rows[...max(rows.lastIndex { !$0.isEmpty } ?? 0, stage.screen.row)]
        let part = filled.suffix(max(rows.count - 1, 1))
        let isPart = part.count >= rows.count - 1 && expected.unicodeScalars.contains(part.joined().unicodeScalars)
        let cursor = stage.editor.cursor < text.count ? Self.shown(text[stage.editor.cursor...].prefix(1)) : ""
        let isAtCursor =
            cursor.isEmpty ? ["", " "].contains(stage.screen.underCursor) : stage.screen.underCursor == cursor
        return stage.screen.isSane && isAtCursor && (isWhole || isPart)
    }

    private static func shown(_ text: ArraySlice<Character>) -> String {
        text.map { character in
            character == "\n"
                ? "↵" : !character.isASCII && " \(character)".count == 1 ? "\u{25CC}\(character)" : String(character)
        }.joined()
    }
}
