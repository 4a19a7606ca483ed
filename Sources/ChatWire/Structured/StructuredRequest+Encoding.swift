import ChatCore

extension StructuredRequest {
    /// Appends it as a line with its LF.
    public func encode(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.field("op", StructuredOperationName(operation).rawValue)
        operation.writeFields(into: &bytes)
        if let ref { bytes.field("ref", ref) }
        bytes.endLine()
    }
}

extension StructuredRequest.Operation {
    fileprivate func writeFields(into bytes: inout [UInt8]) {
        switch self {
        case .enter(let room, let entry):
            bytes.field("room", room)
            entry.writeFields(into: &bytes)
        case .leave(let room), .bans(let room): bytes.field("room", room)
        case .say(let room, let text, let isAction, let id):
            bytes.field("room", room)
            bytes.field("text", text)
            if isAction { bytes.field("action", true) }
            if let id { bytes.field("id", id.text) }
        case .whisper(let whom, let text):
            bytes.field("to", whom)
            bytes.field("text", text)
        case .rename(let name): bytes.field("nick", name.text)
        case .who(let room, let prefix, let after):
            bytes.field("room", room)
            if !prefix.isEmpty { bytes.field("prefix", prefix) }
            if let after { bytes.field("after", after.number) }
        case .rooms(let prefix): if !prefix.isEmpty { bytes.field("prefix", prefix) }
        case .topic(let room, let text):
            bytes.field("room", room)
            if let text { bytes.field("text", text) }
        case .history(let room, let past):
            bytes.field("room", room)
            if let before = past.before { bytes.field("before", before) }
            if let after = past.after { bytes.field("after", after) }
            if past.limit != Past.usual { bytes.field("limit", past.limit) }
        case .search(let room, let text, let before, let limit):
            bytes.field("room", room)
            bytes.field("text", text)
            if let before { bytes.field("before", before) }
            if limit != Past.usual { bytes.field("limit", limit) }
        case .away(let text): if let text { bytes.field("text", text) }
        case .kick(let room, let whom, let reason):
            bytes.field("room", room)
            bytes.field("who", whom)
            if let reason { bytes.field("reason", reason) }
        case .ban(let room, let target, let seconds, let reason):
            bytes.field("room", room)
            switch target {
            case .member(let whom): bytes.field("who", whom)
            case .addresses(let range): bytes.field("addresses", range.description)
            case .key(let key): bytes.field("key", key.description)
            }
            if let seconds { bytes.field("seconds", seconds) }
            if let reason { bytes.field("reason", reason) }
        case .unban(let room, let label):
            bytes.field("room", room)
            bytes.field("label", label)
        case .mute(let room, let whom, let seconds):
            bytes.field("room", room)
            bytes.field("who", whom)
            if let seconds { bytes.field("seconds", seconds) }
        case .invite(let room, let whom), .unmute(let room, let whom), .setModerator(let room, let whom, _):
            bytes.field("room", room)
            bytes.field("who", whom)
        case .slow(let room, let seconds):
            bytes.field("room", room)
            bytes.field("seconds", seconds)
        case .lockdown(let room, let isOn), .setPrivate(let room, let isOn):
            bytes.field("room", room)
            bytes.field("on", isOn)
        case .announce(let text): bytes.field("text", text)
        case .oper(let account, let password):
            bytes.field("name", account)
            bytes.field("password", password)
        case .whois(let whom): bytes.field("who", whom)
        case .verify(let whom): if let whom { bytes.field("who", whom) }
        case .release(let name): bytes.field("nick", name.text)
        case .link(let code): if let code { bytes.field("code", code.text) }
        case .admit(let key, let name):
            bytes.field("key", key.description)
            if let name { bytes.field("nick", name.text) }
        case .ping, .bye, .forget: break
        }
    }
}

extension Entry {
    fileprivate func writeFields(into bytes: inout [UInt8]) {
        if let name { bytes.field("nick", name.text) }
        switch start {
        case .now: break
        case .after(let sequence, let epoch):
            bytes.field("after", sequence)
            if let epoch { bytes.field("epoch", epoch.description) }
        case .last(let count): bytes.field("last", count)
        }
        if let session { bytes.field("session", session.text) }
    }
}

extension [UInt8] {
    /// By number, or by name. A number beyond what all programs read alike is written as text, which is taken as well.
    fileprivate mutating func field(_ name: StaticString, _ whom: Whom) {
        if case .number(let member) = whom, member.number <= UInt64(JSON.largest) {
            field(name, member.number)
        } else {
            field(name, whom.text)
        }
    }
}
