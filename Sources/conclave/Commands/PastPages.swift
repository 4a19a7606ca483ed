import ChatCore
import ChatTerminal

/// How far a user has looked back in each room, so that `/history more` and `/search more` go on from there.
struct PastPages: Sendable {
    /// What comes next, when one looks further back.
    enum Next: Sendable, Equatable {
        case page(Past)
        case nothing
    }

    /// How many messages are found at a time.
    static let found = 20

    private struct Room {
        /// Those before this number were not shown; nil: there are none.
        var older: UInt64?
        var search: (words: [String], older: UInt64?)?
    }

    private var rooms: [RoomName: Room] = [:]

    // MARK: What was shown

    /// A room was entered; what was shown then is where to go back from. If that was after a lost connection, all is as
    /// before, unless its numbers mean nothing any more.
    mutating func enter(_ entry: RoomEntry) {
        guard entry.isReset || rooms[entry.room] == nil else { return }
        rooms[entry.room] = Room(older: entry.after > 0 && entry.after < .max ? entry.after + 1 : nil)
    }

    mutating func leave(_ room: RoomName) { rooms[room] = nil }

    mutating func look(in room: RoomName, older: UInt64?) { rooms[room]?.older = older }

    mutating func look(in room: RoomName, for words: [String], older: UInt64?) { rooms[room]?.search = (words, older) }

    // MARK: What is next

    func history(of room: RoomName?) -> Next {
        guard let older = room.flatMap({ rooms[$0]?.older }) else { return .nothing }
        return .page(Past(before: older))
    }

    /// - Returns: nil if nothing was looked for there.
    func search(in room: RoomName?) -> Next? {
        guard let search = room.flatMap({ rooms[$0]?.search }) else { return nil }
        guard let older = search.older else { return .nothing }
        var past = Past(before: older, limit: Self.found)
        past.words = search.words
        return .page(past)
    }
}
