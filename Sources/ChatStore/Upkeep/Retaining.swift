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
    func trimBytes(_ ledger: inout Ledger, at now: Timestamp) throws -> Bool {
        guard let most = keep.bytes else { return true }
        guard ledger.excess != nil else {
            let used = try Pages(database).usedBytes
            guard used > most else { return true }
            // How much there is too much will be seen when the index has been merged.
            if try Purging.hasten(on: database) { return true }
            let goal = Int64(clamping: most - most / 16)
            let rooms = try Ledger.rooms("SELECT id FROM room", in: database)
            ledger.excess = Excess(share: Double(used - goal) / Double(used), of: rooms)
            return false
        }
        let tails = ledger.tails
        guard try ledger.excess?.step(on: database, tails, at: now, until: deadline) ?? true else { return false }
        let removed = ledger.excess?.removed ?? 0
        ledger.excess = nil
        // Or nothing is left that could be removed.
        if removed > 0 { try Purging.request(isUrgent: true, on: database) }
        return removed == 0
    }
}
