/// All accounts, by their keys and names. It decides nothing; see ChatState+Accounts.swift.
struct Accounts {
    private var byNumber: [UInt64: Account] = [:]
    private var byKey: [KeyFingerprint: Account] = [:]
    private var byName: [Nickname: Account] = [:]
    private var last: UInt64 = 0

    var count: Int { byNumber.count }
    var all: some Collection<Account> { byNumber.values }

    subscript(key: KeyFingerprint?) -> Account? { key.flatMap { byKey[$0] } }
    subscript(number: UInt64) -> Account? { byNumber[number] }

    /// The account that a name is kept for.
    func holder(of name: Nickname) -> Account? { byName[name] }

    /// One that is known from before; what another has already it does not get.
    mutating func restore(_ record: AccountRecord) {
        var record = record
        record.keys.removeAll { byKey[$0] != nil }
        record.names.removeAll { byName[$0] != nil }
        guard byNumber[record.number] == nil, !record.keys.isEmpty else { return }
        last = max(last, record.number)
        add(Account(record))
    }

    mutating func make(_ key: KeyFingerprint, at now: Timestamp) -> Account {
        last += 1
        let account = Account(AccountRecord(number: last, keys: [key], seen: now))
        add(account)
        return account
    }

    private mutating func add(_ account: Account) {
        byNumber[account.number] = account
        for key in account.keys { byKey[key] = account }
        for name in account.names { byName[name] = account }
    }

    /// - Returns: whether anything is different now.
    mutating func change(_ account: Account, _ change: (inout AccountRecord) -> Void) -> Bool {
        let before = account.record
        guard account.change(change) else { return false }
        for key in before.keys { byKey[key] = nil }
        for name in before.names { byName[name] = nil }
        for key in account.keys { byKey[key] = account }
        for name in account.names { byName[name] = account }
        return true
    }

    mutating func end(_ account: Account) {
        byNumber[account.number] = nil
        for key in account.keys { byKey[key] = nil }
        for name in account.names { byName[name] = nil }
    }
}
