internal import GRDB
internal import GRDBSQLite

/// How large the database is, and how much of that is in use.
struct Pages {
    let all: Int64
    let free: Int64
    let size: Int64

    init(_ database: Database) throws {
        all = try Prepared.number("PRAGMA page_count", on: database) ?? 0
        free = try Prepared.number("PRAGMA freelist_count", on: database) ?? 0
        size = try Prepared.number("PRAGMA page_size", on: database) ?? 0
    }

    var usedBytes: Int64 { (all - free) * size }

    /// So many free pages stay, to be used again.
    private static let reserve: Int64 = 256
    private static let most: Int64 = 512

    /// Gives free pages back to the file system, some at a time.
    /// - Returns: whether there was something to do.
    static func shrink(_ database: Database, _ ledger: inout Ledger) throws -> Bool {
        let free = try Pages(database).free
        ledger.isShrinking = free > (ledger.isShrinking ? reserve : most)
        guard ledger.isShrinking else { return false }
        try Prepared.run("PRAGMA incremental_vacuum(\(min(32, free - reserve)))", on: database)
        return true
    }
}

extension Database {
    /// Writes the log beside the database into it and empties it, without waiting for anybody.
    /// - Returns: whether nobody was in the way.
    func checkpointNow() throws -> Bool {
        sqlite3_busy_timeout(sqliteConnection, 0)
        defer { sqlite3_busy_timeout(sqliteConnection, 5000) }
        let row = try Prepared("PRAGMA wal_checkpoint(TRUNCATE)", on: self)
        defer { row.reset() }
        return try row.step() && row.number(0) == 0
    }
}
