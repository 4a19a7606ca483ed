/// Draws the line that is typed below what was said, in the terminal's own screen: what was said scrolls away into the
/// terminal's memory as any output does, where it can be read, marked and searched.
///
/// A value without a terminal. Each frame is one string, to be written at once: it takes the input away, prints what is
/// new, and draws the input again below. It reads nothing back from the terminal, and needs no scroll region.
public struct InlineView: Sendable {
    /// What is drawn below all else.
    public struct Input: Sendable, Hashable {
        public var prompt: StyledText
        public var text: String
        /// How many characters stand before the cursor.
        public var cursor: Int

        public init(prompt: StyledText, text: String = "", cursor: Int = 0) {
            self.prompt = prompt
            self.text = text
            self.cursor = cursor
        }
    }

    public private(set) var size: TerminalSize
    public let depth: ColorDepth
    /// Whether the terminal, when its width changes, breaks rows anew that have become too long.
    public let reflows: Bool

    /// What is on the screen; `nil` before the first frame, and after ``erase()``.
    private var drawn: Drawn?
    /// The first row of the input that is shown, if not all fit.
    private var top = 0
    /// The last input as it was laid out: most frames show something new above the same one.
    private var laidOut: (input: Input, columns: Int, rows: InputRows)?

    private struct Drawn {
        var rows: [TextWidth]
        /// In which of them the cursor stands, and behind how many columns.
        var cursorRow: Int
        var beforeCursor: TextWidth
        var isCursorLast: Bool
        /// How many rows of the screen are above that of the cursor: `cursorRow`, until the size changes.
        var above: Int
    }

    public init(size: TerminalSize, depth: ColorDepth, reflows: Bool) {
        self.size = size
        self.depth = depth
        self.reflows = reflows
    }

    /// How many rows of the input are below that of the cursor.
    public var rowsBelowCursor: Int {
        drawn.map { $0.rows.count - 1 - $0.cursorRow } ?? 0
    }

    /// One frame: lines that were said, each once, and the input below them.
    public mutating func frame(printing lines: [StyledText] = [], input: Input) -> String {
        var frame = Self.begin + eraseIfDrawn()
        for line in lines {
            frame += line.rendered(depth) + Self.endOfLine
        }
        return frame + draw(input) + Self.end
    }

    /// All that is on the screen scrolls away, and the input is at the top.
    public mutating func frameOnClearScreen(input: Input) -> String {
        var frame = Self.begin + eraseIfDrawn()
        frame += "\u{1B}[\(size.rows);1H" + String(repeating: "\r\n", count: size.rows - 1) + "\u{1B}[H"
        return frame + draw(input) + Self.end
    }

    /// Takes the input away, prints the last lines and leaves the cursor below them; the terminal is as one finds it
    /// otherwise.
    public mutating func erase(printing lines: [StyledText] = []) -> String {
        eraseIfDrawn() + lines.map { $0.rendered(depth) + Self.endOfLine }.joined() + Self.sane
    }

    /// What makes a terminal sane again, whatever of a frame it has seen.
    public static let sane = "\u{1B}[?2026l\u{1B}[?7h\u{1B}[?25h\u{1B}[0m"

    /// Somebody else has perhaps written where the input was: the next frame takes away only the row of the cursor.
    public mutating func forget() {
        guard drawn != nil else { return }
        drawn = Drawn(rows: [.zero], cursorRow: 0, beforeCursor: .zero, isCursorLast: true, above: 0)
    }

    /// The terminal has another size now.
    ///
    /// - Parameter isCertain: whether it had shown all of the last frame before. If not, it has perhaps not broken all of
    ///   its rows anew.
    ///
    /// How far the cursor is below the first row of the input can only be guessed, and it is guessed low: climbing too
    /// high would take away what somebody said, climbing too low leaves a copy of the input.
    public mutating func resize(to size: TerminalSize, isCertain: Bool) {
        self.size = size
        guard var drawn else { return }
        let columns = size.columns
        var above = 0
        for row in drawn.rows[..<drawn.cursorRow] {
            above += max(1, (row.least + columns - 1) / columns)
        }
        // Behind the last character, the cursor can stand on the edge instead of in the next row.
        above += max(drawn.beforeCursor.least - (drawn.isCursorLast ? 1 : 0), 0) / columns
        drawn.above = reflows && isCertain ? above : min(above, drawn.above, drawn.cursorRow)
        self.drawn = drawn
    }

    private static let begin = "\u{1B}[?2026h\u{1B}[?25l"
    private static let end = "\u{1B}[?7h\u{1B}[?25h\u{1B}[?2026l"
    private static let endOfLine = "\u{1B}[0m\r\n"

    private mutating func eraseIfDrawn() -> String {
        guard let drawn else { return "" }
        self.drawn = nil
        // From the second column first: where the first is the corner of the screen, some keep what is cleared from
        // there as if it had been said.
        return (drawn.above > 0 ? "\u{1B}[\(drawn.above)A" : "") + "\r\u{1B}[C\u{1B}[J\r\u{1B}[K"
    }

    private mutating func layOut(_ input: Input) -> InputRows {
        if let laidOut, laidOut.columns == size.columns, laidOut.input == input { return laidOut.rows }
        let rows = InputRows(
            prompt: input.prompt,
            text: Array(input.text),
            cursor: input.cursor,
            columns: size.columns,
            depth: depth
        )
        laidOut = (input, size.columns, rows)
        return rows
    }

    private mutating func draw(_ input: Input) -> String {
        let laidOut = layOut(input)
        // One row stays for what is said.
        let room = max(size.rows - 1, 1)
        top = min(max(top, laidOut.cursorRow - room + 1), laidOut.cursorRow)
        top = min(top, max(laidOut.rows.count - room, 0))
        let shown = laidOut.rows[top..<min(top + room, laidOut.rows.count)]
        let cursorRow = laidOut.cursorRow - top

        // Without wrapping by the terminal, one row is never two, however wide it is there.
        var bytes = "\u{1B}[?7l" + shown.map(\.content).joined(separator: "\r\n")
        let climb = shown.count - 1 - cursorRow
        if climb > 0 { bytes += "\u{1B}[\(climb)A" }
        // The cursor is where it is once all before it is written again, whatever the terminal thinks of its width.
        bytes += "\r" + laidOut.beforeCursor.content

        drawn = Drawn(
            rows: shown.map(\.width),
            cursorRow: cursorRow,
            beforeCursor: laidOut.beforeCursor.width,
            isCursorLast: laidOut.beforeCursor.content == laidOut.rows[laidOut.cursorRow].content,
            above: cursorRow
        )
        return bytes
    }
}
