import Testing

extension Screen {
    /// The rows of the screen, with `|` where the cursor stands.
    var drawing: String {
        var shown = (0..<rows).map { lines[base + $0].cells }
        while shown[row].count < column { shown[row].append(" ") }
        shown[row].insert("|", at: column)
        return shown.map(Self.text).joined(separator: "\n")
    }

    /// The rows of the screen.
    var visible: [String] { (0..<rows).map { Self.text(lines[base + $0].cells) } }

    /// All that was ever said, what the terminal broke joined again.
    var everything: [String] {
        var found: [String] = []
        var cells: [String] = []
        for line in lines {
            cells += line.cells
            if !line.isBroken {
                found.append(Self.text(cells))
                cells = []
            }
        }
        return found
    }

    /// What stands under the cursor.
    var underCursor: String {
        let cells = lines[base + row].cells
        return column < cells.count ? cells[column] : ""
    }

    var isSane: Bool { isCursorShown && wraps && !isUpdating }

    private static func text(_ cells: [String]) -> String {
        var kept = cells[...]
        while kept.last == " " { kept.removeLast() }
        return kept.joined()
    }
}

/// Compares a screen with a drawing of it, and checks that no frame was left unfinished.
func expect(_ screen: Screen, _ drawing: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(screen.drawing == drawing, sourceLocation: sourceLocation)
    #expect(screen.isSane, sourceLocation: sourceLocation)
}
