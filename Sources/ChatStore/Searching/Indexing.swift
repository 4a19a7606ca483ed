internal import ChatCore
internal import GRDB

/// Brings the index up to what was said.
enum Indexing {
    /// - Returns: whether all there is of the room is in the index now.
    static func step(_ room: RoomID, on database: Database, until deadline: Deadline) throws -> Bool {
        // Events of a room that was never told of: they are searched one by one.
        guard let mark = try WordIndex.mark(of: room, in: database) else { return true }
        guard let keys = EventKey.range(room, mark + 1...UInt64.max) else { return true }
        let rows = try Prepared(
            "SELECT key, kind, text FROM event WHERE key BETWEEN ? AND ? ORDER BY key",
            on: database
        )
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        var last = mark
        while try rows.step() {
            guard let key = rows.number(0) else { continue }
            if EventKind.isIndexed(rows.number(1)), let text = rows.text(2) {
                try WordIndex.insert(key, text, in: database)
            }
            last = EventKey.sequence(key)
            guard !deadline.hasPassed else {
                try WordIndex.setMark(of: room, to: last, in: database)
                return false
            }
        }
        if last > mark { try WordIndex.setMark(of: room, to: last, in: database) }
        return true
    }
}

extension EventKind {
    /// Whether a row of this kind has its text in the index, once it is indexed.
    static func isIndexed(_ kind: Int64?) -> Bool {
        switch kind.flatMap({ EventKind(rawValue: $0) }) {
        case .said, .acted, .announced: true
        default: false
        }
    }
}
