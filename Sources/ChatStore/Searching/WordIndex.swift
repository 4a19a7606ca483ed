internal import ChatCore
internal import GRDB

/// The index that tells in which messages three characters stand next to each other.
///
/// What is in it has to be taken out with the very text that it was put in with. So if folding ever changes, a migration
/// has to empty it and set the marks of all rooms to 0.
enum WordIndex {
    /// Behind each text, so that of every character two or one follow it and it begins a group of three: words of one or
    /// two characters, of which Chinese and Japanese have many, are found by the groups that begin with them. Never found
    /// in clean text.
    private static let padding = "\u{1}\u{1}"

    /// How far a room is in the index; nil if there is no such room.
    static func mark(of room: RoomID, in database: Database) throws -> UInt64? {
        try Prepared.number("SELECT indexed FROM room WHERE id = ?", Int64(clamping: room.number), on: database)
            .map { UInt64(max(0, $0)) }
    }

    static func setMark(of room: RoomID, to sequence: UInt64, in database: Database) throws {
        try Prepared.run(
            "UPDATE room SET indexed = ? WHERE id = ?",
            Int64(clamping: sequence),
            Int64(clamping: room.number),
            on: database
        )
    }

    /// - Parameter text: of a message that is not in it.
    static func insert(_ key: Int64, _ text: String, in database: Database) throws {
        let statement = try Prepared("INSERT INTO words (rowid, text) VALUES (?, ?)", on: database)
        statement.bind(key, at: 1)
        statement.bind(WordSearch.folded(text) + padding, at: 2)
        try statement.run()
    }

    /// - Parameter text: that it was put in with, or the index would be wrong from then on.
    static func remove(_ key: Int64, _ text: String, in database: Database) throws {
        let statement = try Prepared("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", on: database)
        statement.bind(key, at: 1)
        statement.bind(WordSearch.folded(text) + padding, at: 2)
        try statement.run()
    }

    /// Merges pieces of it.
    /// - Parameter pages: about so many; below zero, all of it is put up for one merge, with which those after it go on.
    static func merge(_ pages: Int64, in database: Database) throws {
        try Prepared.run("INSERT INTO words (words, rank) VALUES ('merge', ?)", pages, on: database)
    }
}
