internal import ChatCore
internal import GRDB

/// The rows of a room's messages, from one on back to the oldest. What stands between two of them is passed over, however
/// much it is. Confined to one transaction.
struct MessageCursor {
    private let rows: Prepared
    private let low: Int64
    /// From here on the rows are to be asked for.
    private var from: Int64?

    init(_ room: RoomID, from sequence: UInt64, after last: UInt64 = 0, in database: Database) throws {
        rows = try Prepared(
            "SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key DESC",
            on: database
        )
        let keys = last < sequence ? EventKey.range(room, last + 1...sequence) : nil
        (low, from) = (keys?.lowerBound ?? .max, keys?.upperBound)
        ask()
    }

    /// - Returns: the next message's row, to be read before this is called again.
    mutating func next() throws -> Prepared? {
        while from != nil, try rows.step() {
            guard let key = rows.number(0) else { break }
            if EventReader.isSpeech(rows) { return rows }
            guard let back = EventReader.back(rows), back <= key - low else { break }
            // The row below may be it.
            guard back > 1 else { continue }
            from = key - back
            ask()
        }
        from = nil
        return nil
    }

    func close() {
        rows.reset()
    }

    private func ask() {
        rows.reset()
        if let from { rows.bind([low, from]) }
    }
}
