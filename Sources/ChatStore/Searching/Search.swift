internal import ChatCore
internal import GRDB

/// Looks for words in the messages of a room, from the newest on, a bounded stretch at a time: others read in between, and
/// the log beside the database can be written back.
struct Search: Sendable {
    private let room: RoomID
    private let words: WordSearch
    private let limit: Int
    /// Newest first.
    private var found: [Event] = []
    /// What comes next; 0: nothing.
    private var through: UInt64
    private var budget = Self.mostMessages

    /// So many messages are looked at, at most: those in which the index says that the words may be, and where it cannot
    /// say anything, or has not come to yet, each. What is older is not found.
    static let mostMessages = 500_000
    private static let stretch = Duration.milliseconds(20)

    init(_ room: RoomID, _ words: [String], through sequence: UInt64, limit: Int) {
        (self.room, self.words, self.limit) = (room, WordSearch(words), limit)
        through = limit > 0 ? sequence : 0
    }

    func run(on pool: DatabasePool, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void) {
        guard through > 0 else { return completion(.success(found.reversed())) }
        pool.asyncRead { database in
            var next = self
            do {
                try next.goOn(in: database.get(), until: Deadline(in: Self.stretch))
            } catch {
                return completion(.failure(LogFailure(error)))
            }
            next.run(on: pool, completion: completion)
        }
    }

    private mutating func goOn(in database: Database, until deadline: Deadline) throws {
        let reader = try RoomReader(room, in: database)
        guard !reader.isGone else { return through = 0 }
        let indexed = try WordIndex.mark(of: room, in: database) ?? 0
        let query = indexed > 0 ? try IndexQuery(words.words, in: database) : nil
        guard let query else { return try lookAtEach(after: 0, reader, in: database, until: deadline) }
        if through > indexed { try lookAtEach(after: indexed, reader, in: database, until: deadline) }
        if through > 0, through <= indexed { try look(where: query, reader, in: database, until: deadline) }
    }

    /// Looks at what the index does not have, or is of no help with.
    private mutating func lookAtEach(
        after last: UInt64,
        _ reader: RoomReader,
        in database: Database,
        until deadline: Deadline
    ) throws {
        var cursor = try MessageCursor(room, from: through, after: last, in: database)
        defer { cursor.close() }
        while let row = try cursor.next() {
            guard try take(row, reader, until: deadline) else { return }
        }
        through = last
    }

    private mutating func look(
        where query: IndexQuery,
        _ reader: RoomReader,
        in database: Database,
        until deadline: Deadline
    ) throws {
        guard let keys = EventKey.range(room, 1...through) else { return through = 0 }
        let places = try Prepared(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
            on: database
        )
        places.bind(query.expression, at: 1)
        places.bind(keys.lowerBound, at: 2)
        places.bind(keys.upperBound, at: 3)
        defer { places.reset() }
        let row = try Prepared("SELECT \(EventReader.columns) FROM event WHERE key = ?", on: database)
        defer { row.reset() }
        while try places.step() {
            row.reset()
            row.bind(places.number(0), at: 1)
            guard try row.step() else { continue }
            guard try take(row, reader, until: deadline) else { return }
        }
        through = 0
    }

    /// - Returns: whether to go on at once.
    private mutating func take(_ row: Prepared, _ reader: RoomReader, until deadline: Deadline) throws -> Bool {
        guard let event = reader.event(row) else { return true }
        if words.finds(event) { found.append(event) }
        budget -= 1
        let isOver = found.count >= limit || budget <= 0
        guard isOver || deadline.hasPassed else { return true }
        through = isOver ? 0 : event.sequence - 1
        return false
    }
}
