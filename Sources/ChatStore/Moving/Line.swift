internal import ChatCore
internal import ChatWire

/// The lines of an export, as History.md describes them.
enum Line {
    static let version: Int64 = 1

    static let header: JSON = [("type", .string("conclave-history")), ("version", .integer(version))].json

    static func end(lastMember: Int64) -> JSON {
        [("type", .string("end")), ("lastMember", .integer(lastMember))].json
    }

    static func room(_ room: SavedChat.Room) -> JSON {
        let record = room.record
        return [
            ("type", .string("room")), ("room", .string(record.name.text)), ("id", record.id.number.json),
            ("epoch", .string(record.epoch.description)), ("topic", record.topic?.string.json),
            ("private", .bool(record.isPrivate)), ("locked", .bool(record.isLocked)),
            ("slow", .integer(Int64(record.slow))), ("kept", .bool(record.isKept)), ("head", room.head.json),
            ("owner", record.rights.owner?.description.json), ("moderators", keys(record.rights.moderators)),
            ("guests", keys(record.rights.guests)),
        ].json
    }

    /// None is nothing.
    private static func keys(_ keys: [KeyFingerprint]) -> JSON? {
        keys.isEmpty ? nil : .array(keys.map { .string($0.description) })
    }

    static func sanction(_ kind: SanctionKind, _ sanction: Sanction, in room: RoomRecord) -> JSON {
        [
            ("type", .string(kind.name)), ("room", .string(room.name.text)), ("label", .string(sanction.label)),
            ("uid", sanction.member?.number.json), ("name", sanction.name?.text.json),
            ("addresses", sanction.addresses?.description.json), ("key", sanction.key?.description.json),
            ("by", .string(sanction.by)),
            ("until", sanction.until?.json), ("reason", sanction.reason?.string.json),
        ].json
    }

    static func account(_ account: AccountRecord) -> JSON {
        [
            ("type", .string("account")), ("id", account.number.json),
            ("keys", .array(account.keys.map { .string($0.description) })),
            ("names", .array(account.names.map { .string($0.text) })), ("seen", account.seen.json),
            ("admitted", .bool(account.isAdmitted)),
        ].json
    }

    static func event(_ event: Event, in room: RoomRecord) -> JSON {
        let row = EventRow(event.body)
        return [
            ("type", .string("event")), ("room", .string(room.name.text)), ("seq", event.sequence.json),
            ("at", event.at.json), ("kind", .string(row.kind.name)), ("uid", row.author.member.number.json),
            ("name", row.author.name?.text.json), ("uid2", row.other?.member.number.json),
            ("name2", row.other?.name?.text.json), ("number", row.number.map(JSON.integer)),
            ("text", row.text?.string.json), ("id", event.id?.text.json),
        ].json
    }

    /// For people: when, where, who and what.
    static func text(_ event: Event, in room: RoomRecord) -> String {
        let row = EventRow(event.body)
        let place = "\(event.at.iso8601) \(room.name) "
        switch row.kind {
        case .said: return place + "\(row.author.label): \(row.text?.string ?? "")"
        case .acted: return place + "* \(row.author.label) \(row.text?.string ?? "")"
        default:
            let rest = [row.other?.label, row.number.map(String.init), row.text?.string].compactMap { $0 }
            return place + (["*", row.author.label, row.kind.name] + rest).joined(separator: " ")
        }
    }
}

extension [(String, JSON?)] {
    /// What is nil is left out.
    fileprivate var json: JSON { .object(compactMap { name, value in value.map { JSON.Member(name, $0) } }) }
}

extension UInt64 {
    /// No number in a history is greater than can be written.
    fileprivate var json: JSON { .integer(Int64(clamping: self)) }
}

extension String {
    fileprivate var json: JSON { .string(self) }
}

extension Timestamp {
    /// As a number, if it lies in no year of four digits.
    fileprivate var json: JSON {
        let text = iso8601
        return Timestamp(iso8601: text) == self ? .string(text) : .integer(milliseconds)
    }
}
