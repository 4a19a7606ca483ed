internal import ChatCore
internal import GRDB

/// Looks whether all in a history is as it should be, while a server may be running.
public struct HistoryCheck: Sendable {
    private let directory: DataDirectory

    public init(of directory: DataDirectory) {
        self.directory = directory
    }

    /// - Returns: what is wrong, one line each; nothing if all is well.
    public func run() throws(StoreError) -> [String] {
        do throws(StoreError) {
            return try HistoryFile(directory).read { database in
                let damage = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
                // In a damaged file the rest would only be more of the same, in other words.
                guard damage.isEmpty else { return damage }
                var numbering = Numbering(database)
                return try numbering.check()
            }
        } catch {
            guard case .corrupt(_, let detail) = error else { throw error }
            return [detail]
        }
    }
}

/// Goes through all events.
private struct Numbering {
    private let database: Database
    private var reader = EventReader()
    private var findings: [String] = []
    /// The events of a room that come one after another, as far as they have been looked at.
    private var run: (room: RoomID, sequence: UInt64, message: UInt64?)?
    private var heads: [RoomID: UInt64] = [:]
    private static let most = 100

    init(_ database: Database) {
        self.database = database
    }

    mutating func check() throws -> [String] {
        let rows = try Prepared("SELECT \(EventReader.columns) FROM event ORDER BY key", on: database)
        defer { rows.reset() }
        while findings.count < Self.most, try rows.step() { look(rows) }
        guard findings.count < Self.most else { return findings + ["there is more of this"] }
        try lookAtRooms()
        findings += try AccountReader.check(database)
        findings += try RightsTable.check(database)
        return findings
    }

    private mutating func look(_ row: Prepared) {
        let key = row.number(0) ?? 0
        let (room, sequence) = (EventKey.room(key), EventKey.sequence(key))
        let place = "room \(room.number), event \(sequence)"
        if let run, run.room == room {
            if sequence != run.sequence + 1 { findings.append("\(place): it follows event \(run.sequence)") }
        } else {
            run = nil
        }
        if reader.event(row) == nil {
            findings.append("\(place): its columns make no sense")
        } else if [5, 7].contains(where: { !row.isNull($0) && !isName(row.text($0)) }) {
            findings.append("\(place): it has no proper name")
        }
        let back = EventReader.back(row).map { sequence &- UInt64($0) }
        // Before the first that is kept there may have been any.
        if let run, back != run.message, run.message != nil {
            findings.append("\(place): the message before it is not where it says")
        }
        run = (room, sequence, EventReader.isSpeech(row) ? sequence : run?.message)
        heads[room] = sequence
    }

    private func isName(_ text: String?) -> Bool {
        text.flatMap { try? Nickname($0) } != nil
    }

    private mutating func lookAtRooms() throws {
        var known = Set(try Ledger.rooms("SELECT room FROM erasure WHERE uid IS NULL", in: database))
        let hasIndex = try Schema.current(database) >= 2
        let rows = try Prepared("SELECT id, head, \(hasIndex ? "indexed" : "0") FROM room ORDER BY id", on: database)
        defer { rows.reset() }
        while try rows.step() {
            guard let id = rows.number(0), id > 0 else {
                findings.append("a room has the number \(rows.number(0) ?? 0)")
                continue
            }
            let room = RoomID(UInt64(id))
            known.insert(room)
            let (head, indexed) = (rows.number(1) ?? -1, rows.number(2) ?? -1)
            let last = heads[room].map { Int64($0) }
            if head < 0 || head > last ?? .max {
                findings.append("room \(id): its events end at \(last ?? 0), and should at \(head)")
            }
            if indexed < 0 || indexed > max(head, last ?? 0) {
                findings.append("room \(id): the index should end at \(indexed), which is behind the last event")
            }
        }
        for room in heads.keys.sorted(by: { $0.number < $1.number }) where !known.contains(room) {
            findings.append("room \(room.number): there are events, but no such room")
        }
        let saved = try SavedReader(database: database, now: Timestamp(milliseconds: .min)).rooms()
        let readable = Set(saved.map(\.record.id))
        for room in try Ledger.rooms("SELECT id FROM room", in: database) where !readable.contains(room) {
            findings.append("room \(room.number): its columns make no sense")
        }
    }
}
