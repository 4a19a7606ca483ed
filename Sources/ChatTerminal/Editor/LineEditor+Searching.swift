/// What Ctrl-R looks for, and where it is.
struct HistorySearch: Sendable {
    var query = ""
    /// Where the hit is; `nil` before there was one.
    var place: Int?
    var isFound = true
    /// The line as it was, for who gives up.
    let original: EditBuffer
}

/// Ctrl-R: the history by what is in it.
extension LineEditor {
    mutating func beginSearch() -> Outcome {
        search = HistorySearch(original: buffer)
        return .done
    }

    /// What a key does to the search; `nil` if it ends the search and is to be handled as ever.
    mutating func handleSearching(_ key: Key) -> Outcome? {
        guard var current = search else { return nil }
        switch key {
        case .text(let text):
            current.query += EditBuffer.cut(text, to: 256 - current.query.utf8.count)
            return look(current, from: current.place ?? history.entries.count - 1)
        case .press(.backspace, []):
            guard !current.query.isEmpty else { return .bell }
            current.query.removeLast()
            current.place = nil
            return look(current, from: history.entries.count - 1)
        case .control("r"):
            if current.query.isEmpty { current.query = lastQuery }
            return look(current, from: (current.place ?? history.entries.count) - 1)
        case .control("s"):
            return look(current, from: (current.place ?? history.entries.count) + 1, later: true)
        case .control("g"), .control("c"):
            search = nil
            buffer = current.original
            return .done
        case .press(.escape, _):
            endSearch(current)
            return .done
        default:
            endSearch(current)
            return nil
        }
    }

    private mutating func look(_ current: HistorySearch, from place: Int, later: Bool = false) -> Outcome {
        var current = current
        if current.query.isEmpty {
            current.isFound = true
            buffer = current.original
        } else if let hit = history.find(current.query, from: place, later: later) {
            current.isFound = true
            current.place = hit.place
            buffer.set(history.entries[hit.place], cursor: hit.offset)
        } else {
            current.isFound = false
        }
        search = current
        return current.isFound ? .done : .bell
    }

    /// The hit is the line now, and the history goes on from it.
    private mutating func endSearch(_ current: HistorySearch) {
        search = nil
        lastQuery = current.query
        guard let place = current.place, buffer != current.original else { return }
        _ = history.go(to: place, from: current.original.string)
        undo.push(current.original)
        revision += 1
    }
}
