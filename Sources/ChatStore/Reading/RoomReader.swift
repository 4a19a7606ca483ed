internal import ChatCore
internal import GRDB

/// Answers questions about one room, as of one transaction, and is confined to it.
final class RoomReader {
    private let database: Database
    private let room: RoomID
    private let erasures: Erasures
    /// Makes events of the rows.
    var events = EventReader()

    static func answer(_ question: LogQuestion, in database: Database) throws -> [Event] {
        guard question.limit > 0 else { return [] }
        let reader = try RoomReader(question.room, in: database)
        guard !reader.erasures.isRoomGone else { return [] }
        switch question {
        case .oldest(_, let range, let limit): return try reader.oldest(range, limit: limit)
        case .newest(_, let range, let limit): return try reader.newest(range, limit: limit)
        case .messages(_, let sequence, let limit):
            return try reader.messages(through: sequence, limit: limit)
        case .since(_, let count, let sequence, let limit):
            guard let first = try reader.firstMessage(of: count, through: sequence) else { return [] }
            return try reader.oldest(first...max(first, sequence), limit: limit)
        case .search:
            return []
        }
    }

    init(_ room: RoomID, in database: Database) throws {
        (self.room, self.database) = (room, database)
        erasures = try Erasures(of: room, in: database)
    }

    // MARK: Stretches

    func oldest(_ range: ClosedRange<UInt64>, limit: Int) throws -> [Event] {
        guard let keys = EventKey.range(room, range) else { return [] }
        return try all("SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key", keys, limit)
    }

    func newest(_ range: ClosedRange<UInt64>, limit: Int) throws -> [Event] {
        guard let keys = EventKey.range(room, range) else { return [] }
        return try all(
            "SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key DESC",
            keys,
            limit
        )
        .reversed()
    }

    /// The limit is counted here, because a row that makes no sense does not count.
    private func all(_ sql: String, _ keys: ClosedRange<Int64>, _ limit: Int) throws -> [Event] {
        let rows = try Prepared(sql, on: database)
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        var found: [Event] = []
        while found.count < limit, try rows.step() {
            if let event = events.event(rows) { found.append(erasures.applied(to: event)) }
        }
        return found
    }

    // MARK: Messages

    private func messages(through sequence: UInt64, limit: Int) throws -> [Event] {
        var found: [Event] = []
        try walkBack(from: sequence) { row in
            if let event = events.event(row) { found.append(erasures.applied(to: event)) }
            return found.count < limit
        }
        return found.reversed()
    }

    /// The number of the oldest of the newest so many messages.
    private func firstMessage(of count: Int, through sequence: UInt64) throws -> UInt64? {
        guard count > 0 else { return nil }
        var (first, left) = (UInt64?.none, count)
        try walkBack(from: sequence) { row in
            first = row.number(0).map(EventKey.sequence)
            left -= 1
            return left > 0
        }
        return first
    }

    /// Goes through the messages, from the newest on, as long as `more` says so. What stands between two of them is passed
    /// over, however much it is.
    func walkBack(
        from sequence: UInt64,
        _ more: (Prepared) throws -> Bool
    ) throws {
        guard sequence > 0, let keys = EventKey.range(room, 1...sequence) else { return }
        let rows = try Prepared(
            "SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key DESC",
            on: database
        )
        defer { rows.reset() }
        var from = keys.upperBound
        while from >= keys.lowerBound {
            rows.reset()
            rows.bind([keys.lowerBound, from])
            var next: Int64?
            while next == nil, try rows.step() {
                guard let key = rows.number(0) else { return }
                if EventReader.isSpeech(rows) {
                    guard try more(rows) else { return }
                } else {
                    // Less than any key, if there is no message before it.
                    next = EventReader.back(rows).map { key - min($0, key) } ?? 0
                }
            }
            guard let next else { return }
            from = next
        }
    }
}
