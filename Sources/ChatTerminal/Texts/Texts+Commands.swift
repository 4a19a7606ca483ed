internal import ChatCore

/// The commands in the user's language.
extension Texts {
    /// One command, as it is listed.
    public struct Command: Sendable, Hashable {
        /// Without the slash.
        public let name: String
        public let arguments: String
        public let summary: String

        public var usage: String { arguments.isEmpty ? "/\(name)" : "/\(name) \(arguments)" }
    }

    /// The terminal's own, and all of the table.
    public var commands: [Command] {
        let own = TerminalCommand.specs.map { name, arguments in
            Command(name: name, arguments: translated(arguments), summary: ownSummary(name))
        }
        let names = Set(own.map(\.name))
        let others = CommandTable.all.filter { !names.contains($0.name) }.map { spec in
            let arguments = TerminalCommand.more[spec.name] ?? spec.arguments
            return Command(name: spec.name, arguments: translated(arguments), summary: ownSummary(of: spec))
        }
        return others + own
    }

    /// `/help`: a line for each command; of one command that line alone.
    public func help(_ name: String? = nil) -> [String] {
        if let name { return commands.filter { $0.name == name }.map { "\($0.usage)  \($0.summary)" } }
        let first = pick(
            "a line you type goes to everybody in the room; Alt-Enter begins a new line, Tab completes",
            "输入的内容会发给房间里的所有人；Alt-Enter 换行，Tab 补全"
        )
        let last = pick("//...  say a line that begins with a slash", "//...  发送以斜杠开头的一行")
        return [first] + commands.map { "\($0.usage)  \($0.summary)" } + [last]
    }

    private func ownSummary(_ name: String) -> String {
        switch name {
        case "room":
            pick(
                "go to a room that you are in, by name or number; Alt-1 to Alt-9 and Alt-arrow do so too",
                "切换到已进入的房间（名字或编号）；Alt-1 至 Alt-9 和 Alt-方向键也可以"
            )
        default: pick("show how the connection is, and by what it is protected", "显示连接的状况和加密方式")
        }
    }

    private func ownSummary(of spec: CommandSpec) -> String {
        switch spec.name {
        case "history": pick("\(spec.summary); more: what was before", "\(summary(of: spec))；more：更早的")
        case "search": pick("\(spec.summary); more: older ones", "\(summary(of: spec))；more：更早的")
        default: summary(of: spec)
        }
    }

    func summary(of spec: CommandSpec) -> String { pick(spec.summary, Self.chinese[spec.name] ?? spec.summary) }

    private func translated(_ arguments: String) -> String {
        guard language == .chinese else { return arguments }
        return Self.chineseArguments.reduce(arguments) { $0.replacing($1.0, with: $1.1) }
    }

    private static let chineseArguments = [
        ("NAME", "名字"), ("TEXT", "文字"), ("ROOM", "房间"), ("REASON", "理由"), ("DURATION", "时长"), ("WORDS", "词语"),
        ("SECONDS", "秒数"), ("PASSWORD", "密码"), ("COMMAND", "命令"), ("ADDRESS", "地址"), ("PREFIX", "前缀"), ("CODE", "代码"),
    ]

    /// By name.
    static let chinese = [
        "me": "说你在做什么：/me 挥手",
        "msg": "只对一个人说，不论其在哪个房间",
        "reply": "回复最后一条私信",
        "history": "再次显示最近 N 条消息，不写则为 50 条",
        "search": "显示房间里包含这些词的最新消息",
        "forget": "收回你来之后在所有房间说过的话",
        "nick": "取名字：1 至 32 个任意文字的字母、数字或 - _ .",
        "who": "列出房间里的人，或名字以此开头的人",
        "away": "给来私信的人留言；不写文字表示你回来了",
        "rooms": "列出房间，或名字以此开头的房间",
        "join": "去另一个房间；没有的话就新建，归你管理",
        "leave": "离开房间，但不离开服务器",
        "topic": "显示房间的话题；管理员可以设置，- 表示取消",
        "invite": "邀请别人；房间关门时只有管理员可以",
        "quiet": "on：不显示谁进来、离开或改名",
        "echo": "off：不显示你自己说的话",
        "time": "on：每行前显示时间",
        "ignore": "不显示此人说的话",
        "unignore": "重新显示",
        "kick": "把人请出房间",
        "ban": "不让进来：90s、10m、2h、7d 或永久；只有操作员可以封禁地址",
        "unban": "解除封禁",
        "bans": "列出房间的封禁",
        "mute": "让人只能看，不能说",
        "unmute": "解除禁言",
        "op": "让人也来管理本房间",
        "deop": "取消管理员资格",
        "slow": "每人每隔多少秒只能说一句；0：不限",
        "lockdown": "on：只有受邀的人才能进来",
        "private": "on：同 /lockdown，并且不在 /rooms 中列出",
        "admit": "在只接纳成员的服务器上放行一个密钥，并为它保留名字",
        "announce": "对所有房间的所有人说",
        "oper": "成为操作员，可以管理一切",
        "help": "显示这份列表，或其中一个命令",
        "quit": "离开服务器",
        "verify": "显示四个验证词，可与对方口头核对：自己的，或某人的",
        "whois": "显示一个人是谁，名字是否由密钥持有",
        "release": "放弃由密钥持有的名字",
        "link": "把另一台设备的密钥连到你的名字",
        "status": "显示连接的状况和加密方式",
    ]
}
