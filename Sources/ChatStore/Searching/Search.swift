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
    /// How much longer it may take, the waiting for others not counted.
    private var time = Self.longest
    /// Made at the beginning, and good for what was in the index then.
    private var plan: Plan?
    /// How many numbers the index is asked for at once: what it takes to find nothing cannot be bounded otherwise.
    private var window: UInt64 = 1 << 15

    /// So many messages are looked at, at most: those in which the index says that the words may be, and where it cannot
    /// say anything, or has not come to yet, each. What is older is not found.
    static let mostMessages = 500_000
    /// And for so long at most: there are words that are in every message, and next to each other in none.
    static let longest = Duration.seconds(3)
    private static let stretch = Duration.milliseconds(20)

    private struct Plan {
        /// Up to here the index may be asked; 0: it is of no help.
        var indexed: UInt64 = 0
        var query: IndexQuery?
    }

    init(_ room: RoomID, _ words: [String], through sequence: UInt64, limit: Int) {
        (self.room, self.words, self.limit) = (room, WordSearch(words), limit)
        through = limit > 0 ? sequence : 0
    }

    func run(
        on pool: DatabasePool,
        in turns: SearchTurns,
        completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void
    ) {
        guard through > 0 else { return completion(.success(found.reversed())) }
        turns.take { pool.asyncRead { goOn(database: $0, pool, turns, completion) } }
    }

    private func goOn(
        database: Result<Database, any Error>,
        _ pool: DatabasePool,
        _ turns: SearchTurns,
        _ completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void
    ) {
        var next = self
        let start = ContinuousClock.now
        defer { turns.pass() }
        do {
            try next.goOn(in: database.get(), until: Deadline(in: Self.stretch))
            next.time -= ContinuousClock.now - start
            if next.time <= .zero { next.through = 0 }
        } catch {
            return completion(.failure(LogFailure(error)))
        }
        next.run(on: pool, in: turns, completion: completion)
    }

    private mutating func goOn(in database: Database, until deadline: Deadline) throws {
        let reader = try RoomReader(room, in: database)
        guard !reader.isGone else { return through = 0 }
        let plan = try plan ?? makePlan(in: database)
        self.plan = plan
        if through > plan.indexed { try lookAtEach(after: plan.indexed, reader, in: database, until: deadline) }
        guard let query = plan.query else { return }
        while through > 0, through <= plan.indexed, !deadline.hasPassed {
            try look(where: query, reader, in: database, until: deadline)
        }
    }

    private func makePlan(in database: Database) throws -> Plan {
        guard let indexed = try WordIndex.mark(of: room, in: database), indexed > 0 else { return Plan() }
        guard let query = try IndexQuery(words.words, in: database) else { return Plan() }
        return Plan(indexed: indexed, query: query)
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

    /// One window, from the newest on.
    private mutating func look(
        where query: IndexQuery,
        _ reader: RoomReader,
        in database: Database,
        until deadline: Deadline
    ) throws {
        let low = through - min(through - 1, window - 1)
        guard let keys = EventKey.range(room, low...through) else { return through = 0 }
        let start = ContinuousClock.now
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
        through = low - 1
        if ContinuousClock.now - start < Self.stretch / 4, window < 1 << 40 { window *= 2 }
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
