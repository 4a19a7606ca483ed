public import ChatCore

/// Keys, the names that are kept for them, and the words that two ends compare.
extension Texts {
    // MARK: Who somebody is

    func lines(of profile: Profile) -> [Sentence] {
        var words: [String] = []
        if profile.author.isVerified {
            words.append(pick("✓ the name is kept for this key", "✓ 这个名字为此密钥保留"))
        }
        if profile.author.name != nil { words.append("UID:\(profile.author.member.number)") }
        if profile.isOperator { words.append(pick("operator", "操作员")) }
        if profile.idle >= 60 { words.append(pick("idle for \(period(profile.idle))", "\(period(profile.idle))没有动静")) }
        let head: Sentence = words.isEmpty ? "\(profile.author)" : "\(profile.author)  \(joined(words))"
        return [head]
            + profile.devices.map { device in
                let parts: [String?] = [
                    self.key(device.key), device.terms?.description,
                    device.address.map { pick("from \($0)", "来自 \($0)") },
                ]
                return "  \(joined(parts.compactMap { $0 }))"
            }
    }

    func lines(of status: OwnStatus) -> [Sentence] {
        let more = status.keys > 1 ? pick(", one of \(status.keys) of your account", "，你的账户共有 \(status.keys) 个密钥") : ""
        let names = status.names.map(\.text).joined(separator: pick(", ", "、"))
        return [
            pick("you are \(status.author)", "你是 \(status.author)"),
            "\(pick("your key: ", "你的密钥："))\(key(status.key))\(more)",
            names.isEmpty
                ? "\(pick("no name is kept for you", "没有为你保留的名字"))"
                : "\(pick("kept for you: ", "为你保留的名字："))\(names)",
        ]
    }

    private func key(_ key: KeyFingerprint?) -> String { key?.description ?? pick("no key", "没有密钥") }

    private func joined(_ words: [String]) -> String { words.joined(separator: pick(", ", "，")) }

    // MARK: Names that are kept

    func line(_ reservation: Reservation) -> Sentence {
        switch reservation {
        case .kept(let name, let seconds):
            let english = seconds.map { ", until you have not been here for \(period($0))" } ?? ""
            let chinese = seconds.map { "，直到你\(period($0))没有来过" } ?? ""
            return pick(
                "the name \(name.text) is kept for your key now\(english); /release \(name.text) gives it back",
                "名字 \(name.text) 现在为你的密钥保留\(chinese)；/release \(name.text) 放弃"
            )
        case .notKept(let name, let reason):
            return pick("the name \(name.text) is not kept for your key", "名字 \(name.text) 没有为你的密钥保留")
                + because("\(why(reason))")
        }
    }

    private func why(_ reason: Reservation.NotKept) -> String {
        switch reason {
        case .ofOne(let limit):
            pick("\(limit) are already; /release NAME gives one back", "已经保留了 \(limit) 个；/release 名字 可放弃一个")
        case .ofAll(let limit):
            pick("this server has \(limit) accounts, and no room for more", "服务器已有 \(limit) 个账户，不能再多")
        case .today(let limit):
            pick("\(limit) were kept today for those from your address", "今天已为来自你地址的人保留了 \(limit) 个")
        }
    }

    func released(_ name: Nickname) -> Sentence {
        pick("the name \(name.text) is kept for nobody any more", "名字 \(name.text) 不再为任何人保留")
    }

    // MARK: Devices

    func line(_ code: LinkCode, seconds: Int) -> Sentence {
        pick(
            "\(code.text): on the other device, once, within \(period(seconds)): /link \(code.text)",
            "\(code.text)：\(period(seconds))内在另一台设备上输入一次 /link \(code.text)"
        )
    }

    func linked(_ names: [Nickname]) -> Sentence {
        let list = names.map(\.text).joined(separator: pick(", ", "、"))
        return pick(
            "your key is one of the account's now" + (list.isEmpty ? "" : "; its names: \(list)"),
            "你的密钥现在属于这个账户" + (list.isEmpty ? "" : "；它的名字：\(list)")
        ).sentence
    }

    func admitted(_ key: KeyFingerprint, _ name: Nickname?) -> Sentence {
        pick(
            "\(key.description) may come in now" + (name.map { ", and \($0.text) is kept for it" } ?? ""),
            "\(key.description) 现在可以进来" + (name.map { "，并为它保留 \($0.text)" } ?? "")
        ).sentence
    }

    // MARK: Words

    /// The words of our own connection, as this end has them; nil: it has none.
    public func ownWords(_ words: String?) -> Sentence {
        guard let words else { return pick("this connection has no words to compare", "这个连接没有验证词") }
        return pick("the words of this connection, from this end: \(words)", "本端看到的本连接验证词：\(words)")
    }

    /// Those of somebody's connections, as the server sees them.
    public func words(of author: Author, _ sets: [String]) -> Sentence {
        let list = sets.joined(separator: pick("; or: ", "；或："))
        return pick(
            "the words of \(author), as the server sees them: \(list)",
            "服务器看到的 \(author) 的验证词：\(list)"
        )
    }
}

extension String {
    fileprivate var sentence: Sentence { "\(self)" }
}
