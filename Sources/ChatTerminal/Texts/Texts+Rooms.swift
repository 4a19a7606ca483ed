internal import ChatCore

/// Entering rooms, being away, and what was missed.
extension Texts {
    func nowIn(_ room: RoomName) -> Sentence { pick("you are in \(room)", "你在 \(room)") }

    /// Under a room's header: who is there.
    func present(_ count: Int) -> String {
        switch count {
        case ...1: pick("nobody else is here", "这里没有别人")
        case 2: pick("1 other is here", "这里还有 1 人")
        default: pick("\(count - 1) others are here", "这里还有 \(count - 1) 人")
        }
    }

    func topic(_ text: CleanText) -> Sentence { pick("the topic: \(text)", "话题：\(text)") }

    var isPrivate: String {
        pick(
            "this room is private: it is not listed, and only who is invited can enter",
            "这是私密房间：不在列表中，只有受邀的人才能进来"
        )
    }

    func slow(_ seconds: Int) -> String {
        pick(
            "slow mode: one line from each member in \(period(seconds))",
            "慢速模式：每人每\(period(seconds))只能说一句"
        )
    }

    var mayModerate: String {
        pick("you may moderate this room; /help lists how", "你是本房间的管理员；/help 列出管理命令")
    }

    /// - Parameters: nil: no such limit; 0: nothing is kept.
    func keeps(messages: Int?, days: Int?) -> String {
        guard messages != 0, days != 0 else {
            return pick("nothing that is said here is kept", "这里说的话不会保存")
        }
        switch (messages, days) {
        case (nil, nil): return pick("this room keeps what is said", "本房间会保存聊天记录")
        case (let messages?, nil):
            return pick(
                "this room keeps its last \(counted(messages, ("message", "messages"), ""))",
                "本房间保存最近 \(messages) 条消息"
            )
        case (nil, let days?):
            return pick("this room keeps what is said for \(counted(days, ("day", "days"), ""))", "本房间保存 \(days) 天内的消息")
        case (let messages?, let days?):
            return pick(
                "this room keeps its last \(counted(messages, ("message", "messages"), "")), for \(counted(days, ("day", "days"), ""))",
                "本房间保存 \(days) 天内的最近 \(messages) 条消息"
            )
        }
    }

    // MARK: Gaps

    /// After the connection was lost: how many events came meanwhile, and how many of them nobody has any more.
    func back(in room: RoomName, missed: UInt64, lost: UInt64) -> Sentence {
        // Who came and went is among them, which is perhaps not shown.
        pick(
            "back in \(room): \(counted(missed, ("event", "events"), "")) missed, \(lost) lost",
            "回到 \(room)：错过 \(missed) 个事件，丢失 \(lost) 个"
        )
    }

    func beginsAnew(_ room: RoomName) -> Sentence {
        pick("back in \(room), which begins anew", "回到 \(room)：房间已重新开始")
    }

    func lost(_ count: UInt64) -> String {
        pick("\(counted(count, ("line is", "lines are"), "")) lost here", "此处丢失 \(count) 条")
    }

    func unreadPrivate(_ count: Int) -> String {
        pick(
            "you missed \(counted(count, ("private message or answer", "private messages and answers"), "")), because you did not read",
            "由于没有及时读取，你错过了 \(count) 条私信或答复"
        )
    }

    // MARK: Unread

    var unreadMark: String { pick("unread", "未读") }

    func unreadMark(_ count: Int) -> String { pick("\(count) new", "\(count) 条新消息") }

    func notShown(_ count: Int) -> String {
        pick(
            "\(counted(count, ("earlier line is", "earlier lines are"), "")) not shown; /history shows the past",
            "较早的 \(count) 条没有显示；/history 可查看历史"
        )
    }

    // MARK: Doors

    func invited(to room: RoomName, by author: Author) -> Sentence {
        pick(
            "\(author) invites you to \(room); /join \(room) takes you there",
            "\(author) 邀请你去 \(room)；输入 /join \(room) 前往"
        )
    }

    func removed(from room: RoomName, by author: Author, _ reason: CleanText?, isBan: Bool) -> Sentence {
        let sentence: Sentence =
            isBan
            ? pick("you were banned from \(room) by \(author)", "你被 \(author) 封禁于 \(room)")
            : pick("you were put out of \(room) by \(author)", "你被 \(author) 请出了 \(room)")
        return sentence + because(reason)
    }

    func outside(_ room: RoomName) -> Sentence {
        pick("you have left \(room)", "你离开了 \(room)")
    }

    func notEntered(_ room: RoomName, _ reason: CleanText) -> Sentence {
        pick("you are not in \(room) any more: \(reason)", "你已不在 \(room)：\(reason)")
    }

    func nameLost(_ name: Nickname, _ reason: CleanText) -> Sentence {
        pick("you are not \(name.text) any more: \(reason)", "你不再叫 \(name.text)：\(reason)")
    }

    func silent(_ seconds: Int) -> String {
        pick("goodbye: you said nothing for \(period(seconds))", "再见：你已有\(period(seconds))没有说话")
    }

    // MARK: Connection

    func connectionLost(_ reason: CleanText) -> Sentence {
        pick("\(reason); trying again until it is there", "\(reason)（将不断重试）")
    }

    // MARK: Days

    /// `Monday, 30 November 2026`.
    func day(_ date: CivilTime) -> String {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let chinese = ["一", "二", "三", "四", "五", "六", "日"]
        return pick(
            "\(days[date.weekday]), \(date.day) \(months[date.month - 1]) \(date.year)",
            "\(date.year)年\(date.month)月\(date.day)日 星期\(chinese[date.weekday])"
        )
    }

    /// How long ago, short: `5m`, `2h`, `3d`.
    func age(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: pick("now", "刚刚")
        case ..<3600: pick("\(seconds / 60)m", "\(seconds / 60)分")
        case ..<86_400: pick("\(seconds / 3600)h", "\(seconds / 3600)时")
        default: pick("\(seconds / 86_400)d", "\(seconds / 86_400)天")
        }
    }
}
