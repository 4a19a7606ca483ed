internal import ChatCore
internal import GRDB

/// What is done once, before anything is appended.
enum Beginning {
    /// Rooms that nobody has spoken in, other than the lobby, ended with the server that held them.
    static func endRooms(on database: Database) throws {
        let rows = try Prepared("SELECT id FROM room WHERE kept != 1 AND id != 1", on: database)
        var rooms: [RoomID] = []
        while try rows.step() {
            if let id = rows.number(0), id > 0 { rooms.append(RoomID(UInt64(id))) }
        }
        rows.reset()
        for room in rooms { try FactWriter.end(room, on: database) }
    }

    static func fill(_ ledger: inout Ledger, from database: Database) throws {
        ledger.lastMember = MemberID(UInt64(max(0, try Meta.get(.lastMember, on: database) ?? 0)))
        let rows = try Prepared("SELECT DISTINCT room FROM erasure WHERE uid IS NULL", on: database)
        defer { rows.reset() }
        while try rows.step() {
            if let room = rows.number(0), room > 0 { ledger.ended.insert(RoomID(UInt64(room))) }
        }
    }
}
