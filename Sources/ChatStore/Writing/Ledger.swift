internal import ChatCore
internal import GRDB

/// What the writer knows by heart, so that it need not look it up for each event: where each room's events end, and in
/// which rooms there may be something to be done.
struct Ledger: Sendable {
    struct Tail: Sendable, Equatable {
        /// The last event's number; 0: there was none yet.
        var head: UInt64
        /// The last message's; 0: there is none.
        var message: UInt64
    }

    /// Looked up when a room is first written to.
    var tails: [RoomID: Tail] = [:]
    var lastMember = MemberID(0)
    /// Nothing is written any more.
    var isClosed = false

    // What there is for Upkeep to look at.

    /// Rooms that have ended and of which there are still events.
    var ended: Set<RoomID> = []
    /// Something is to be forgotten.
    var hasErasures = false
    /// With messages that are not in the index.
    var unindexed: Set<RoomID> = []
    /// How many steps of merging the index are due.
    var mergesDue = 0
    /// That may have more events than are to be kept.
    var grown: Set<RoomID> = []
    /// That may have events older than are to be kept.
    var aged: Set<RoomID> = []
    /// What has to go because all rooms together take too much.
    var excess: Excess?
    /// When ages are looked at again.
    var nextAging = Timestamp(milliseconds: .min)
    /// Not before this is the index merged again for what was forgotten.
    var nextPurge = Timestamp(milliseconds: .min)
    /// Free pages are being given back.
    var isShrinking = false
    /// A step has failed, so that what stands here may not be so.
    var isStale = false
}

extension Ledger {
    /// Reads what there is to know.
    mutating func fill(from database: Database) throws {
        lastMember = MemberID(UInt64(max(0, try Meta.get(.lastMember, on: database) ?? 0)))
        ended = []
        hasErasures = false
        for room in try Self.rooms("SELECT DISTINCT room FROM erasure WHERE uid IS NULL", in: database) {
            ended.insert(room)
        }
        hasErasures = try Prepared.number("SELECT 1 FROM erasure WHERE uid IS NOT NULL", on: database) != nil
        let rooms = try Self.rooms("SELECT id FROM room", in: database)
        unindexed = []
        for room in rooms {
            let tail = try Self.tail(of: room, in: database)
            tails[room] = tail
            if try WordIndex.mark(of: room, in: database) ?? .max < tail.head { unindexed.insert(room) }
        }
        grown = Set(rooms)
        excess = nil
        isStale = false
    }

    static func rooms(_ sql: String, in database: Database) throws -> [RoomID] {
        let rows = try Prepared(sql, on: database)
        defer { rows.reset() }
        var rooms: [RoomID] = []
        while try rows.step() {
            if let number = rows.number(0), number > 0 { rooms.append(RoomID(UInt64(number))) }
        }
        return rooms
    }

    /// Reads what there is about the end of a room.
    static func tail(of room: RoomID, in database: Database) throws -> Tail {
        let head = try Prepared.number("SELECT head FROM room WHERE id = ?", Int64(clamping: room.number), on: database)
        var tail = Tail(head: UInt64(max(0, head ?? 0)), message: 0)
        guard let range = EventKey.range(room) else { return tail }
        let last = try Prepared(
            "SELECT key, at, kind, back FROM event WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1",
            on: database
        )
        last.bind([range.lowerBound, range.upperBound])
        defer { last.reset() }
        guard try last.step(), let key = last.number(0) else { return tail }
        let sequence = EventKey.sequence(key)
        tail.head = max(tail.head, sequence)
        if EventReader.isSpeech(last) {
            tail.message = sequence
        } else if let back = EventReader.back(last), back < Int64(sequence) {
            tail.message = sequence - UInt64(back)
        }
        return tail
    }
}
