internal import ChatCore
internal import GRDB

/// What of one room is to be gone already for whoever reads, though it may still be in the table.
struct Erasures {
    /// The room has ended.
    private(set) var isRoomGone = false
    private var ranges: [(uid: UInt64, sequences: ClosedRange<UInt64>)] = []

    /// As of the transaction that is open.
    init(of room: RoomID, in database: Database) throws {
        let rows = try Prepared("SELECT uid, low, high FROM erasure WHERE room = ?", on: database)
        rows.bind(Int64(clamping: room.number), at: 1)
        defer { rows.reset() }
        while try rows.step() {
            if rows.isNull(0) { isRoomGone = true }
            guard let uid = rows.number(0), let low = rows.number(1), let high = rows.number(2) else { continue }
            guard uid >= 0, low >= 0, low <= high else { continue }
            ranges.append((UInt64(uid), UInt64(low)...UInt64(high)))
        }
    }

    /// The event as it may be shown.
    func applied(to event: Event) -> Event {
        guard !ranges.isEmpty else { return event }
        let uid = event.body.author.member.number
        return ranges.contains { $0.uid == uid && $0.sequences.contains(event.sequence) } ? event.forgotten : event
    }
}
