internal import ChatCore
internal import GRDB

/// Takes the lines of an export one by one into a database, in a transaction of the caller's.
struct Intake {
    private let database: Database
    private var ledger = Ledger()
    private var report = HistoryImport.Report()
    /// Of this export, by the names that its lines call them by.
    private var rooms: [String: RoomID] = [:]
    private var heads: [(RoomID, UInt64)] = []
    private var names: Set<RoomName>
    private var taken: Set<RoomID>
    private var numbers: Set<UInt64> = []
    private var keys: Set<KeyFingerprint> = []
    private var reserved: Set<Nickname> = []
    private var hasHeader = false
    private var isOver = false

    init(_ database: Database) throws {
        self.database = database
        let there = try SavedReader(database: database, now: Timestamp(milliseconds: .min)).rooms()
        names = Set(there.map(\.record.name))
        taken = Set(there.map(\.record.id))
        try ledger.fill(from: database)
        taken.formUnion(ledger.ended)
        for account in try AccountReader.accounts(in: database) {
            numbers.insert(account.number)
            keys.formUnion(account.keys)
            reserved.formUnion(account.names)
        }
    }

    mutating func take(_ line: [UInt8]) throws {
        let content = try LineContent(line.span.bytes)
        if case .header = content {
            hasHeader = true
            return
        }
        guard hasHeader else { throw LineProblem("this is no export of conclaved: the first line is missing") }
        guard !isOver else { throw LineProblem("something stands behind the end") }
        switch content {
        case .header: break
        case .room(let record, let head): try take(record, head)
        case .sanction(let room, let kind, let sanction):
            try write([], [.sanctioned(try id(of: room), kind, sanction)])
            report.sanctions += 1
        case .event(let room, let event):
            let event = Event(
                room: try id(of: room),
                sequence: event.sequence,
                at: event.at,
                body: event.body,
                id: event.id
            )
            try write([event], [])
            report.events += 1
        case .account(let account): try take(account)
        case .end(let lastMember):
            isOver = true
            try write([], [], lastMember)
        }
    }

    /// - Throws: ``LineProblem`` if the export has been cut off.
    func finish() throws -> HistoryImport.Report {
        guard isOver else { throw StoreError.unusable(path: "the export", reason: "its end is missing") }
        for (room, head) in heads {
            try Prepared.run(
                "UPDATE room SET head = max(head, ?) WHERE id = ?",
                Int64(clamping: head),
                Int64(clamping: room.number),
                on: database
            )
        }
        return report
    }

    private mutating func take(_ record: RoomRecord, _ head: UInt64) throws {
        guard names.insert(record.name).inserted else { throw LineProblem("there is a room \(record.name) already") }
        let id = number(for: record)
        taken.insert(id)
        rooms[record.name.text] = id
        heads.append((id, head))
        let record = RoomRecord(
            id: id,
            name: record.name,
            epoch: record.epoch,
            topic: record.topic,
            isPrivate: record.isPrivate,
            isLocked: record.isLocked,
            slow: record.slow,
            isKept: record.isKept,
            rights: record.rights
        )
        try write([], [.room(record)])
        report.rooms += 1
    }

    private mutating func take(_ account: AccountRecord) throws {
        for key in account.keys where !keys.insert(key).inserted {
            throw LineProblem("there is an account with the key \(key) already")
        }
        for name in account.names where !reserved.insert(name).inserted {
            throw LineProblem("the name \(name) is kept for somebody already")
        }
        let number = numbers.contains(account.number) ? (numbers.max() ?? 0) + 1 : account.number
        numbers.insert(number)
        let record = AccountRecord(
            number: number,
            keys: account.keys,
            names: account.names,
            seen: account.seen,
            isAdmitted: account.isAdmitted
        )
        try write([], [.account(record)])
        report.accounts += 1
    }

    /// The number it had, if nobody else has it. That of the lobby is nobody else's.
    private func number(for record: RoomRecord) -> RoomID {
        if record.name == .lobby { return .lobby }
        if record.id != .lobby, record.id.number > 0, !taken.contains(record.id) { return record.id }
        return RoomID((taken.map(\.number).max() ?? 1) + 1)
    }

    private func id(of room: String) throws -> RoomID {
        guard let id = rooms[room] else { throw LineProblem("there was no line about a room '\(room)'") }
        return id
    }

    private mutating func write(_ events: [Event], _ facts: [Fact], _ lastMember: MemberID = MemberID(0)) throws {
        // An empty batch would be a probe.
        guard !events.isEmpty || !facts.isEmpty || lastMember > ledger.lastMember else { return }
        let batch = LogBatch(events: events, facts: facts, lastMember: lastMember)
        ledger.take(try Appending.write(batch, on: database, ledger), batch)
    }
}
