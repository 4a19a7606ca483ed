import ChatCore

extension StructuredFrame {
    /// Appends it as a line with its LF.
    public func encode(into bytes: inout [UInt8]) {
        switch self {
        case .event(let event): return event.encode(into: &bytes)
        case .answer(let answer): return answer.encode(into: &bytes)
        case .welcome(let welcome): return welcome.encode(into: &bytes)
        case .notice(let notice): return notice.encode(into: &bytes)
        case .whispered(let author, let text):
            bytes.beginEvent("whispered")
            bytes.field("from", author)
            bytes.field("text", text)
        case .gap(let room, let after, let missed):
            bytes.beginEvent("gap")
            bytes.field("room", room)
            bytes.field("after", after)
            bytes.field("missed", missed)
        case .closing(let closing):
            bytes.beginEvent("closing")
            bytes.field("reason", closing.reason.rawValue)
            bytes.field("message", closing.message)
        case .unknown(let event): bytes.beginEvent(event)
        }
        bytes.endLine()
    }
}

extension StructuredWelcome {
    /// Appends it as a line with its LF.
    public func encode(into bytes: inout [UInt8]) {
        bytes.beginEvent("welcome")
        bytes.field("protocol", StructuredCodec.name)
        bytes.field("server", server)
        bytes.field("uid", member.number)
        bytes.field("session", session.text)
        bytes.field("address", address)
        bytes.field("key", key?.description)
        bytes.beginField("limits")
        bytes.beginObject()
        bytes.field("line", limits.line)
        bytes.field("frame", limits.frame)
        bytes.field("messages", Int(limits.messages))
        bytes.field("burst", Int(limits.burst))
        bytes.field("rooms", limits.rooms)
        bytes.endObject()
        bytes.beginField("next_pin")
        if let nextPin { nextPin.encode(into: &bytes) } else { bytes.append(literal: "null") }
        bytes.endLine()
    }
}

extension PersonalNotice {
    /// Appends it as a line with its LF.
    public func encode(into bytes: inout [UInt8]) {
        bytes.beginEvent("notice")
        switch self {
        case .invited(let room, let author):
            bytes.field("kind", "invited")
            bytes.field("room", room)
            bytes.field("by", author)
        case .removed(let room, let author, let reason, let isBan):
            bytes.field("kind", "removed")
            bytes.field("room", room)
            bytes.field("by", author)
            bytes.field("how", isBan ? "banned" : "kicked")
            bytes.field("reason", reason?.string)
        case .unread(let count):
            bytes.field("kind", "unread")
            bytes.field("count", count)
        case .name(let name, let isKept, let message):
            bytes.field("kind", "name")
            bytes.field("nick", name.text)
            bytes.field("kept", isKept)
            bytes.field("message", message)
        case .silent(let seconds):
            bytes.field("kind", "silent")
            bytes.field("seconds", seconds)
        }
        bytes.endLine()
    }
}

extension [UInt8] {
    mutating func beginEvent(_ event: String) {
        beginObject()
        field("event", event)
    }
}
