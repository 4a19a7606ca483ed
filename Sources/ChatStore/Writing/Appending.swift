internal import ChatCore
internal import GRDB

/// Writes one batch, wholly or not at all.
struct Appending {
    /// What the writer knows when the batch is committed. Kept apart until then, and small, as the ledger is not.
    struct Changes {
        /// Of the rooms that this batch has touched.
        var tails: [RoomID: Ledger.Tail] = [:]
        /// With something new to be found by its words.
        var spokenIn: Set<RoomID> = []
        /// Of which nothing is left, as their numbers were given again.
        var removed: [RoomID] = []
    }

    private let database: Database
    /// For one row, and for ``run`` rows at a time.
    private let one, many: Prepared
    private var changes = Changes()
    /// The room of the last event, which most often is that of the next.
    private var current: (room: RoomID, tail: Ledger.Tail)?

    /// - Parameter ledger: what it was before, if this throws.
    static func run(_ batch: LogBatch, on database: Database, _ ledger: inout Ledger) throws {
        try Prepared.run("BEGIN IMMEDIATE", on: database)
        let changes: Changes
        do {
            changes = try write(batch, on: database, ledger)
            try Prepared.run("COMMIT", on: database)
        } catch {
            database.abandon()
            Doubt.settle(error, on: database)
            throw error
        }
        ledger.take(changes, batch)
    }

    /// The same in a transaction of the caller's, who has the ledger take the changes when they are committed, or when
    /// nothing will be asked of it if they are not.
    static func write(_ batch: LogBatch, on database: Database, _ ledger: Ledger) throws -> Changes {
        var appending = try Appending(database)
        try appending.append(batch.events, ledger)
        appending.leave()
        for fact in batch.facts { try FactWriter.write(fact, on: database) }
        try finish(batch, on: database, ledger)
        return appending.changes
    }

    private init(_ database: Database) throws {
        self.database = database
        one = try Prepared(Self.insertOne, on: database)
        many = try Prepared(Self.insertMany, on: database)
    }

    /// So many rows in one statement cost a sixth less than one by one.
    private static let run = 16
    private static let columns = 11
    private static let insertOne = insertion(of: 1)
    private static let insertMany = insertion(of: run)

    private static func insertion(of rows: Int) -> String {
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
        return "INSERT INTO event (key, at, kind, back, uid, name, uid2, name2, number, text, id) VALUES "
            + Array(repeating: row, count: rows).joined(separator: ", ")
    }

    private mutating func append(_ events: [Event], _ ledger: Ledger) throws {
        var next = 0
        while events.count - next >= Self.run {
            for row in 0..<Self.run { try bind(events[next + row], at: CInt(row * Self.columns), of: many, ledger) }
            try many.run()
            next += Self.run
        }
        for event in events[next...] {
            try bind(event, at: 0, of: one, ledger)
            try one.run()
        }
    }

    /// - Parameter before: how many values stand before those of this row.
    private mutating func bind(_ event: Event, at before: CInt, of insert: Prepared, _ ledger: Ledger) throws {
        var tail = try tail(of: event.room, ledger)
        guard event.sequence == tail.head + 1 || tail.head == 0, let key = EventKey.of(event.room, event.sequence)
        else {
            throw LogFailure("event \(event.sequence) of room \(event.room.number) cannot follow event \(tail.head)")
        }
        let row = EventRow(event.body)
        insert.bind(key, at: before + 1)
        insert.bind(event.at.milliseconds, at: before + 2)
        insert.bind(row.kind.rawValue, at: before + 3)
        insert.bind(tail.message > 0 ? Int64(event.sequence - tail.message) : nil, at: before + 4)
        try insert.bind(row.author, at: before + 5)
        try insert.bind(row.other, at: before + 7)
        insert.bind(row.number, at: before + 9)
        insert.bind(row.text?.string, at: before + 10)
        insert.bind(event.id?.text, at: before + 11)

        tail.head = event.sequence
        if row.kind.isSpeech { tail.message = event.sequence }
        current = (event.room, tail)
    }

    private mutating func tail(of room: RoomID, _ ledger: Ledger) throws -> Ledger.Tail {
        if let current, current.room == room { return current.tail }
        leave()
        if let tail = changes.tails[room] ?? ledger.tails[room] { return tail }
        if ledger.ended.contains(room), !changes.removed.contains(room) {
            // A number that is given again: what is left of its former room has to be out of the way now.
            while try !Removal.ofEnded(room, on: database, until: .never) {}
            changes.removed.append(room)
        }
        return try Ledger.tail(of: room, in: database)
    }

    private mutating func leave() {
        guard let current else { return }
        changes.tails[current.room] = current.tail
        changes.spokenIn.insert(current.room)
        self.current = nil
    }

    private static func finish(_ batch: LogBatch, on database: Database, _ ledger: Ledger) throws {
        if batch.lastMember > ledger.lastMember {
            try Meta.set(.lastMember, Int64(clamping: batch.lastMember.number), on: database)
        } else if batch.events.isEmpty, batch.facts.isEmpty {
            // Nothing but a real write shows whether the disk takes one.
            try Meta.add(1, to: .probes, on: database)
        }
    }
}

extension Database {
    /// Rolls back what is open. After some failures SQLite has done so itself.
    func abandon() {
        if isInsideTransaction { try? rollback() }
    }
}

extension Ledger {
    mutating func take(_ changes: Appending.Changes, _ batch: LogBatch) {
        for room in changes.removed { ended.remove(room) }
        for (room, tail) in changes.tails { tails[room] = tail }
        unindexed.formUnion(changes.spokenIn)
        grown.formUnion(changes.spokenIn)
        lastMember = max(lastMember, batch.lastMember)
        for fact in batch.facts {
            switch fact {
            case .room, .sanctioned, .pardoned, .account, .accountEnded: break
            case .forgotten: hasErasures = true
            case .ended(let room):
                tails[room] = nil
                excess?.forget(room)
                unindexed.remove(room)
                grown.remove(room)
                aged.remove(room)
                ended.insert(room)
            }
        }
    }
}

extension Prepared {
    /// A number, and a name behind it.
    fileprivate func bind(_ author: Author?, at index: CInt) throws {
        guard let author else {
            bind(Int64?.none, at: index)
            bind(String?.none, at: index + 1)
            return
        }
        guard let uid = Int64(exactly: author.member.number) else {
            throw LogFailure("member \(author.member.number) has too great a number")
        }
        bind(uid, at: index)
        bind(author.name?.text, at: index + 1)
    }
}
