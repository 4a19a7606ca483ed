/// A prompt and a text, laid out in rows.
///
/// We break rows ourselves, one column before the edge: the terminal then never has to decide whether it wraps. How wide
/// a character is there we need not know for that, only how wide it is at most.
struct InputRows {
    struct Row {
        /// What to write, with escapes.
        var content = ""
        var width = TextWidth.zero
    }

    private(set) var rows = [Row()]
    /// In which row the cursor stands, behind what, and whether it is the last thing in its row.
    private(set) var cursorRow = 0
    private(set) var beforeCursor = Row()

    private let usable: Int
    private let depth: ColorDepth

    /// - Parameters:
    ///   - cursor: how many characters of `text` stand before the cursor
    ///   - columns: how many columns the terminal has
    init(prompt: StyledText, text: [Character], cursor: Int, columns: Int, depth: ColorDepth) {
        usable = max(columns - 1, 1)
        self.depth = depth
        for run in Self.fitting(prompt, in: usable).runs {
            let escape = run.style.escape(depth)
            if !escape.isEmpty { rows[0].content += escape }
            for character in StyledText(run.text).rendered(.none) {
                put(character)
            }
            if !escape.isEmpty { rows[rows.count - 1].content += "\u{1B}[0m" }
        }
        for (place, character) in text.enumerated() {
            let (shown, width) = character == "\n" ? lineBreak : form(of: character)
            // The cursor stands where the next character begins, and that may be the next row.
            makeRoom(for: width)
            if place == cursor { markCursor() }
            add(shown, width)
            if character == "\n" { rows.append(Row()) }
        }
        if cursor >= text.count { markCursor() }
    }

    private mutating func markCursor() {
        cursorRow = rows.count - 1
        beforeCursor = rows[cursorRow]
    }

    private mutating func put(_ character: Character) {
        let (shown, width) = form(of: character)
        makeRoom(for: width)
        add(shown, width)
    }

    private mutating func add(_ shown: String, _ width: TextWidth) {
        rows[rows.count - 1].content += shown
        rows[rows.count - 1].width += width
    }

    private mutating func makeRoom(for width: TextWidth) {
        if rows[rows.count - 1].width.most + width.most > usable { rows.append(Row()) }
    }

    private var lineBreak: (shown: String, width: TextWidth) {
        (StyledText("\u{21B5}", .dim).rendered(depth), TextWidth("\u{21B5}" as Character))
    }

    /// What to write for a character, and how wide it is.
    private func form(of character: Character) -> (shown: String, width: TextWidth) {
        var shown = String(character)
        var width = TextWidth(character)
        if !character.isASCII, (" " + shown).count == 1 {
            // A mark without a letter would join with what stands before it, which is not its own.
            shown = "\u{25CC}" + shown
            width.most += 1
        }
        return width.most > usable ? ("?", TextWidth(least: 1, most: 1)) : (shown, width)
    }

    /// The prompt, or its end if it would leave no room to type.
    private static func fitting(_ prompt: StyledText, in usable: Int) -> StyledText {
        let room = usable - min(10, usable / 2)
        guard TextWidth(prompt.string).most > room else { return prompt }
        var left = room - 1
        var kept: [StyledText.Run] = []
        for run in prompt.runs.reversed() {
            let text = run.text.reversed().prefix { character in
                left -= TextWidth(character).most
                return left >= 0
            }
            kept.append(StyledText.Run(text: String(text.reversed()), style: run.style))
            if text.count < run.text.count { break }
        }
        var fitting = StyledText(room > 1 ? "\u{2026}" : "", kept.last?.style ?? .plain)
        for run in kept.reversed() {
            fitting.append(run.text, run.style)
        }
        return fitting
    }
}
