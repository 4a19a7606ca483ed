import ChatCore
import ChatTerminal

/// A small chat, and what is on the screen of who is in it: text as people see it, row by row.
struct Drawing {
    var rooms: Rooms
    var now = Drawing.noon
    var sequence: [RoomName: UInt64] = [:]
    private(set) var rings = 0

    /// Monday, 30 November 2026, 12:00 UTC.
    static let noon = Timestamp(milliseconds: 1_796_040_000_000)
    static let alice = author("alice", 1)
    static let bob = author("bob", 2)
    static let carol = author("carol", 3)

    init(
        width: Int = 60,
        _ language: Language = .english,
        time: Look.Time = .clock,
        own: Author = Drawing.alice,
        others: [Author] = [Drawing.bob, Drawing.carol]
    ) {
        rooms = Rooms(look: Look(width: width, texts: Texts(language), time: time) { _ in 0 }, now: Self.noon)
        _ = enter(.lobby, own: own, others: others)
        _ = rooms.show(.lobby, at: now)
    }

    mutating func enter(_ room: RoomName, own: Author = Drawing.alice, others: [Author] = []) -> String {
        take(
            .entered(
                RoomEntry(room: room, author: own, head: 0, after: 0, members: Listing([own] + others, more: 0))
            ),
            in: room
        )
    }

    /// What the screen shows of it.
    mutating func take(_ happening: Happening, in room: RoomName? = .lobby) -> String {
        let showing = rooms.take(happening, in: room, at: now)
        if showing.rings { rings += 1 }
        return Self.text(showing.rows)
    }

    mutating func event(_ body: Event.Body, in room: RoomName = .lobby, at: Timestamp? = nil) -> String {
        sequence[room, default: 0] += 1
        return take(.event(body, at: at ?? now, sequence: sequence[room, default: 0]), in: room)
    }

    mutating func say(_ author: Author, _ text: String, in room: RoomName = .lobby) -> String {
        event(.said(author, CleanText(text)), in: room)
    }

    mutating func wait(_ seconds: Int) -> String {
        now = now.adding(seconds: seconds)
        guard let due = rooms.due, due <= now else { return "" }
        return Self.text(rooms.flush(at: now))
    }

    static func text(_ rows: [StyledText]) -> String { rows.map { $0.rendered(.none) }.joined(separator: "\n") }

    static func author(_ name: String, _ number: UInt64) -> Author {
        Author(MemberID(number), name: try? Nickname(name))
    }
}

func room(_ name: String) throws -> RoomName { try RoomName(name) }
