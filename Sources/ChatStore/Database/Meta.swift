internal import GRDB

/// Single numbers that are kept.
enum Meta: String {
    /// The greatest number that a member was ever given.
    case lastMember
    /// How often it was tried whether anything can be written.
    case probes
    /// Whether the index holds what was forgotten; see ``Purging``.
    case purge

    static func get(_ name: Meta, on database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name.rawValue])
    }

    static func set(_ name: Meta, _ value: Int64, on database: Database) throws {
        let statement = try Prepared("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", on: database)
        statement.bind(name.rawValue, at: 1)
        statement.bind(value, at: 2)
        try statement.run()
    }

    static func add(_ value: Int64, to name: Meta, on database: Database) throws {
        try set(name, (get(name, on: database) ?? 0) &+ value, on: database)
    }
}
