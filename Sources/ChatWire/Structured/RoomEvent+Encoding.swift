import ChatCore

extension RoomEvent {
    /// Appends it as a line with its LF. It is made once, however many read it.
    public func encode(into bytes: inout [UInt8]) {
        write(into: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends it as an object.
    func write(into bytes: inout [UInt8]) {
        switch body {
        case .said(let author, let text): speech(author, text, isAction: false, into: &bytes)
        case .acted(let author, let text): speech(author, text, isAction: true, into: &bytes)
        case .entered(let author):
            head("entered", into: &bytes)
            bytes.field("who", author)
        case .left(let author):
            head("left", into: &bytes)
            bytes.field("who", author)
        case .renamed(let before, let after):
            head("renamed", into: &bytes)
            bytes.field("who", before)
            bytes.field("nick", after.name?.text)
        case .topic(let text, let author):
            head("topic", into: &bytes)
            bytes.field("by", author)
            bytes.field("text", text?.string)
        case .announced(let text, let author):
            notice("announcement", by: author, into: &bytes)
            bytes.field("text", text)
        case .forgotten(let author):
            speech(author, CleanText(""), isAction: false, into: &bytes)
            bytes.field("forgotten", true)
        case .forgot(let author):
            head("forgot", into: &bytes)
            bytes.field("who", author)
        case .ruled(let ruling, let author): write(ruling, by: author, into: &bytes)
        }
        bytes.endObject()
    }

    private func speech(_ author: Author, _ text: CleanText, isAction: Bool, into bytes: inout [UInt8]) {
        if bytes.isEmpty { bytes.reserveCapacity(256 + text.string.utf8.count) }
        head("said", into: &bytes)
        bytes.field("from", author)
        bytes.field("text", text)
        if isAction { bytes.field("action", true) }
        if let id { bytes.field("id", id.text) }
    }

    private func write(_ ruling: Ruling, by author: Author, into bytes: inout [UInt8]) {
        switch ruling {
        case .kicked(let other, let reason):
            removal(of: other, "kicked", by: author, seconds: nil, reason, into: &bytes)
        case .banned(let other, let seconds, let reason):
            removal(of: other, "banned", by: author, seconds: seconds, reason, into: &bytes)
        case .muted(let other, let seconds):
            notice("muted", by: author, into: &bytes)
            bytes.field("who", other)
            bytes.field("seconds", seconds)
        case .unmuted(let other):
            notice("unmuted", by: author, into: &bytes)
            bytes.field("who", other)
        case .moderator(let other, let isOn):
            notice("moderator", by: author, into: &bytes)
            bytes.field("who", other)
            bytes.field("on", isOn)
        case .slow(let seconds):
            notice("slow", by: author, into: &bytes)
            bytes.field("seconds", seconds)
        case .lockdown(let isOn):
            notice("lockdown", by: author, into: &bytes)
            bytes.field("on", isOn)
        case .isPrivate(let isOn):
            notice("private", by: author, into: &bytes)
            bytes.field("on", isOn)
        }
    }

    private func removal(
        of other: Author,
        _ how: StaticString,
        by author: Author,
        seconds: Int?,
        _ reason: CleanText?,
        into bytes: inout [UInt8]
    ) {
        head("left", into: &bytes)
        bytes.field("who", other)
        bytes.field("how", literal: how)
        bytes.field("by", author)
        if let seconds { bytes.field("seconds", seconds) }
        if let reason { bytes.field("reason", reason) }
    }

    private func notice(_ kind: StaticString, by author: Author, into bytes: inout [UInt8]) {
        head("notice", kind: kind, into: &bytes)
        bytes.field("by", author)
    }

    private func head(_ event: StaticString, kind: StaticString? = nil, into bytes: inout [UInt8]) {
        bytes.append(literal: #"{"event":""#)
        bytes.append(literal: event)
        if let kind {
            bytes.append(literal: #"","kind":""#)
            bytes.append(literal: kind)
        }
        bytes.append(literal: #"","room":"#)
        bytes.append(quoted: room.text)
        bytes.append(literal: #","seq":"#)
        bytes.append(decimal: sequence)
        bytes.append(literal: #","at":""#)
        at.appendISO8601(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}
