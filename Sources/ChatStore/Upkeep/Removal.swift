internal import ChatCore
internal import GRDB

/// Takes events out of a room from its beginning on, and what the index has of them.
enum Removal {
    /// What has been taken out.
    struct Done {
        var count = 0
        var last: Int64?
        /// It ended because nothing more was to go, rather than because time was up.
        var isAll = true
    }

    /// Of a room that has ended.
    /// - Returns: whether nothing is left of it, not even that it had to go.
    static func ofEnded(_ room: RoomID, on database: Database, until deadline: Deadline) throws -> Bool {
        let number = Int64(clamping: room.number)
        let indexed = try Prepared.number(
            "SELECT high FROM erasure WHERE room = ? AND uid IS NULL",
            number,
            on: database
        )
        let done = try remove(room, indexed: UInt64(max(0, indexed ?? 0)), on: database, until: deadline) { _, _ in true
        }
        guard done.isAll else { return false }
        try Prepared.run("DELETE FROM erasure WHERE room = ?", number, on: database)
        return true
    }

    /// Of a room that goes on, as long as `condition` holds for the number and the time of each event.
    static func ofOldest(
        _ room: RoomID,
        on database: Database,
        until deadline: Deadline,
        while condition: (UInt64, Int64) -> Bool
    ) throws -> Done {
        let indexed = try WordIndex.mark(of: room, in: database) ?? 0
        let done = try remove(room, indexed: indexed, on: database, until: deadline, while: condition)
        if let last = done.last {
            // The numbers go on from here even if nothing is left.
            let statement = try Prepared(
                "UPDATE room SET head = max(head, ?1), indexed = max(indexed, ?1) WHERE id = ?2",
                on: database
            )
            statement.bind([Int64(EventKey.sequence(last)), Int64(clamping: room.number)])
            try statement.run()
        }
        return done
    }

    private static func remove(
        _ room: RoomID,
        indexed: UInt64,
        on database: Database,
        until deadline: Deadline,
        while condition: (UInt64, Int64) -> Bool
    ) throws -> Done {
        var done = Done()
        guard let keys = EventKey.range(room) else { return done }
        let rows = try Prepared(
            "SELECT key, at, kind, text FROM event WHERE key BETWEEN ? AND ? ORDER BY key",
            on: database
        )
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        while try rows.step() {
            guard let key = rows.number(0) else { break }
            let sequence = EventKey.sequence(key)
            // What has no time is as old as can be.
            guard condition(sequence, rows.number(1) ?? .min) else { break }
            if sequence <= indexed, EventKind.isIndexed(rows.number(2)), let text = rows.text(3) {
                try WordIndex.remove(key, text, in: database)
            }
            done.count += 1
            done.last = key
            if deadline.hasPassed {
                done.isAll = false
                break
            }
        }
        rows.reset()
        if let last = done.last {
            try Prepared.run("DELETE FROM event WHERE key BETWEEN ? AND ?", keys.lowerBound, last, on: database)
        }
        return done
    }
}
