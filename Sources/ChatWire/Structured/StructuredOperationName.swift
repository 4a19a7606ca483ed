/// What the operations are called, in the order in which they are listed.
enum StructuredOperationName: String, CaseIterable {
    case enter, leave, say, whisper, rename, who, rooms, topic, history, search, forget, invite, away, kick, ban, unban,
        bans, mute,
        unmute
    case op, deop, slow, lockdown, `private`, announce, oper, ping, bye
    case whois, release, link, verify, admit

    init(_ operation: StructuredRequest.Operation) {
        switch operation {
        case .enter: self = .enter
        case .leave: self = .leave
        case .say: self = .say
        case .whisper: self = .whisper
        case .rename: self = .rename
        case .who: self = .who
        case .rooms: self = .rooms
        case .topic: self = .topic
        case .history: self = .history
        case .search: self = .search
        case .forget: self = .forget
        case .invite: self = .invite
        case .away: self = .away
        case .kick: self = .kick
        case .ban: self = .ban
        case .unban: self = .unban
        case .bans: self = .bans
        case .mute: self = .mute
        case .unmute: self = .unmute
        case .setModerator(_, _, true): self = .op
        case .setModerator(_, _, false): self = .deop
        case .slow: self = .slow
        case .lockdown: self = .lockdown
        case .setPrivate: self = .private
        case .announce: self = .announce
        case .oper: self = .oper
        case .whois: self = .whois
        case .release: self = .release
        case .link: self = .link
        case .verify: self = .verify
        case .admit: self = .admit
        case .ping: self = .ping
        case .bye: self = .bye
        }
    }
}
