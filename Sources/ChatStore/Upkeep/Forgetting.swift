internal import ChatCore
internal import GRDB

/// Takes the words out of what somebody wanted to be forgotten. Who reads has not seen them since that was written down.
enum Forgetting {
    private struct Job {
        let number, uid, low, high: Int64
        let room: RoomID
    }

    /// - Returns: whether there is nothing more to be forgotten.
    static func step(on database: Database, until deadline: Deadline) throws -> Bool {
        guard let job = try job(in: database) else { return true }
        guard let keys = EventKey.range(job.room, UInt64(max(0, job.low))...UInt64(max(0, job.high, job.low))) else {
            try finish(job, on: database)
            return false
        }
        let indexed = try WordIndex.mark(of: job.room, in: database) ?? 0
        let rows = try Prepared(
            "SELECT key, kind, uid, text FROM event WHERE key BETWEEN ? AND ? ORDER BY key",
            on: database
        )
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        while try rows.step() {
            guard let key = rows.number(0) else { continue }
            if rows.number(2) == job.uid, isForgettable(rows.number(1)) {
                if let text = rows.text(3), EventKey.sequence(key) <= indexed {
                    try WordIndex.remove(key, text, in: database)
                }
                // Of the row that the query stands on nothing moves, so it goes on behind it.
                try Prepared.run(
                    "UPDATE event SET kind = \(EventKind.forgotten.rawValue), text = NULL, id = NULL WHERE key = ?",
                    key,
                    on: database
                )
            }
            guard !deadline.hasPassed else {
                rows.reset()
                try Prepared.run(
                    "UPDATE erasure SET low = ? WHERE number = ?",
                    Int64(EventKey.sequence(key)) + 1,
                    job.number,
                    on: database
                )
                return false
            }
        }
        rows.reset()
        try finish(job, on: database)
        return false
    }

    private static func finish(_ job: Job, on database: Database) throws {
        try Prepared.run("DELETE FROM erasure WHERE number = ?", job.number, on: database)
        try Purging.request(on: database)
    }

    private static func job(in database: Database) throws -> Job? {
        let row = try Prepared(
            "SELECT number, room, uid, low, high FROM erasure WHERE uid IS NOT NULL ORDER BY number LIMIT 1",
            on: database
        )
        defer { row.reset() }
        guard try row.step() else { return nil }
        return Job(
            number: row.number(0) ?? 0,
            uid: row.number(2) ?? 0,
            low: row.number(3) ?? 0,
            high: row.number(4) ?? 0,
            room: RoomID(UInt64(max(0, row.number(1) ?? 0)))
        )
    }

    private static func isForgettable(_ kind: Int64?) -> Bool {
        kind == EventKind.said.rawValue || kind == EventKind.acted.rawValue
    }
}
