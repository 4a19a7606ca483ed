internal import ChatCore
internal import GRDB

/// Brings the index up to what was said.
///
/// Each step leaves a piece of its own in the index. Behind each, a few steps merge older pieces of about one size, by more
/// pages than it added, so that there are never many.
enum Indexing {
    static let mergesBehind = 4
    private static let pagesToMerge: Int64 = 4

    /// One step of merging.
    static func merge(on database: Database) throws {
        try WordIndex.merge(pagesToMerge, in: database)
    }

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
        var isAll = true
        while try rows.step() {
            guard let key = rows.number(0) else { continue }
            if EventKind.isIndexed(rows.number(1)), let text = rows.text(2) {
                try WordIndex.insert(key, text, in: database)
            }
            last = EventKey.sequence(key)
            if deadline.hasPassed {
                isAll = false
                break
            }
        }
        rows.reset()
        guard last > mark else { return true }
        try WordIndex.setMark(of: room, to: last, in: database)
        return isAll
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
