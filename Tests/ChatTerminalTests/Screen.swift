import ChatTerminal

/// The least terminal that a frame can be played into: a screen, what has scrolled off it, and the escapes that we send.
///
/// Terminals do not agree on how wide text is, and on what becomes of rows when the width changes; so that is chosen.
struct Screen {
    enum Widths {
        /// As new terminals do: what is one character takes one or two columns.
        case clusters
        /// As old ones do: each scalar for itself.
        case scalars
        /// The least that any terminal takes.
        case least
    }

    struct Line {
        /// One for each column; a wide character is in its first, and the others are empty strings.
        var cells: [String] = []
        /// Whether the terminal broke it here, because it was too long.
        var isBroken = false
    }

    private(set) var columns: Int
    private(set) var rows: Int
    /// All there ever was; the screen begins at `base`.
    private(set) var lines: [Line]
    private(set) var base = 0
    private(set) var row = 0
    private(set) var column = 0
    private(set) var isCursorShown = true
    private(set) var wraps = true
    private(set) var isUpdating = false
    private(set) var bells = 0

    let widths: Widths
    let reflows: Bool
    /// The next character goes to the next row.
    private var isPending = false

    init(_ columns: Int, _ rows: Int, widths: Widths = .clusters, reflows: Bool = true) {
        self.columns = columns
        self.rows = rows
        self.widths = widths
        self.reflows = reflows
        lines = Array(repeating: Line(), count: rows)
    }

    mutating func play(_ bytes: String) {
        var text = ""
        var scalars = Array(bytes.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            guard scalar.value < 0x20 || scalar.value == 0x7F else {
                text.unicodeScalars.append(scalar)
                continue
            }
            text.forEach { put($0) }
            text = ""
            switch scalar {
            case "\r": move(to: row, 0)
            case "\n": lineFeed()
            case "\u{7}": bells += 1
            case "\u{1B}": escape(&scalars)
            default: fatalError("the byte \(scalar.value) is not expected")
            }
        }
        text.forEach { put($0) }
    }

    private mutating func escape(_ scalars: inout ArraySlice<Unicode.Scalar>) {
        precondition(scalars.popFirst() == "[", "only CSI is expected")
        var parameter = ""
        while let scalar = scalars.popFirst() {
            guard scalar.value >= 0x40 else {
                parameter.unicodeScalars.append(scalar)
                continue
            }
            let number = max(Int(parameter) ?? 1, 1)
            switch scalar {
            case "A": move(to: max(row - number, 0), column)
            case "C": move(to: row, min(column + number, columns - 1))
            case "H":
                let parts = parameter.split(separator: ";").map { Int($0) ?? 1 }
                move(to: min((parts.first ?? 1) - 1, rows - 1), parts.count > 1 ? min(parts[1] - 1, columns - 1) : 0)
            case "J": clearBelow()
            case "K": clearLine(base + row)
            case "m": break
            case "h" where parameter == "?7", "l" where parameter == "?7": wraps = scalar == "h"
            case "h" where parameter == "?25", "l" where parameter == "?25": isCursorShown = scalar == "h"
            case "h" where parameter == "?2026", "l" where parameter == "?2026": isUpdating = scalar == "h"
            case "h" where ["?1004", "?2004"].contains(parameter), "l" where ["?1004", "?2004"].contains(parameter):
                break
            default: fatalError("ESC [ \(parameter) \(scalar) is not expected")
            }
            return
        }
    }

    private mutating func move(to row: Int, _ column: Int) {
        (self.row, self.column, isPending) = (row, column, false)
    }

    private mutating func lineFeed() {
        isPending = false
        if row < rows - 1 {
            row += 1
        } else {
            lines.append(Line())
            base += 1
        }
    }

    private mutating func clearBelow() {
        if row == 0, column == 0, columns > 1 {
            // tmux keeps what is cleared from the corner on.
            base += rows
            lines += Array(repeating: Line(), count: rows)
            return
        }
        clearLine(base + row)
        for index in (base + row + 1)..<(base + rows) where index < lines.count {
            lines[index] = Line()
        }
    }

    private mutating func clearLine(_ index: Int) {
        if column < lines[index].cells.count { lines[index].cells.removeSubrange(column...) }
        lines[index].isBroken = false
    }

    func width(_ character: Character) -> Int {
        let width = TextWidth(character)
        switch widths {
        case .clusters: return min(width.most, 2)
        case .scalars: return width.most
        case .least: return width.least
        }
    }

    private mutating func put(_ character: Character) {
        let width = width(character)
        if width == 0 {
            guard column > 0, column - 1 < lines[base + row].cells.count else { return }
            lines[base + row].cells[column - 1] += String(character)
            return
        }
        if wraps, isPending || column + width > columns, width <= columns {
            lines[base + row].isBroken = true
            lineFeed()
            column = 0
        }
        let begin = min(column, max(columns - width, 0))
        var cells = lines[base + row].cells
        while cells.count < begin + width { cells.append(" ") }
        // Half of a wide character is none.
        var first = begin
        while first > 0, cells[first].isEmpty { first -= 1 }
        for index in first..<begin { cells[index] = " " }
        for index in begin..<(begin + width) { cells[index] = "" }
        cells[begin] = String(character)
        var after = begin + width
        while after < cells.count, cells[after].isEmpty {
            cells[after] = " "
            after += 1
        }
        lines[base + row].cells = cells
        column = min(begin + width, columns - 1)
        isPending = wraps && begin + width >= columns
    }

    var cursorLine: (line: Int, column: Int) { (base + row, column) }

    mutating func replace(lines: [Line]) {
        self.lines = lines
    }

    mutating func set(lines: [Line], base: Int, columns: Int, rows: Int, row: Int, column: Int) {
        (self.lines, self.base, self.columns, self.rows) = (lines, base, columns, rows)
        move(to: row, min(column, columns - 1))
    }
}
