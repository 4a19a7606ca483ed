internal import ChatCore
internal import GRDB

/// Writes what is known of accounts.
enum AccountWriter {
    /// In place of what was known of it.
    static func write(_ account: AccountRecord, on database: Database) throws {
        let number = try number(of: account.number)
        try end(account.number, on: database)
        try Prepared.run(
            "INSERT INTO account (id, seen, admitted) VALUES (?, ?, ?)",
            number,
            account.seen.milliseconds,
            account.isAdmitted ? 1 : 0,
            on: database
        )
        // A key goes from one account to another, and which of the two is written first is not said.
        let key = try Prepared(
            """
            INSERT INTO account_key (account, place, key) VALUES (?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET account = excluded.account, place = excluded.place
            """,
            on: database
        )
        for (place, text) in account.keys.map(\.description).enumerated() {
            try insert(text, at: place, of: number, key)
        }
        let name = try Prepared("INSERT INTO account_name (account, place, name) VALUES (?, ?, ?)", on: database)
        for (place, text) in account.names.map(\.text).enumerated() { try insert(text, at: place, of: number, name) }
    }

    static func end(_ account: UInt64, on database: Database) throws {
        let number = try number(of: account)
        try Prepared.run("DELETE FROM account WHERE id = ?", number, on: database)
        try Prepared.run("DELETE FROM account_key WHERE account = ?", number, on: database)
        try Prepared.run("DELETE FROM account_name WHERE account = ?", number, on: database)
    }

    private static func insert(_ text: String, at place: Int, of account: Int64, _ statement: Prepared) throws {
        statement.bind(account, at: 1)
        statement.bind(Int64(place), at: 2)
        statement.bind(text, at: 3)
        try statement.run()
    }

    private static func number(of account: UInt64) throws -> Int64 {
        guard let number = Int64(exactly: account) else {
            throw LogFailure("account \(account) has too great a number")
        }
        return number
    }
}
