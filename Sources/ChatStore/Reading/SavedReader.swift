internal import ChatCore
internal import GRDB

/// Reads what the server has to know when it starts. What it takes does not depend on how many events there are.
struct SavedReader {
    let database: Database
    let now: Timestamp

    /// For how long the id of a message keeps it from being said twice, in seconds.
    private static let window = 600
    private static let mostMessages = 200_000

    func saved() throws -> SavedChat {
        let rooms = try rooms()
        return SavedChat(
            rooms: rooms,
            lastMember: MemberID(UInt64(max(0, try Meta.get(.lastMember, on: database) ?? 0))),
            messagesWithID: try rooms.count == 0 ? [] : messages(of: rooms.map(\.record.id)),
            accounts: try AccountReader.accounts(in: database)
        )
    }

    func rooms() throws -> [SavedChat.Room] {
        let rows = try Prepared(
            "SELECT id, name, epoch, topic, private, locked, slow, kept FROM room ORDER BY id",
            on: database
        )
        defer { rows.reset() }
        let rights = try RightsTable.rights(in: database)
        var rooms: [SavedChat.Room] = []
        while try rows.step() {
            guard var record = record(rows) else { continue }
            record.rights = rows.number(0).flatMap { rights[$0] } ?? RoomRights()
            rooms.append(
                SavedChat.Room(
                    record,
                    head: try Ledger.tail(of: record.id, in: database).head,
                    bans: try sanctions(.ban, in: record.id),
                    mutes: try sanctions(.mute, in: record.id)
                )
            )
        }
        return rooms
    }

    private func record(_ row: Prepared) -> RoomRecord? {
        guard let id = row.number(0), id > 0, let name = row.text(1).flatMap({ try? RoomName($0) }) else { return nil }
        guard let epoch = row.text(2).flatMap({ Epoch($0) }) else { return nil }
        return RoomRecord(
            id: RoomID(UInt64(id)),
            name: name,
            epoch: epoch,
            topic: row.text(3).map { CleanText($0) },
            isPrivate: row.number(4) == 1,
            isLocked: row.number(5) == 1,
            slow: Int(max(0, row.number(6) ?? 0)),
            isKept: row.number(7) == 1
        )
    }

    private func sanctions(_ kind: SanctionKind, in room: RoomID) throws -> [Sanction] {
        let key = try Schema.current(database) >= 3 ? "key" : "NULL"
        let rows = try Prepared(
            """
            SELECT label, uid, name, addresses, by, until, reason, \(key) FROM sanction
            WHERE room = ? AND kind = ? ORDER BY rowid
            """,
            on: database
        )
        rows.bind(Int64(clamping: room.number), at: 1)
        rows.bind(kind.name, at: 2)
        defer { rows.reset() }
        var sanctions: [Sanction] = []
        while try rows.step() {
            guard let sanction = Self.sanction(rows), sanction.isInForce(at: now) else { continue }
            sanctions.append(sanction)
        }
        return sanctions
    }

    private static func sanction(_ row: Prepared) -> Sanction? {
        guard let label = row.text(0), let by = row.text(4) else { return nil }
        let uid = row.number(1).flatMap { $0 > 0 ? MemberID(UInt64($0)) : nil }
        return Sanction(
            label: label,
            member: uid,
            name: row.text(2).flatMap { try? Nickname($0) },
            addresses: row.text(3).flatMap { AddressRange($0) },
            key: row.text(7).flatMap { KeyFingerprint($0) },
            by: by,
            until: row.number(5).map { Timestamp(milliseconds: $0) },
            reason: row.text(6).map { CleanText($0) }
        )
    }

    /// Goes back in each room as far as the window reaches, and takes the newest of them all.
    private func messages(of rooms: [RoomID]) throws -> [Event] {
        let since = now.adding(seconds: -Self.window)
        var found: [Event] = []
        for room in rooms {
            let reader = try RoomReader(room, in: database)
            var cursor = try MessageCursor(room, from: .max, in: database)
            defer { cursor.close() }
            var taken = 0
            while taken < Self.mostMessages, let row = try cursor.next(), let at = row.number(1),
                at >= since.milliseconds
            {
                guard !row.isNull(10), let event = reader.event(row), event.id != nil else { continue }
                found.append(event)
                taken += 1
            }
        }
        found.sort { ($0.at, $0.room.number, $0.sequence) < ($1.at, $1.room.number, $1.sequence) }
        return found.suffix(Self.mostMessages)
    }
}
