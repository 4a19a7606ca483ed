/// Breaks a line of text into rows, the way a typesetter would who has only cells.
///
/// - Rows break at spaces, which are then left out, and beside wide characters (Chinese, Japanese), though not before the
///   sign that ends something or after the one that begins it. A word longer than a row is broken anywhere.
/// - Links are never broken. One that is longer than a row is given out whole, on a row of its own: the terminal wraps it,
///   and still takes it for one link.
/// - Rows after the first stand under the text if that leaves enough room, and otherwise two columns in. So no row but the
///   first begins where a time and a name do.
struct Wrapping {
    /// What stands before the text: a time, a name.
    var head: StyledText
    var text: StyledText
    var width: Int

    /// The least room for text that makes it worth to stand under itself.
    private static let leastRoom = 24
    private static let smallIndent = 2

    private struct Cell {
        let character: Character
        let style: Style
        let width: Int
        let isWide: Bool

        init(_ character: Character, _ style: Style) {
            (self.character, self.style) = (character, style)
            let width = TextWidth(character)
            (self.width, isWide) = (width.most, width.least > 1)
        }
    }

    /// What is not broken, and the spaces before it.
    private struct Piece {
        var spaces: [Cell] = []
        var cells: [Cell] = []
        var isLink = false
        var width: Int { cells.reduce(0) { $0 + $1.width } }
    }

    private struct Row {
        var text = StyledText()
        var width = 0
        /// Whether there is nothing yet but the indent.
        var isFresh = true

        mutating func append(_ cells: some Sequence<Cell>) {
            // As long as the style is the same it is one text.
            var (piece, style) = ("", Style.plain)
            for cell in cells {
                if cell.style != style {
                    text.append(piece, style)
                    (piece, style) = ("", cell.style)
                }
                piece.append(cell.character)
                width += cell.width
                isFresh = false
            }
            text.append(piece, style)
        }
    }

    /// - Returns: at least one row.
    func rows() -> [StyledText] {
        // Most of what people say needs no more than this look at it.
        if Self.isShort(head, text, width) { return [head + text] }
        let headCells = Self.cells(of: head)
        let headWidth = headCells.reduce(0) { $0 + $1.width }
        let indent = width - headWidth >= Self.leastRoom ? headWidth : min(Self.smallIndent, max(0, width - 1))
        var rows: [Row] = []
        var row = Row()
        func breakRow() {
            rows.append(row)
            row = Row(text: StyledText(String(repeating: " ", count: indent)), width: indent)
        }
        for piece in Self.pieces(headCells + Self.cells(of: text), headCount: headCells.count) {
            let spaces = row.isFresh && !rows.isEmpty ? [] : piece.spaces
            let spacesWidth = spaces.reduce(0) { $0 + $1.width }
            if row.width + spacesWidth + piece.width <= width {
                row.append(spaces)
                row.append(piece.cells)
            } else if piece.isLink || indent + piece.width <= width {
                if !row.isFresh { breakRow() }
                row.append(piece.cells)
                // How far the terminal has got with a long link, nobody knows.
                if row.width > width { breakRow() }
            } else {
                // Longer than any row. Where little is left of this one, it begins on the next.
                if width - row.width - spacesWidth < 4, !row.isFresh { breakRow() } else { row.append(spaces) }
                for cell in piece.cells {
                    if row.width + cell.width > width, !row.isFresh { breakRow() }
                    row.append([cell])
                }
            }
        }
        if !row.isFresh || rows.isEmpty { rows.append(row) }
        return rows.map(\.text)
    }

    private static func isShort(_ head: StyledText, _ text: StyledText, _ width: Int) -> Bool {
        var rest = width
        for run in head.runs + text.runs {
            rest -= run.text.utf8.count
            guard rest >= 0, run.text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        }
        return true
    }

    private static func cells(of text: StyledText) -> [Cell] {
        text.runs.flatMap { run in
            run.text.map { Cell($0, run.style) }
        }
    }

    /// - Parameter headCount: how many cells hold no place to break at but spaces, however wide they are: a name.
    private static func pieces(_ cells: [Cell], headCount: Int) -> [Piece] {
        let links = Links.ranges(in: cells.dropFirst(headCount).map(\.character))
        let ends = Dictionary(
            uniqueKeysWithValues: links.map { ($0.lowerBound + headCount, $0.upperBound + headCount) }
        )
        var pieces: [Piece] = []
        var piece = Piece()
        func end() {
            if !piece.spaces.isEmpty || !piece.cells.isEmpty { pieces.append(piece) }
            piece = Piece()
        }
        var place = 0
        while place < cells.count {
            let cell = cells[place]
            if let linkEnd = ends[place] {
                // An opening bracket before it stays with it.
                if let last = piece.cells.last, !Break.holdsNext(last.character) { end() }
                piece.cells += cells[place..<linkEnd]
                piece.isLink = true
                place = linkEnd
                // Nothing goes with it but the sign behind it: what is long is not broken by us.
                while place < cells.count, Break.staysBehind(cells[place].character) {
                    piece.cells.append(cells[place])
                    place += 1
                }
                end()
                continue
            }
            if cell.character == " " {
                if !piece.cells.isEmpty { end() }
                piece.spaces.append(cell)
            } else {
                if let last = piece.cells.last, place > headCount, mayBreak(last, cell) { end() }
                piece.cells.append(cell)
            }
            place += 1
        }
        end()
        return pieces
    }

    private static func mayBreak(_ last: Cell, _ next: Cell) -> Bool {
        (last.isWide || next.isWide) && !Break.holdsNext(last.character)
            && !Break.staysBehind(next.character)
    }
}

/// Which signs do not stand alone at the edge of a row.
private enum Break {
    static func holdsNext(_ character: Character) -> Bool { "([{（［｛「『《〈【〔“‘".contains(character) }

    static func staysBehind(_ character: Character) -> Bool {
        ")]}）］｝」』》〉】〕”’，。、；：！？…·,.;:!?%％～ー々".contains(character)
    }
}
