import ChatCore

extension StructuredReply {
    /// Appends the answer as a line with its LF.
    public func encode(ref: String, into bytes: inout [UInt8]) {
        bytes.beginAnswer(ref, isDone: true)
        writeFields(into: &bytes)
        bytes.endLine()
    }

    private func writeFields(into bytes: inout [UInt8]) {
        switch self {
        case .done: break
        case .entered(let enter): enter.writeFields(into: &bytes)
        case .left(let room): bytes.field("room", room)
        case .said(let sequence, let again):
            bytes.field("seq", sequence)
            if again { bytes.field("again", true) }
        case .whispered(let other, let away):
            bytes.field("to", other)
            if let away { bytes.field("away", away) }
        case .named(let author): bytes.fields(of: author)
        case .who(let room, let members):
            bytes.field("room", room)
            bytes.list("members", members.shown) { $0.write(into: &$1) }
            bytes.field("more", members.more)
        case .rooms(let rooms):
            bytes.list("rooms", rooms.shown) { $0.write(into: &$1) }
            bytes.field("more", rooms.more)
        case .topic(let room, let text):
            bytes.field("room", room)
            bytes.field("text", text?.string)
        case .history(let room, let epoch, let events, let more):
            bytes.field("room", room)
            bytes.field("epoch", epoch.description)
            bytes.list("events", events) { $0.write(into: &$1) }
            bytes.field("more", more)
        case .invited(let room, let guest):
            bytes.field("room", room)
            bytes.field("who", guest)
        case .banned(let label, let seconds):
            bytes.field("label", label)
            bytes.field("seconds", seconds)
        case .unbanned(let label): bytes.field("label", label)
        case .bans(let bans):
            bytes.list("bans", bans.shown) { $0.write(into: &$1) }
            bytes.field("more", bans.more)
        case .whois(let profile): profile.writeFields(into: &bytes)
        case .released(let name): bytes.field("nick", name.text)
        case .code(let code, let seconds):
            bytes.field("code", code.text)
            bytes.field("seconds", seconds)
        case .linked(let names): bytes.list("nicks", names) { $1.append(quoted: $0.text) }
        case .words(let author, let words):
            bytes.fields(of: author)
            bytes.list("words", words) { $1.append(quoted: $0) }
        case .admitted(let key, let name):
            bytes.field("key", key.description)
            bytes.field("nick", name?.text)
        case .announced(let rooms), .forgot(let rooms): bytes.field("rooms", rooms)
        }
    }
}
