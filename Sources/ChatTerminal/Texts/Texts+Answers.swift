public import ChatCore

/// What commands bring for the user alone.
extension Texts {
    /// - Returns: a sentence for each line; nothing for whispers, which look like speech, and for what has no words.
    public func answer(_ answer: Answer) -> [Sentence] {
        switch answer {
        case .rooms(let rooms): list(rooms)
        case .who(let room, let members): list(members, in: room)
        case .whois(let profile): lines(of: profile)
        case .status(let status): lines(of: status)
        case .bans(let room, let bans): list(bans, of: room)
        default: line(answer).map { [$0] } ?? []
        }
    }

    private func line(_ answer: Answer) -> Sentence? {
        switch answer {
        case .refused(let refusal): self.refusal(refusal)
        case .outside(let room):
            pick(
                "you have left \(room); /rooms lists the rooms, /join ROOM enters one",
                "你离开了 \(room)；/rooms 列出房间，/join 房间 进入"
            )
        case .named(let author): pick("your name is \(author) now", "你现在叫 \(author)")
        case .topic(let room, let text?): pick("the topic of \(room): \(text)", "\(room) 的话题：\(text)")
        case .topic(let room, nil): pick("\(room) has no topic", "\(room) 没有话题")
        case .away(let text):
            pick("who writes to you alone is told that you are away", "给你发私信的人会得知你不在") + because(text)
        case .back: pick("you are back", "你回来了")
        case .invitation(let room, let author): invited(to: room, by: author)
        case .invited(let guest, let room): pick("\(guest) is invited to \(room)", "已邀请 \(guest) 来 \(room)")
        case .ignoring(let other, true):
            pick(
                "you see nothing more of what \(other) says; /unignore takes it back",
                "不再显示 \(other) 说的话；/unignore 可恢复"
            )
        case .ignoring(let other, false): pick("you see again what \(other) says", "重新显示 \(other) 说的话")
        case .removed(let room, let author, let reason, let isBan):
            removed(from: room, by: author, reason, isBan: isBan)
        case .banned(let label, let room, let seconds):
            pick("\(label) is banned from \(room)\(span(seconds))", "\(label) 已被封禁于 \(room)\(span(seconds))")
        case .unbanned(let label, let room):
            pick("\(label) may enter \(room) again", "\(label) 可以再进入 \(room) 了")
        case .isOperator:
            pick("you are an operator now: you may moderate every room", "你现在是操作员：可以管理所有房间")
        case .announced(let rooms):
            pick("announced in \(counted(rooms, ("room", "rooms"), ""))", "已在 \(rooms) 个房间公告")
        case .forgot(let rooms):
            pick(
                "what you had said in \(counted(rooms, ("room", "rooms"), "")) is forgotten",
                "你在 \(rooms) 个房间说过的话已被收回"
            )
        case .reservation(let reservation): line(reservation)
        case .released(let name): released(name)
        case .code(let code, let seconds): line(code, seconds: seconds)
        case .linked(let names): linked(names)
        case .admitted(let key, let name): admitted(key, name)
        case .takenOver: pick("another connection has taken your place", "另一个连接接替了你")
        default: nil
        }
    }

    // MARK: Lists

    private func list(_ rooms: Listing<RoomSummary>) -> [Sentence] {
        guard !rooms.shown.isEmpty else { return [pick("there is no such room", "没有这样的房间")] }
        let rest = pick(
            "and \(counted(rooms.more, ("more room", "more rooms"), "")); /rooms NAME lists those whose names begin so",
            "还有 \(rooms.more) 个房间；/rooms 名字 列出以此开头的房间"
        )
        return rooms.shown.map { room in
            let members = counted(room.members, ("member", "members"), "人")
            return "\(room.name)  \(members)" + because(room.topic)
        } + (rooms.more > 0 ? ["\(rest)"] : [])
    }

    private func list(_ members: Listing<MemberSummary>, in room: RoomName) -> [Sentence] {
        guard !members.shown.isEmpty else {
            return [pick("nobody of that name is in \(room)", "\(room) 中没有叫这个名字的人")]
        }
        let rest = pick(
            "and \(counted(members.more, ("more member", "more members"), "")); /who NAME lists those whose names begin so",
            "还有 \(members.more) 人；/who 名字 列出以此开头的人"
        )
        return members.shown.map { line($0) } + (members.more > 0 ? ["\(rest)"] : [])
    }

    private func line(_ member: MemberSummary) -> Sentence {
        var words: [String] = []
        if member.author.isVerified { words.append("✓") }
        if member.author.name != nil { words.append("UID:\(member.author.member.number)") }
        words.append(pick("here for \(period(member.present))", "已来\(period(member.present))"))
        if member.idle >= 60 { words.append(pick("idle for \(period(member.idle))", "\(period(member.idle))没有动静")) }
        if member.isOperator {
            words.append(pick("operator", "操作员"))
        } else if member.isModerator {
            words.append(pick("moderator", "管理员"))
        }
        if let address = member.address { words.append(pick("from \(address)", "来自 \(address)")) }
        if let away = member.away { words.append(pick("away: \(away.string)", "不在：\(away.string)")) }
        return "\(member.author)  \(words.joined(separator: pick(", ", "，")))"
    }

    private func list(_ bans: Listing<BanSummary>, of room: RoomName) -> [Sentence] {
        guard !bans.shown.isEmpty else {
            return [pick("nobody is banned from \(room)", "\(room) 没有封禁任何人")]
        }
        let rest = pick("and \(counted(bans.more, ("more ban", "more bans"), ""))", "还有 \(bans.more) 项")
        return bans.shown.map { ban in
            let time = ban.left.map { pick("\(period($0)) left", "还剩\(period($0))") } ?? pick("for good", "永久")
            return "\(ban.label)  \(pick("by \(ban.by)", "由 \(ban.by)"))\(pick(", ", "，"))\(time)" + because(ban.reason)
        } + (bans.more > 0 ? ["\(rest)"] : [])
    }

    // MARK: View

    /// What `/quiet`, `/echo` and `/time` have changed.
    public func changed(_ change: ViewChange) -> String {
        switch change {
        case .quiet(true):
            pick("you are not told any more who enters, leaves and is renamed", "不再显示谁进来、离开或改名")
        case .quiet(false): pick("you are told again who enters, leaves and is renamed", "重新显示谁进来、离开或改名")
        case .echo(true): pick("you see again what you say", "重新显示你自己说的话")
        case .echo(false): pick("you see no more of what you say yourself", "不再显示你自己说的话")
        case .time(true): pick("each line begins with its time", "每行前显示时间")
        case .time(false): pick("lines come without the time", "不再显示时间")
        }
    }
}
