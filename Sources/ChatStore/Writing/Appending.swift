internal import ChatCore
internal import GRDB

/// Writes one batch, wholly or not at all.
struct Appending {
    private let database: Database
    private var insert: Prepared
    /// Of the rooms that this batch has touched.
    private var tails: [RoomID: Ledger.Tail] = [:]
    private var current: (room: RoomID, tail: Ledger.Tail)?

    /// - Parameter ledger: what it was before, if this throws.
    static func run(_ batch: LogBatch, on database: Database, _ ledger: inout Ledger) throws {
        try Prepared.run("BEGIN IMMEDIATE", on: database)
        var after = ledger
        do {
            var appending = try Appending(database)
            for event in batch.events { try appending.append(event, &after) }
            appending.leave()
            for (room, tail) in appending.tails { after.tails[room] = tail }
            for fact in batch.facts { try FactWriter.write(fact, on: database, &after) }
            try appending.finish(batch, &after)
            try Prepared.run("COMMIT", on: database)
        } catch {
            // After some failures SQLite has done it already, and says that there is nothing to roll back.
            if database.isInsideTransaction { try? database.rollback() }
            throw error
        }
        ledger = after
    }

    private init(_ database: Database) throws {
        self.database = database
        insert = try Prepared(
            """
            INSERT INTO event (key, at, kind, back, uid, name, uid2, name2, number, text, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            on: database
        )
    }

    private mutating func append(_ event: Event, _ ledger: inout Ledger) throws {
        var tail = try tail(of: event.room, &ledger)
        guard event.sequence == tail.head + 1 || tail.head == 0, let key = EventKey.of(event.room, event.sequence)
        else {
            throw LogFailure("event \(event.sequence) of room \(event.room.number) cannot follow event \(tail.head)")
        }
        let row = EventRow(event.body)
        insert.bind(key, at: 1)
        insert.bind(event.at.milliseconds, at: 2)
        insert.bind(row.kind.rawValue, at: 3)
        insert.bind(tail.message > 0 ? Int64(event.sequence - tail.message) : nil, at: 4)
        try insert.bind(row.author, at: 5)
        try insert.bind(row.other, at: 7)
        insert.bind(row.number, at: 9)
        insert.bind(row.text?.string, at: 10)
        insert.bind(event.id?.text, at: 11)
        try insert.run()

        tail.head = event.sequence
        if row.kind.isSpeech { tail.message = event.sequence }
        current = (event.room, tail)
    }

    private mutating func tail(of room: RoomID, _ ledger: inout Ledger) throws -> Ledger.Tail {
        if let current, current.room == room { return current.tail }
        leave()
        if let tail = tails[room] ?? ledger.tails[room] { return tail }
        // A number that is given again: what is left of its former room has to be out of the way now.
        if ledger.ended.remove(room) != nil { try FactWriter.removeAll(of: room, on: database) }
        return try Ledger.tail(of: room, in: database)
    }

    private mutating func leave() {
        if let current { tails[current.room] = current.tail }
        current = nil
    }

    private func finish(_ batch: LogBatch, _ ledger: inout Ledger) throws {
        if batch.lastMember > ledger.lastMember {
            try Meta.set(.lastMember, Int64(clamping: batch.lastMember.number), on: database)
            ledger.lastMember = batch.lastMember
        } else if batch.events.isEmpty, batch.facts.isEmpty {
            // Nothing but a real write shows whether the disk takes one.
            try Meta.add(1, to: .probes, on: database)
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
