internal import ChatCore
internal import GRDB

/// Reads accounts, as far as their columns make sense.
enum AccountReader {
    /// - Returns: all, by number; none if the tables are of a version that had none.
    static func accounts(in database: Database) throws -> [AccountRecord] {
        guard try Schema.current(database) >= 3 else { return [] }
        let keys = try texts("SELECT account, key FROM account_key ORDER BY account, place", in: database)
        let names = try texts("SELECT account, name FROM account_name ORDER BY account, place", in: database)
        let rows = try Prepared("SELECT id, seen, admitted FROM account ORDER BY id", on: database)
        defer { rows.reset() }
        var accounts: [AccountRecord] = []
        while try rows.step() {
            guard let id = rows.number(0), id > 0, let seen = rows.number(1) else { continue }
            let account = AccountRecord(
                number: UInt64(id),
                keys: (keys[id] ?? []).compactMap { KeyFingerprint($0) },
                names: (names[id] ?? []).compactMap { try? Nickname($0) },
                seen: Timestamp(milliseconds: seen),
                isAdmitted: rows.number(2) == 1
            )
            if !account.keys.isEmpty { accounts.append(account) }
        }
        return accounts
    }

    /// What is wrong with them, one line each.
    static func check(_ database: Database) throws -> [String] {
        guard try Schema.current(database) >= 3 else { return [] }
        var findings: [String] = []
        let known = Set(try accounts(in: database).map { Int64(clamping: $0.number) })
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM account") where !known.contains(id) {
            findings.append("account \(id): its columns make no sense, or it has no key")
        }
        for (account, texts) in try texts("SELECT account, key FROM account_key", in: database) {
            if !known.contains(account) { findings.append("account \(account): there are keys, but no such account") }
            for text in texts where KeyFingerprint(text) == nil {
                findings.append("account \(account): it has no proper key")
            }
        }
        var holders: [Nickname: Int64] = [:]
        for (account, texts) in try texts("SELECT account, name FROM account_name", in: database) {
            if !known.contains(account) { findings.append("account \(account): there are names, but no such account") }
            for text in texts {
                guard let name = try? Nickname(text) else {
                    findings.append("account \(account): it has no proper name")
                    continue
                }
                if let other = holders.updateValue(account, forKey: name) {
                    findings.append("account \(account): its name \(name) is kept for account \(other) as well")
                }
            }
        }
        return findings.sorted()
    }

    private static func texts(_ sql: String, in database: Database) throws -> [Int64: [String]] {
        let rows = try Prepared(sql, on: database)
        defer { rows.reset() }
        var texts: [Int64: [String]] = [:]
        while try rows.step() {
            if let account = rows.number(0), let text = rows.text(1) { texts[account, default: []].append(text) }
        }
        return texts
    }
}
