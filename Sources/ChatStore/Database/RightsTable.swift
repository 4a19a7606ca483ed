internal import ChatCore
internal import GRDB

/// Who has rights in rooms by its key.
enum RightsTable {
    private enum Rank: String, CaseIterable {
        case owner, moderator, guest
    }

    /// In place of what was known of the room.
    static func write(_ rights: RoomRights, of room: RoomID, on database: Database) throws {
        let number = try FactWriter.number(of: room)
        try Prepared.run("DELETE FROM room_key WHERE room = ?", number, on: database)
        guard !rights.isEmpty else { return }
        let insert = try Prepared("INSERT INTO room_key (room, rank, place, key) VALUES (?, ?, ?, ?)", on: database)
        for rank in Rank.allCases {
            for (place, key) in keys(of: rank, in: rights).enumerated() {
                insert.bind(number, at: 1)
                insert.bind(rank.rawValue, at: 2)
                insert.bind(Int64(place), at: 3)
                insert.bind(key.description, at: 4)
                try insert.run()
            }
        }
    }

    /// - Returns: those of all rooms, by the numbers of these, as far as they make sense; none if the file is of a version
    ///   that had none.
    static func rights(in database: Database) throws -> [Int64: RoomRights] {
        guard try Schema.current(database) >= 4 else { return [:] }
        let rows = try Prepared("SELECT room, rank, key FROM room_key ORDER BY room, rank, place", on: database)
        defer { rows.reset() }
        var all: [Int64: RoomRights] = [:]
        while try rows.step() {
            guard let room = rows.number(0), let key = rows.text(2).flatMap({ KeyFingerprint($0) }) else { continue }
            switch rows.text(1).flatMap(Rank.init) {
            case .owner: all[room, default: RoomRights()].owner = key
            case .moderator: all[room, default: RoomRights()].moderators.append(key)
            case .guest: all[room, default: RoomRights()].guests.append(key)
            case nil: break
            }
        }
        return all
    }

    /// What is wrong with them, one line each.
    static func check(_ database: Database) throws -> [String] {
        guard try Schema.current(database) >= 4 else { return [] }
        let rows = try Prepared(
            "SELECT room, rank, key, room IN (SELECT id FROM room) FROM room_key ORDER BY room, rank, place",
            on: database
        )
        defer { rows.reset() }
        var findings: [String] = []
        while try rows.step() {
            let room = rows.number(0) ?? 0
            if rows.number(3) != 1 {
                findings.append("room \(room): somebody has rights in it, but there is no such room")
            }
            guard rows.text(1).flatMap(Rank.init) == nil || rows.text(2).flatMap({ KeyFingerprint($0) }) == nil else {
                continue
            }
            findings.append("room \(room): rights of somebody make no sense")
        }
        return findings
    }

    private static func keys(of rank: Rank, in rights: RoomRights) -> [KeyFingerprint] {
        switch rank {
        case .owner: [rights.owner].compactMap(\.self)
        case .moderator: rights.moderators
        case .guest: rights.guests
        }
    }
}
