internal import ChatCore
internal import GRDB

/// Removes the oldest of what is more than is to be kept.
struct Retaining {
    let keep: KeepPolicy
    let database: Database
    let deadline: Deadline

    /// By number.
    /// - Returns: whether the room has no more than it may.
    func trimCount(_ room: RoomID, _ ledger: Ledger) throws -> Bool {
        guard let most = keep.events, let head = ledger.tails[room]?.head else { return true }
        // The first that is kept.
        let first = head - min(head, UInt64(max(0, most))) + 1
        return try Removal.ofOldest(room, on: database, until: deadline) { sequence, _ in sequence < first }.isAll
    }

    /// By age.
    func trimAge(_ room: RoomID, at now: Timestamp) throws -> Bool {
        guard let days = keep.days else { return true }
        let oldest = now.milliseconds - Int64(clamping: days) &* 86_400_000
        return try Removal.ofOldest(room, on: database, until: deadline) { _, at in at < oldest }.isAll
    }

    /// By size: a sixteenth more than has to go, because the index gets smaller only when it is merged, all of it.
    /// - Returns: whether there is nothing to do.
    func trimBytes(_ ledger: inout Ledger) throws -> Bool {
        guard let most = keep.bytes else { return true }
        if ledger.surplus <= 0 {
            let used = try Pages(database).usedBytes
            guard used > most else { return true }
            // How much there is too much will be seen when the index has been merged.
            if try Purging.hasten(on: database) { return true }
            let goal = Int64(clamping: most - most / 16)
            ledger.oldest = try oldest()
            ledger.surplus = Int(Double(try count(ledger)) * Double(used - goal) / Double(used)) + 1
        }
        let removed = try trimOldest(&ledger)
        guard removed > 0 else {
            // Nothing is left that could be removed.
            (ledger.surplus, ledger.oldest) = (0, [:])
            return true
        }
        ledger.surplus -= removed
        if ledger.surplus <= 0 {
            ledger.oldest = [:]
            try Purging.request(isUrgent: true, on: database)
        }
        return false
    }

    /// The oldest of all rooms, up to where another has the oldest.
    /// - Returns: how many.
    private func trimOldest(_ ledger: inout Ledger) throws -> Int {
        let order: ((key: RoomID, value: Int64), (key: RoomID, value: Int64)) -> Bool = {
            ($0.value, $0.key.number) < ($1.value, $1.key.number)
        }
        guard let first = ledger.oldest.min(by: order) else { return 0 }
        ledger.oldest[first.key] = nil
        let next = ledger.oldest.values.min() ?? .max
        var left = ledger.surplus
        let done = try Removal.ofOldest(first.key, on: database, until: deadline) { _, at in
            // One at least.
            defer { left -= 1 }
            return left == ledger.surplus || left > 0 && at <= next
        }
        ledger.oldest[first.key] = try oldest(of: first.key)
        return done.count
    }

    private func count(_ ledger: Ledger) throws -> Int {
        var count = 0
        for room in ledger.oldest.keys {
            guard let keys = EventKey.range(room), let head = ledger.tails[room]?.head else { continue }
            let first = try Prepared.number(
                "SELECT key FROM event WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1",
                keys.lowerBound,
                keys.upperBound,
                on: database
            )
            guard let first, EventKey.sequence(first) <= head else { continue }
            count += Int(head - EventKey.sequence(first)) + 1
        }
        return count
    }

    private func oldest() throws -> [RoomID: Int64] {
        var oldest: [RoomID: Int64] = [:]
        for room in try Ledger.rooms("SELECT id FROM room", in: database) { oldest[room] = try self.oldest(of: room) }
        return oldest
    }

    private func oldest(of room: RoomID) throws -> Int64? {
        guard let keys = EventKey.range(room) else { return nil }
        return try Prepared.number(
            "SELECT at FROM event WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1",
            keys.lowerBound,
            keys.upperBound,
            on: database
        )
    }
}
