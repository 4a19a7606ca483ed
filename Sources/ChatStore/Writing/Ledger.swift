internal import ChatCore
internal import GRDB

/// What the writer knows by heart, so that it need not look it up for each event: where each room's events end.
struct Ledger: Sendable {
    struct Tail: Sendable, Equatable {
        /// The last event's number; 0: there was none yet.
        var head: UInt64
        /// The last message's; 0: there is none.
        var message: UInt64
    }

    /// Looked up when a room is first written to.
    var tails: [RoomID: Tail] = [:]
    /// Rooms that have ended and of which there are still events.
    var ended: Set<RoomID> = []
    var lastMember = MemberID(0)
    /// Nothing is written any more.
    var isClosed = false

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
