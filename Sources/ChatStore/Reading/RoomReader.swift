internal import ChatCore
internal import GRDB

/// Answers questions about one room, as of one transaction, and is confined to it.
final class RoomReader {
    private let database: Database
    private let room: RoomID
    private let erasures: Erasures
    private var reader = EventReader()

    static func answer(_ question: LogQuestion, in database: Database) throws -> [Event] {
        guard question.limit > 0 else { return [] }
        let reader = try RoomReader(question.room, in: database)
        guard !reader.isGone else { return [] }
        switch question {
        case .oldest(_, let range, let limit): return try reader.oldest(range, limit: limit)
        case .newest(_, let range, let limit): return try reader.newest(range, limit: limit)
        case .messages(_, let sequence, let limit): return try reader.messages(through: sequence, limit: limit)
        case .since(_, let count, let sequence, let limit):
            guard let first = try reader.firstMessage(of: count, through: sequence) else { return [] }
            return try reader.oldest(first...max(first, sequence), limit: limit)
        case .search: return []  // in more than one transaction: see Search
        }
    }

    init(_ room: RoomID, in database: Database) throws {
        (self.room, self.database) = (room, database)
        erasures = try Erasures(of: room, in: database)
    }

    /// The room has ended.
    var isGone: Bool { erasures.isRoomGone }

    /// The event in a row as it may be shown; nil if the row makes no sense.
    func event(_ row: Prepared) -> Event? {
        reader.event(row).map(erasures.applied)
    }

    // MARK: Stretches

    func oldest(_ range: ClosedRange<UInt64>, limit: Int) throws -> [Event] {
        try all("SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key", range, limit)
    }

    func newest(_ range: ClosedRange<UInt64>, limit: Int) throws -> [Event] {
        try all("SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key DESC", range, limit)
            .reversed()
    }

    /// The limit is counted here, because a row that makes no sense does not count.
    private func all(_ sql: String, _ range: ClosedRange<UInt64>, _ limit: Int) throws -> [Event] {
        guard let keys = EventKey.range(room, range) else { return [] }
        let rows = try Prepared(sql, on: database)
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        var found: [Event] = []
        while found.count < limit, try rows.step() {
            if let event = event(rows) { found.append(event) }
        }
        return found
    }

    // MARK: Messages

    private func messages(through sequence: UInt64, limit: Int) throws -> [Event] {
        var cursor = try MessageCursor(room, from: sequence, in: database)
        defer { cursor.close() }
        var found: [Event] = []
        while found.count < limit, let row = try cursor.next() {
            if let event = event(row) { found.append(event) }
        }
        return found.reversed()
    }

    /// The number of the oldest of the newest so many messages.
    private func firstMessage(of count: Int, through sequence: UInt64) throws -> UInt64? {
        var cursor = try MessageCursor(room, from: sequence, in: database)
        defer { cursor.close() }
        var (first, left) = (UInt64?.none, count)
        while left > 0, let row = try cursor.next() {
            first = row.number(0).map(EventKey.sequence)
            left -= 1
        }
        return first
    }
}
