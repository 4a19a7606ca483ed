public import ChatCore

/// What happens in a room.
extension Texts {
    /// In place of the user's own name, where something is said to one alone. Nobody is called `you`.
    public var you: String { pick("you", "你") }

    // MARK: Presence

    public func entered(_ authors: [Author]) -> Sentence { pick("\(list(authors)) entered", "\(list(authors)) 进来了") }

    public func left(_ authors: [Author]) -> Sentence { pick("\(list(authors)) left", "\(list(authors)) 离开了") }

    public func renamed(_ before: Author, _ after: Author) -> Sentence {
        pick("\(before) is now \(after)", "\(before) 改名为 \(after)")
    }

    // MARK: Speech

    public func whisper(from author: Author) -> Sentence {
        pick("private from \(author)", "\(author) 悄悄说")
    }

    public func whisper(to author: Author) -> Sentence {
        pick("private to \(author)", "悄悄对 \(author) 说")
    }

    public func away(_ author: Author, _ text: CleanText) -> Sentence {
        pick("\(author) is away: \(text)", "\(author) 不在：\(text)")
    }

    public func announced(by author: Author, _ text: CleanText) -> Sentence {
        pick("announcement by \(author): \(text)", "\(author) 的公告：\(text)")
    }

    public func forgotten(_ author: Author) -> Sentence {
        pick("\(author) has taken this back", "\(author) 收回了这条消息")
    }

    public func forgot(_ author: Author) -> Sentence {
        pick("\(author) has taken back all that was said under this name here", "\(author) 收回了在这里说过的所有话")
    }

    public func topic(_ text: CleanText?, by author: Author) -> Sentence {
        guard let text else { return pick("\(author) took the topic away", "\(author) 取消了话题") }
        return pick("\(author) set the topic: \(text)", "\(author) 设置了话题：\(text)")
    }

    // MARK: Rulings

    public func ruled(_ ruling: Ruling, by author: Author) -> Sentence {
        switch ruling {
        case .kicked(let other, let reason):
            pick("\(other) was kicked by \(author)", "\(other) 被 \(author) 请出了房间") + because(reason)
        case .banned(let other, let seconds, let reason):
            pick("\(other) was banned by \(author)\(span(seconds))", "\(other) 被 \(author) 封禁\(span(seconds))")
                + because(reason)
        case .muted(let other, let seconds):
            pick("\(other) was muted by \(author)\(span(seconds))", "\(other) 被 \(author) 禁言\(span(seconds))")
        case .unmuted(let other):
            pick("\(other) may speak again, says \(author)", "\(author) 解除了 \(other) 的禁言")
        case .moderator(let other, true):
            pick("\(other) may moderate this room now, says \(author)", "\(author) 让 \(other) 担任本房间的管理员")
        case .moderator(let other, false):
            pick(
                "\(other) may not moderate this room any more, says \(author)",
                "\(author) 取消了 \(other) 的管理员资格"
            )
        case .slow(0):
            pick("slow mode is off, says \(author)", "\(author) 关闭了慢速模式")
        case .slow(let seconds):
            pick(
                "slow mode: one line from each member in \(period(seconds)), says \(author)",
                "\(author) 开启了慢速模式：每人每\(period(seconds))只能说一句"
            )
        case .lockdown(true):
            pick("only invited members can enter now, says \(author)", "\(author) 关上了门：只有受邀的人才能进来")
        case .lockdown(false):
            pick("lockdown is over, says \(author)", "\(author) 重新打开了门")
        case .isPrivate(true):
            pick(
                "this room is private now, says \(author): invited members only, and not listed",
                "\(author) 把本房间设为私密：只有受邀的人才能进来，也不在列表中"
            )
        case .isPrivate(false):
            pick("this room is public now, says \(author)", "\(author) 把本房间设为公开")
        }
    }
}
