internal import ChatCore

/// What went wrong, and what to do about it.
///
/// English is the words of whoever found it out. What the system, OpenSSL or the server says besides stays as it is.
extension Texts {
    /// In one line, but for a key that has changed, which nobody shall overlook: line by line then.
    public func trouble(_ trouble: Trouble) -> String {
        language == .chinese ? chinese(trouble.kind, trouble.english) : trouble.english
    }

    /// A line each.
    func lines(of trouble: Trouble) -> [Sentence] {
        self.trouble(trouble).split(separator: "\n").map { "\(CleanText(String($0)))" }
    }

    private func chinese(_ kind: Trouble.Kind, _ english: String) -> String {
        switch kind {
        case .refused(let code, let seconds): chineseRefusal(code: code, seconds: seconds, message: english)
        case .interrupted: "收到答复之前连接断了；请看看是否已经完成，没有的话再试一次"
        case .closed: "连接已关闭；请重新连接"
        case .cancelled: "请求已取消"
        case .unread: "答复之前的消息还没有读取，所以收不到答复"
        case .answerNotUnderstood: "服务器的答复不完整；它是不是比这个客户端旧？"
        case .unknownHost(let host): "找不到主机 \(host)；请检查拼写"
        case .refusesConnection(let server): "\(server) 拒绝连接；那里的这个端口上运行着 conclaved 吗？"
        case .timedOut(let server): "\(server) 没有回应；请检查地址和途中的防火墙"
        case .unreachable(let server, let reason): "无法连接 \(server)：\(reason)；请检查网络"
        case .untrusted(let server, let doubt, let key):
            "不接受 \(server) 的证书：\(chinese(doubt))"
                + (key.map { "；如果确知它的密钥无误，仍想相信它，请运行：conclave trust add \($0)" } ?? "")
        case .wrongKey(let server, let facts): chineseWrongKey(server, facts)
        case .changedKey(let server, let facts): chineseChangedKey(server, facts)
        case .notBelieved(let server): "不相信 \(server)，所以没有向它发送任何内容"
        case .otherFingerprint(let server):
            "\(server) 出示的密钥与你得到的指纹不符，所以没有向它发送任何内容；请再问一次它的指纹，如果确实不是这个，就有人夹在你和服务器之间"
        case .knownHosts(let reason): "无法查看已知的服务器：\(reason)"
        case .identity(let reason): "无法使用你的密钥：\(reason)"
        case .setup(let reason): "无法准备加密：\(reason)"
        case .hungUpInHandshake(let server): "\(server) 在 TLS 握手时挂断了；那个端口上是 conclaved 吗？"
        case .noHandshake(let server, let reason): "无法与 \(server) 建立 TLS：\(reason)；那个端口上是 conclaved 吗？"
        case .notAdmitted(let server, let reason):
            "\(server) 只让持有它认可的证书的人进来（\(reason)）；请向管理服务器的人索取，并用 --identity 指定含证书和密钥的文件"
        case .cutOff(let server): "与 \(server) 的连接断了；最后的内容可能没有收到"
        case .ended(let server): "\(server) 结束了连接"
        case .notAllSaid: "服务器没有接受你说的全部内容；原因见它的答复"
        case .noName(let name): "不能使用名字 \(name)，所以什么也没有说；原因见服务器的答复"
        case .noEntry(let room): "不能进入 \(room)，所以什么也没有说；原因见服务器的答复"
        case .noStructuredProtocol(let server): "\(server) 不支持 conclave/1；那里的 conclaved 是不是更旧？用 --text 可以不需要它"
        case .silent(let server): "\(server) 太久没有消息；请检查网络"
        case .closing(let server, let goodbye, let message): "\(server) 结束了连接：\(chinese(goodbye, message))"
        case .notUnderstood(let server, let what): "\(server) 发来了看不懂的内容（\(what)）；那里的 conclaved 是不是更新？"
        case .givenUp(let server): "已放弃连接 \(server)"
        case .other: english
        }
    }

    private func chinese(_ doubt: Trouble.Doubt) -> String {
        switch doubt {
        case .expired: "它已过期；需要由管理服务器的人更新"
        case .notYetValid: "它还没有生效；请检查本机的时钟"
        case .wrongName(let name): "它不是 \(name) 的证书；请用证书上的名字连接，或用 --server-name 指定那个名字"
        case .unknownAuthority: "本机不认识它的签发者；如果你信任对方，请用 --ca 指定其证书文件"
        case .revoked: "签发者已将它吊销；在管理服务器的人换上新证书之前，请不要去那里"
        case .wrongKey(let reason): "它的密钥不对（\(reason)）"
        case .other(let reason): "\(reason)；需要由管理服务器的人更换"
        }
    }

    private func chinese(_ goodbye: Trouble.Goodbye, _ message: String) -> String {
        switch goodbye {
        case .bye: "再见"
        case .shutdown: "服务器正在关闭"
        case .banned: "你已被封禁"
        case .silent: "你太久没有说话"
        case .full: "服务器已满；请稍后再试"
        case .removed: "你被请出了服务器"
        case .takenOver: "另一个连接接替了你"
        case .other: message
        }
    }

    // MARK: Keys that changed

    private func chineseWrongKey(_ server: String, _ facts: Trouble.KeyFacts) -> String {
        """
        \(server) 的密钥不是 --pin 或链接中的那个。没有向它发送任何内容。
        \(facts.expected.map { "  应为：\($0.key)" }.joined(separator: "\n"))
          出示：\(facts.shown ?? "无法读取")
        要么链接生成之后密钥换了，要么有人夹在你和服务器之间。
        请通过别的途径，而不是这个连接，向给你链接或指纹的人索取新的。
        """
    }

    private func chineseChangedKey(_ server: String, _ facts: Trouble.KeyFacts) -> String {
        let expected = facts.expected.map { known in
            let next = known.next.map { "\n  预告：\($0)" + (known.announced.map { "，公布于 \($0)" } ?? "") }
            return "  已知：\(known.key)" + (known.since.map { "，自 \($0)" } ?? "") + (next ?? "")
        }
        return """
            注意：\(server) 的密钥变了！没有向它发送任何内容。
            \(expected.joined(separator: "\n"))
              出示：\(facts.shown ?? "无法读取")
            要么管理服务器的人换了密钥而没有预告，要么有人夹在你和服务器之间。
            请通过别的途径，而不是这个连接，向管理服务器的人询问现在的指纹。
            当且仅当它就是上面出示的那个时：
              conclave trust remove \(server)
              conclave trust add \(server)\(facts.shown.map { " \($0)" } ?? "")
            """
    }

    // MARK: The terminal

    public func trouble(_ error: TerminalError) -> String {
        switch error {
        case .notATerminal: pick(error.description, "输入和输出不都是能移动光标的终端；请用 --plain")
        case .inUse: pick(error.description, "本程序已在使用这个终端；请先关闭另一个会话")
        case .failed(let what, _):
            pick(error.description, "无法使用终端：\(what) 失败（\(error.reason)）；请用 --plain")
        }
    }
}
