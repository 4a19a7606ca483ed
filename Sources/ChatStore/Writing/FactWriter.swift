internal import ChatCore
internal import GRDB

/// Writes what is known besides events.
enum FactWriter {
    static func write(_ fact: Fact, on database: Database) throws {
        switch fact {
        case .room(let room): try upsert(room, on: database)
        case .sanctioned(let room, let kind, let sanction): try upsert(sanction, kind, in: room, on: database)
        case .pardoned(let room, let kind, let sanction): try remove(sanction, kind, in: room, on: database)
        case .forgotten(let room, let member, let range):
            try intend(room, member, range, on: database)
        case .ended(let room): try end(room, on: database)
        case .account(let account): try AccountWriter.write(account, on: database)
        case .accountEnded(let number): try AccountWriter.end(number, on: database)
        }
    }

    /// The room itself is gone at once; that its events have to go is written down.
    static func end(_ room: RoomID, on database: Database) throws {
        let number = try number(of: room)
        for table in ["sanction", "erasure", "room_key"] {
            try Prepared.run("DELETE FROM \(table) WHERE room = ?", number, on: database)
        }
        // How far its messages are in the index is told by its row, and has to be known until they are gone.
        let indexed = try WordIndex.mark(of: room, in: database) ?? 0
        try Prepared.run("DELETE FROM room WHERE id = ?", number, on: database)
        try Prepared.run(
            "INSERT INTO erasure (room, uid, low, high) VALUES (?, NULL, 0, ?)",
            number,
            Int64(clamping: indexed),
            on: database
        )
    }

    private static func intend(
        _ room: RoomID,
        _ member: MemberID,
        _ range: ClosedRange<UInt64>,
        on database: Database
    ) throws {
        guard let keys = EventKey.range(room, range), let uid = Int64(exactly: member.number) else { return }
        try Prepared.run(
            "INSERT INTO erasure (room, uid, low, high) VALUES (?, ?, ?, ?)",
            number(of: room),
            uid,
            Int64(EventKey.sequence(keys.lowerBound)),
            Int64(EventKey.sequence(keys.upperBound)),
            on: database
        )
    }

    private static func upsert(_ room: RoomRecord, on database: Database) throws {
        let statement = try Prepared(
            """
            INSERT INTO room (id, name, epoch, topic, private, locked, slow, kept) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, epoch = excluded.epoch, topic = excluded.topic,
                private = excluded.private, locked = excluded.locked, slow = excluded.slow, kept = excluded.kept
            """,
            on: database
        )
        statement.bind(try number(of: room.id), at: 1)
        statement.bind(room.name.text, at: 2)
        statement.bind(room.epoch.description, at: 3)
        statement.bind(room.topic?.string, at: 4)
        statement.bind(room.isPrivate ? 1 : 0, at: 5)
        statement.bind(room.isLocked ? 1 : 0, at: 6)
        statement.bind(Int64(room.slow), at: 7)
        statement.bind(room.isKept ? 1 : 0, at: 8)
        try statement.run()
        try RightsTable.write(room.rights, of: room.id, on: database)
    }

    /// One that takes another's place stays where that stood.
    private static func upsert(
        _ sanction: Sanction,
        _ kind: SanctionKind,
        in room: RoomID,
        on database: Database
    ) throws {
        let statement = try Prepared(
            """
            INSERT INTO sanction (room, kind, label, uid, name, addresses, by, until, reason, key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (room, kind, label, uid) DO UPDATE SET name = excluded.name, addresses = excluded.addresses,
                by = excluded.by, until = excluded.until, reason = excluded.reason, key = excluded.key
            """,
            on: database
        )
        try statement.bindIdentity(sanction, kind, in: room)
        statement.bind(sanction.name?.text, at: 5)
        statement.bind(sanction.addresses?.description, at: 6)
        statement.bind(sanction.by, at: 7)
        statement.bind(sanction.until?.milliseconds, at: 8)
        statement.bind(sanction.reason?.string, at: 9)
        statement.bind(sanction.key?.description, at: 10)
        try statement.run()
    }

    private static func remove(
        _ sanction: Sanction,
        _ kind: SanctionKind,
        in room: RoomID,
        on database: Database
    ) throws {
        let statement = try Prepared(
            "DELETE FROM sanction WHERE room = ? AND kind = ? AND label = ? AND uid = ?",
            on: database
        )
        try statement.bindIdentity(sanction, kind, in: room)
        try statement.run()
    }

    static func number(of room: RoomID) throws -> Int64 {
        guard let first = EventKey.of(room, 1) else { throw LogFailure("room \(room.number) has too great a number") }
        return first >> EventKey.sequenceBits
    }
}

extension SanctionKind {
    /// As it is kept.
    var name: String {
        switch self {
        case .ban: "ban"
        case .mute: "mute"
        }
    }
}

extension Prepared {
    /// By what one sanction is told from another.
    fileprivate func bindIdentity(_ sanction: Sanction, _ kind: SanctionKind, in room: RoomID) throws {
        bind(try FactWriter.number(of: room), at: 1)
        bind(kind.name, at: 2)
        bind(sanction.label, at: 3)
        bind(Int64(clamping: sanction.member?.number ?? 0), at: 4)
    }
}
