internal import ChatCore
internal import GRDB

/// Makes events of rows. Of authors, who often come again, it makes one object each.
///
/// Whatever the file holds, nothing here can fail but to give nil.
struct EventReader {
    /// What a query has to select, in this order.
    static let columns = "key, at, kind, back, uid, name, uid2, name2, number, text, id"

    private struct Key: Hashable {
        let uid: Int64
        let name: String?
    }

    private var authors: [Key: Author] = [:]

    /// nil if the row does not make sense.
    mutating func event(_ row: Prepared) -> Event? {
        guard let key = row.number(0), let at = row.number(1), let body = body(row) else { return nil }
        let (room, sequence) = (EventKey.room(key), EventKey.sequence(key))
        guard EventKey.of(room, sequence) == key else { return nil }
        return Event(
            room: room,
            sequence: sequence,
            at: Timestamp(milliseconds: at),
            body: body,
            id: row.text(10).flatMap { MessageID($0) }
        )
    }

    /// How many numbers before this one the message before it is; nil if there is none.
    static func back(_ row: Prepared) -> Int64? { row.number(3).flatMap { $0 > 0 ? $0 : nil } }

    static func isSpeech(_ row: Prepared) -> Bool {
        row.number(2).flatMap { EventKind(rawValue: $0) }?.isSpeech ?? false
    }

    private mutating func body(_ row: Prepared) -> Event.Body? {
        guard let kind = row.number(2).flatMap({ EventKind(rawValue: $0) }) else { return nil }
        guard let author = author(row, 4) else { return nil }
        let text = row.text(9).map { CleanText($0) }
        let columns = EventRow(kind, author, self.author(row, 6), number: row.number(8), text: text)
        return columns.body
    }

    /// A name that cannot be one by the rules of today is left out: the number stands for it.
    private mutating func author(_ row: Prepared, _ column: CInt) -> Author? {
        guard let uid = row.number(column), uid >= 0 else { return nil }
        let key = Key(uid: uid, name: row.text(column + 1))
        if let known = authors[key] { return known }
        let author = Author(MemberID(UInt64(uid)), name: key.name.flatMap { try? Nickname($0) })
        // A query that goes through a whole room meets very many.
        if authors.count >= 4096 { authors.removeAll() }
        authors[key] = author
        return author
    }
}
