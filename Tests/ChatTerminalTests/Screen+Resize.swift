extension Screen {
    /// The terminal gets another size, and its rows are broken anew if it does that.
    mutating func resize(_ columns: Int, _ rows: Int) {
        var cursor = cursorLine
        if reflows, columns != self.columns { cursor = reflow(columns, cursor) }
        var kept = lines
        while kept.count > cursor.line + 1, kept[kept.count - 1].cells.allSatisfy({ $0 == " " }) { kept.removeLast() }
        let base = min(max(kept.count - rows, 0), cursor.line)
        if kept.count > base + rows { kept.removeLast(kept.count - base - rows) }
        while kept.count < base + rows { kept.append(Line()) }
        set(lines: kept, base: base, columns: columns, rows: rows, row: cursor.line - base, column: cursor.column)
    }

    /// Joins what was broken, and breaks it at the new width. Returns where the cursor is then.
    private mutating func reflow(_ columns: Int, _ cursor: (line: Int, column: Int)) -> (line: Int, column: Int) {
        var broken: [Line] = []
        var newCursor = (line: 0, column: 0)
        var index = 0
        while index < lines.count {
            var cells: [String] = []
            var cursorAt: Int?
            repeat {
                if index == cursor.line { cursorAt = cells.count + cursor.column }
                cells += lines[index].cells
                index += 1
            } while index < lines.count && lines[index - 1].isBroken
            var pieces: [Line] = []
            var rest = cells[...]
            repeat {
                var end = min(columns, rest.count)
                while end > 1, end < rest.count, rest[rest.startIndex + end].isEmpty { end -= 1 }
                pieces.append(Line(cells: Array(rest.prefix(end)), isBroken: end < rest.count))
                rest = rest.dropFirst(end)
            } while !rest.isEmpty
            if let place = cursorAt {
                var left = place
                var piece = 0
                while piece < pieces.count - 1, left >= pieces[piece].cells.count {
                    left -= pieces[piece].cells.count
                    piece += 1
                }
                newCursor = (broken.count + piece, min(left, columns - 1))
            }
            broken += pieces
        }
        replace(lines: broken)
        return newCursor
    }
}
