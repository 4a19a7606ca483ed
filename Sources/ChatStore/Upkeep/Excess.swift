internal import ChatCore
internal import GRDB

/// What has to go because all rooms together take too much: the oldest, one slice of time after the other, each taken out
/// of all rooms in turn. So a step looks at few rooms, however many there are.
struct Excess: Sendable {
    /// How much of all there is has to go.
    private let share: Double
    private var unseen: [RoomID]
    /// The times of each room's oldest event.
    private var oldest: [RoomID: Int64] = [:]
    private var events = 0
    /// How many events have still to go; nil until all rooms have been looked at.
    private var surplus: Int?
    /// Rooms with events of the slice, which ends before `cutoff`.
    private var slice: [RoomID] = []
    private var cutoff = Int64.min
    /// How many events have gone.
    private(set) var removed = 0

    init(share: Double, of rooms: [RoomID]) {
        (self.share, unseen) = (share, rooms)
    }

    mutating func forget(_ room: RoomID) {
        oldest[room] = nil
    }

    /// - Parameter tails: where each room ends.
    /// - Returns: whether enough has gone, or all that there was.
    mutating func step(
        on database: Database,
        _ tails: [RoomID: Ledger.Tail],
        at now: Timestamp,
        until deadline: Deadline
    ) throws -> Bool {
        while surplus == nil {
            guard let room = unseen.popLast() else {
                surplus = Int(Double(events) * share) + 1
                break
            }
            try look(at: room, endingAt: tails[room]?.head ?? 0, in: database)
            guard !deadline.hasPassed else { return false }
        }
        while let left = surplus, left > 0 {
            guard let room = slice.last else {
                guard beginSlice(at: now) else { return true }
                continue
            }
            var allowed = left
            let done = try Removal.ofOldest(room, on: database, until: deadline) { [cutoff] _, at in
                defer { allowed -= 1 }
                return allowed > 0 && at < cutoff
            }
            removed += done.count
            surplus = left - done.count
            guard done.isAll else { return false }
            slice.removeLast()
            oldest[room] = try Self.first(of: room, in: database)?.at
            guard !deadline.hasPassed else { return false }
        }
        return true
    }

    private mutating func look(at room: RoomID, endingAt head: UInt64, in database: Database) throws {
        guard let first = try Self.first(of: room, in: database), first.sequence <= head else { return }
        oldest[room] = first.at
        events += Int(head - first.sequence) + 1
    }

    /// Half of what would have to go if as much were said at all times: others may have more of what is old.
    /// - Returns: false if nothing is left.
    private mutating func beginSlice(at now: Timestamp) -> Bool {
        guard let first = oldest.values.min() else { return false }
        let span = max(0, Double(now.milliseconds) - Double(first))
        cutoff = first + 1 + Int64(span * share / 2)
        slice = oldest.filter { $0.value < cutoff }.map(\.key)
        return true
    }

    private static func first(of room: RoomID, in database: Database) throws -> (sequence: UInt64, at: Int64)? {
        guard let keys = EventKey.range(room) else { return nil }
        let rows = try Prepared(
            "SELECT key, at FROM event WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1",
            on: database
        )
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        guard try rows.step(), let key = rows.number(0), let at = rows.number(1) else { return nil }
        // So that no sum of times goes beyond what a number can be.
        return (EventKey.sequence(key), min(max(at, -(1 << 60)), 1 << 60))
    }
}
