public import ChatCore

/// What the client says of itself: its connection, its questions, its beginnings.
extension Texts {
    func connection(_ connection: PromptState.Connection) -> String {
        switch connection {
        case .connecting: pick("connecting", "正在连接")
        case .connected: pick("connected", "已连接")
        case .waiting(let seconds): pick("reconnecting in \(max(0, seconds)) s", "\(max(0, seconds)) 秒后重连")
        case .closed: pick("closed", "已断开")
        }
    }

    /// Before several pasted lines are sent: yes, no, or edit them.
    public func pasteQuestion(lines: Int) -> String {
        pick("send \(counted(lines, ("line", "lines"), ""))? [y/n/e] ", "发送 \(lines) 行？[y/n/e] ")
    }

    /// In the prompt, while the history is searched.
    public func searchPrompt(query: String, isFound: Bool) -> String {
        pick("(\(isFound ? "" : "nothing ")found: \(query)) ", "（\(isFound ? "" : "未")找到：\(query)）")
    }

    /// What somebody reads who starts for the first time.
    public var firstRun: [String] {
        [
            pick(
                "Welcome to Conclave. What you type goes to everybody in the room; Tab completes names and commands.",
                "欢迎使用 Conclave。输入的内容会发给房间里的所有人；Tab 补全名字和命令。"
            ),
            pick(
                "/nick NAME gives you a name, /join ROOM goes elsewhere, /help lists all, Ctrl-D leaves.",
                "/nick 名字 取名，/join 房间 去别处，/help 列出所有命令，Ctrl-D 离开。"
            ),
            pick(
                "All is encrypted on the way to the server; /status says how, and with whom you speak.",
                "到服务器的连接全程加密；/status 说明加密方式以及对方是谁。"
            ),
        ]
    }

    /// Above the list of the last servers, and behind it.
    public var recentServers: String { pick("Where to?", "去哪里？") }

    public func recentChoice(count: Int) -> String {
        count == 1
            ? pick("Enter goes there, or write another HOST[:PORT]: ", "按回车前往，或输入其他 主机[:端口]：")
            : pick("1 to \(count), Enter for 1, or HOST[:PORT]: ", "输入 1 至 \(count)，回车为 1，或 主机[:端口]：")
    }

    public var noRecentServer: String {
        pick(
            "Which server? HOST[:PORT] or a join link, Enter for localhost: ",
            "哪个服务器？主机[:端口] 或邀请链接，回车为 localhost："
        )
    }

    /// What is said when a sent text waits for the connection.
    public func waiting(_ count: Int) -> String {
        pick(
            "\(counted(count, ("message waits", "messages wait"), "")) for the connection",
            "\(count) 条消息等待连接恢复"
        )
    }

    /// Of a message that no server would take.
    public func tooLong(limit: Int) -> String {
        pick("a message may have \(limit) bytes; nothing was said", "每条消息最多 \(limit) 字节；没有发送")
    }

    /// Of what could not be said, and cannot be put back into the line.
    public func notSaid(_ text: CleanText) -> Sentence { pick("not said: \(text)", "没有发送：\(text)") }

    /// Of pages of the past that are asked for.
    public var nothingFound: String { pick("nobody has said that here", "这里没有人说过") }
    public var nothingOlder: String { pick("there is nothing older", "没有更早的了") }
    public var moreHistory: String { pick("/history more shows what was before", "/history more 显示更早的消息") }
    public var moreFound: String { pick("/search more shows older ones", "/search more 显示更早的结果") }
    public var nothingKept: String { pick("this room remembers nothing that was said", "这个房间没有保存任何消息") }

    public var notInThatRoom: String { pick("you are not in that room; /join ROOM enters one", "你不在那个房间；/join 房间 进入") }

    /// Where lines go now, where no prompt says so.
    public func linesGo(to room: RoomName) -> Sentence {
        pick("what you type goes to \(room) now", "现在输入的内容发到 \(room)")
    }

    /// A line of `/room`: `2  #tea  3 new`.
    public func roomLine(_ entry: Rooms.Entry) -> Sentence {
        let news = entry.isShown ? pick("  here", "  当前") : entry.unread > 0 ? "  \(unreadMark(entry.unread))" : ""
        return "\(entry.number)  \(entry.name)\(news)\(entry.mentions > 0 ? "!" : "")"
    }
}
