public import ChatCore

/// What one member alone is told.
extension TextCodec {
    /// - Returns: one line or more; nothing for a welcome and an aside, which have lines of their own.
    public static func answer(_ answer: Answer) -> String {
        switch answer {
        case .whisper(let author, let text): "[private] \(author.label):\(text.string)\n"
        case .whispered(let other, let text, let away): whispered(to: other.label, text, away)
        case .rooms(let rooms): list(rooms)
        case .who(let room, let members): list(members, in: room)
        case .bans(let room, let bans): list(bans, of: room)
        case .whois(let profile): self.profile(profile)
        case .status(let status): self.status(status)
        case .welcome, .aside, .connected, .posted: ""
        default: "* \(line(answer))\n"
        }
    }

    /// What has changed in what a member sees.
    public static func changed(_ change: ViewChange) -> String {
        switch change {
        case .quiet(true): "* you are not told any more who enters, leaves and is renamed\n"
        case .quiet(false): "* you are told again who enters, leaves and is renamed\n"
        case .echo(true): "* you see again what you say\n"
        case .echo(false): "* you see no more of what you say yourself, and so no proof that it went\n"
        case .time(true): "* each line begins with the time now\n"
        case .time(false): "* lines come without the time again\n"
        }
    }

    private static func line(_ answer: Answer) -> String {
        switch answer {
        case .refused(let refusal): refusal.description
        case .outside(let room): "you have left \(room); /rooms lists the rooms, /join ROOM enters one"
        case .named(let author): "your name is `\(author.label)` now"
        case .topic(let room, let text?): "the topic of \(room): \(text.string)"
        case .topic(let room, nil): "\(room) has no topic"
        case .away(let text): "who writes to you alone is told that you are away\(suffix(text))"
        case .back: "you are back"
        case .invitation(let room, let author): "`\(author.label)` invites you to \(room); /join \(room) enters it"
        case .invited(let guest, let room): "`\(guest.label)` is invited to \(room)"
        case .ignoring(let other, true): "you see nothing more of what `\(other.label)` says; /unignore takes it back"
        case .ignoring(let other, false): "you see again what `\(other.label)` says"
        case .removed(let room, let author, let reason, let isBan):
            "you were \(isBan ? "banned" : "kicked") from \(room) by `\(author.label)`\(suffix(reason))"
                + (room == .lobby ? "" : "; you are in no room now, /join ROOM enters one")
        case .banned(let label, let room, let seconds): "`\(label)` is banned from \(room)\(span(seconds))"
        case .unbanned(let label, let room): "`\(label)` may enter \(room) again"
        case .isOperator: "you are an operator now: you may moderate every room"
        case .announced(let rooms): "announced in \(counted(rooms, "room"))"
        case .forgot(let rooms): "what you had said in \(counted(rooms, "room")) is forgotten"
        case .takenOver: "another connection has taken your place"
        case .reservation(let reservation): Self.reservation(reservation)
        case .verification(let author, let words): verification(of: author, words.map(VerificationWords.init(bits:)))
        case .released(let name): "the name `\(name)` is kept for nobody any more"
        case .code(let code, let seconds):
            "say /link \(code.text) on a connection with your other key, within \(Period.text(seconds)); "
                + "it works once, and whoever has it can be you"
        case .linked(let names):
            names.isEmpty
                ? "your key is one of that account now"
                : "your key is one of the account of \(list(names)) now; /nick takes one of its names"
        case .admitted(let key, let name): "\(key) may come in now\(name.map { ", and `\($0)` is kept for it" } ?? "")"
        case .aside, .welcome, .connected, .posted, .whisper, .whispered, .rooms, .who, .bans, .whois, .status: ""
        }
    }

    private static func whispered(to other: String, _ text: CleanText, _ away: CleanText?) -> String {
        let receipt = "[private to \(other)] \(text.string)\n"
        return away.map { receipt + "* `\(other)` is away: \($0.string)\n" } ?? receipt
    }

    // MARK: Lists

    private static func list(_ rooms: Listing<RoomSummary>) -> String {
        lines(rooms, none: "there is no such room", more: ("room", "; /rooms NAME lists those whose names begin so")) {
            room in
            "\(room.name)  \(counted(room.members, "member"))\(room.topic.map { ": \($0.string)" } ?? "")"
        }
    }

    private static func list(_ members: Listing<MemberSummary>, in room: RoomName) -> String {
        let none = "nobody of that name is in \(room)"
        return lines(members, none: none, more: ("member", "; /who NAME lists those whose names begin so")) { member in
            var words = ["`\(member.author.label)`", "here for \(Period.text(member.present))"]
            if member.author.isVerified { words[0] += " ✓" }
            if member.author.name != nil { words[0] += " UID:\(member.author.member.number)" }
            if member.idle >= 60 { words.append("idle for \(Period.text(member.idle))") }
            if member.isOperator { words.append("operator") } else if member.isModerator { words.append("moderator") }
            if let address = member.address { words.append("from \(address)") }
            if let away = member.away { words.append("away: \(away.string)") }
            return words.joined(separator: ", ")
        }
    }

    private static func list(_ bans: Listing<BanSummary>, of room: RoomName) -> String {
        lines(bans, none: "nobody is banned from \(room)", more: ("ban", "")) { ban in
            "\(ban.label), by `\(ban.by)`, \(ban.left.map { "\(Period.text($0)) left" } ?? "for good")\(suffix(ban.reason))"
        }
    }

    private static func lines<Element>(
        _ listing: Listing<Element>,
        none: String,
        more: (what: String, hint: String),
        _ line: (Element) -> String
    ) -> String {
        guard !listing.shown.isEmpty else { return "* \(none)\n" }
        let rest = listing.more > 0 ? "* and \(counted(listing.more, "more \(more.what)"))\(more.hint)\n" : ""
        return listing.shown.map { "* \(line($0))\n" }.joined() + rest
    }

    static func counted(_ count: Int, _ what: String) -> String {
        "\(count) \(what)\(count == 1 ? "" : "s")"
    }
}
