/// Whom to believe, and who one is.
extension Texts {
    public func news(_ news: TrustNews) -> String {
        guard language == .chinese else { return news.english }
        return switch news.kind {
        case .kept(let server, let key): "从现在起以 \(key) 认定 \(server)；conclave trust list 列出所有已知的服务器"
        case .expired(let server, let day): "\(server) 的证书有效期到 \(day) 为止；密钥无误，所以继续"
        case .nextLearned(let server, let key): "\(server) 预告了下一个密钥 \(key)；到时换上它，你不必做什么"
        case .nextUsed(let server, let key, let old, let announced):
            "\(server) 换上了\(announced.map { " \($0) " } ?? "")预告过的新密钥 \(key)；\(old) 已作废"
        case .nextForged(let server): "\(server) 预告的下一个密钥没有为此签名，已忽略；请告诉管理服务器的人"
        case .nextNotForHost(let server): "\(server) 预告的下一个密钥不适用于它的这个名字；换密钥时会要你停下"
        case .notKept(let reason): "无法写下来：\(reason)"
        case .guestOverTLS12(let server):
            "\(server) 使用 TLS 1.2，途中的人都能看到你的密钥，所以你以访客身份进入；--allow-identity-tls12 会出示密钥"
        }
    }

    /// Behind `believed by`.
    public func ground(_ ground: TrustGround) -> String {
        switch ground {
        case .pin: pick("the key that the link or --pin names", "链接或 --pin 中的密钥")
        case .known(let day?): pick("its key, known since \(day)", "自 \(day) 起已知的密钥")
        case .known(nil): pick("its key, known from before", "以前已知的密钥")
        case .announced(let day?): pick("its new key, announced on \(day)", "\(day) 预告过的新密钥")
        case .announced(nil): pick("its new key, which it had announced", "预告过的新密钥")
        case .authority(nil): pick("an authority that this system trusts", "本系统信任的证书机构")
        case .authority(let file?): pick("an authority in \(file)", "\(file) 中的证书机构")
        case .anybody:
            pick(
                "nothing: whoever answers is believed (--dangerously-accept-any-certificate)",
                "无：谁应答都相信（--dangerously-accept-any-certificate）"
            )
        }
    }

    // MARK: The question

    /// What is shown of a server before its user is asked.
    /// - Parameter english: the same in the words of whoever asks.
    public func unknownServer(_ server: UnknownServer, english: [String]) -> [String] {
        guard language == .chinese else { return english }
        let names = server.names.joined(separator: "、")
        let more = server.moreNames > 0 ? " 等 \(server.names.count + server.moreNames) 个" : ""
        var lines = [
            "还不认识服务器 \(server.server)，本机信任的机构也没有为它担保。",
            "没有向它发送任何内容。",
            "",
            "  指纹    \(server.fingerprint)",
            "  主体    \(server.subject)",
            "  用于    \(names.isEmpty ? "没有任何名字" : names + more)",
            "  有效期  \(server.from) 至 \(server.to)",
        ]
        if server.isOver { lines.append("          已过期") }
        if server.hasNotBegun { lines.append("          尚未生效") }
        if let missing = server.missing { lines.append("          它不是 \(missing) 的证书") }
        return lines + ["", "管理服务器的人可以告诉你这是不是它的指纹：conclaved 启动时会显示它。"]
    }

    /// - Parameter english: as whoever asks has it.
    public func trustQuestion(english: String) -> String {
        pick(english, "从现在起相信它吗？请输入 yes（是）、no（否）或你得到的指纹：")
    }

    // MARK: One's own key

    public func madeKey(path: String) -> String {
        pick(
            "made a key for you, in \(path): names that you take can be yours for good; --guest goes without",
            "已为你生成密钥，保存在 \(path)：你取的名字可以一直归你；--guest 则不用密钥"
        )
    }

    public func noKeyMade(reason: String) -> String {
        pick("no key could be made for you, so you are a guest: \(reason)", "无法为你生成密钥，你将以访客身份进入：\(reason)")
    }

    /// Of a name that was taken, whether it is kept.
    /// - Parameter english: the server's words.
    public func name(_ name: String, isKept: Bool, english: String) -> String {
        pick(
            english,
            isKept ? "名字 \(name) 现在为你的密钥保留；/release \(name) 放弃" : "名字 \(name) 没有为你的密钥保留"
        )
    }
}
