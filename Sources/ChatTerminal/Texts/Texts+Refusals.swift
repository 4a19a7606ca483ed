public import ChatCore

/// Why the rooms did not do what they were asked: by what was refused where that is known, else by the server's code.
extension Texts {
    /// What the core says of refusals in English is its own.
    public func refusal(_ refusal: Refusal) -> Sentence {
        language == .chinese ? chinese(refusal) : "\(refusal.description)"
    }

    private func chinese(_ refusal: Refusal) -> Sentence {
        switch refusal {
        case .nowhere: "你不在任何房间；/rooms 列出房间，/join 房间 进入"
        case .notIn(let room): "你不在 \(room)"
        case .alreadyIn(let room): "你已经在 \(room)"
        case .alreadyHere(let author, let room): "\(author) 已经在 \(room)"
        case .mayNotEnter(.lobby): "现在不能进入 \(RoomName.lobby)；请稍后再试"
        case .mayNotEnter(let room): "现在不能进入 \(room)；里面的管理员可以邀请你"
        case .roomIsFull(let room, let limit): "\(room) 已满：最多 \(limit) 人；请稍后再试"
        case .tooManyRooms(let limit): "已有 \(limit) 个房间，不能再多；/rooms 列出房间"
        case .inTooManyRooms(let limit): "你已在 \(limit) 个房间，不能再多；请先离开一个"
        case .noSuchMember(let name): "没有叫 \(CleanText(name)) 的人；/who 列出这里的人"
        case .nameTaken(let name): "名字 \(name.text) 或与它相似的名字已有人用；请另取一个"
        case .alreadyNamed(let name): "你已经叫 \(name.text)"
        case .thatIsYou: "那是你自己"
        case .nobodyToAnswer: "还没有人给你发过私信；/msg 名字 文字 可以发一条"
        case .hasLeft(let author): "\(author) 已离开服务器"
        case .everybodysAddresses(let range): "\(range.description) 是服务器本机，不能封禁"
        case .muted(let room, let seconds):
            "你在 \(room) 被禁言\(seconds.map { "，还有\(period($0))" } ?? "")；这句话没有发出"
        case .slow(let room, let seconds): "\(room) 开启了慢速模式：\(seconds) 秒后可以再说；这句话没有发出"
        case .noteTooLong(let limit): "太长了；最多 \(limit) 字节"
        case .onlyModerators(.lobby): "在 \(RoomName.lobby) 只有操作员可以这样做；/oper 名字 密码 成为操作员"
        case .onlyModerators(let room): "只有 \(room) 的管理员可以这样做"
        case .onlyOperators: "只有操作员可以这样做；/oper 名字 密码 成为操作员"
        case .isProtected(let author): "\(author) 也是管理员，所以不行"
        case .lobbyStaysPublic: "\(RoomName.lobby) 是所有人进来的地方，不能设为私密"
        case .noSuchBan(let label): "没有对 \(CleanText(label)) 的封禁；/bans 列出封禁"
        case .tooMany(_, let limit): "已有 \(limit) 个，达到上限"
        case .onlyOperatorsBanAddresses: "只有操作员可以封禁地址；请改为封禁名字"
        case .noSuchMute(let label): "\(CleanText(label)) 没有被禁言"
        case .notHere(let author, let room): "\(author) 不在 \(room)"
        case .moderatesAlready(let author): "\(author) 已经是管理员"
        case .moderatesNot(let author): "\(author) 不是管理员"
        case .lobbyHasOperators: "在 \(RoomName.lobby) 只有操作员能管理；/oper 名字 密码 成为操作员"
        case .idReused(let id): "编号 \(id.description) 已用于别的内容；每条消息要用新的编号"
        case .notFresh: "你已在房间里，不能接替另一个连接"
        case .notKept: "服务器现在无法保存，所以没有执行；请稍后再试"
        case .notReadable: "现在无法读取以前的消息；请稍后再试"
        case .nothingToForget: "你来之后还没有在这里说过话；只有那些话可以收回"
        case .nameReserved(let name): "名字 \(name.text) 或与它相似的名字为别人的密钥保留；请另取一个"
        case .notReserved(let name): "名字 \(name.text) 没有为任何人保留"
        case .nameIsCertified: "本服务器的名字来自证书；你的名字以证书为准"
        case .noKey: "你没有出示密钥；请带着自己的密钥连接，不要用 --guest"
        case .noAccount: "你的密钥还没有账户；/nick 名字 取一个名字，它就会为此密钥保留"
        case .hasAccount: "你的密钥已有自己的账户；请先用 /release 放弃它的名字，再连到别的账户"
        case .wrongCode: "这个代码不对、用过了或太旧；在另一个连接上用 /link 可得到新的"
        case .tooManyCodes: "错误的代码太多；请在\(period(AccountRules.codeLifetime))后换一个连接再试"
        case .membersOnly(let key?): "只有成员才能进来；请操作员放行你的密钥 \(key.description)，或用 /link 代码 把它连到你的账户"
        case .membersOnly(nil): "只有成员才能进来，成员都有密钥；请带着你的密钥连接"
        case .notVerifiable(nil): "你的连接没有验证词：它是 TLS 1.2，且没有扩展主密钥；请使用 TLS 1.3"
        case .notVerifiable(let author?): "\(author) 没有验证词：其连接是 TLS 1.2，且没有扩展主密钥"
        }
    }

    // MARK: By code

    /// - Parameter message: the server's own words, for what has none here.
    func chineseRefusal(code: String, seconds: Int?, message: String) -> String {
        switch code {
        case "muted": "你被禁言了\(seconds.map { "，还有\(period($0))" } ?? "")；这句话没有发出"
        case "slow": "这个房间开启了慢速模式\(seconds.map { "：\($0) 秒后可以再说" } ?? "")；这句话没有发出"
        case "refused":
            Self.sameInAllRooms.first { $0.description == message || message == Self.shortened($0) }
                .map { chinese($0).string } ?? "服务器拒绝了：\(message)"
        default: Self.chineseCodes[code] ?? "服务器拒绝了：\(message)"
        }
    }

    /// What has no code of its own, and always the same words.
    private static let sameInAllRooms: [Refusal] = [.nothingToForget, .lobbyStaysPublic, .lobbyHasOperators]

    /// Without what a program's user is not told: which command helps.
    private static func shortened(_ refusal: Refusal) -> String {
        String(refusal.description.prefix { $0 != ";" })
    }

    /// By conclave/1's spelling. The server's words say more, such as which name it was, but in English.
    static let chineseCodes = [
        "malformed": "服务器看不懂这个请求",
        "too-long": "太长了，服务器不接受",
        "unknown-op": "这个服务器不会做这件事；它是不是比这个客户端旧？",
        "missing-field": "服务器认为这个请求缺少内容",
        "bad-field": "服务器不接受这个请求的内容",
        "id-reused": "这条消息的编号已用于别的内容",
        "not-fresh": "你已在房间里，不能接替另一个连接",
        "not-in-room": "你不在那个房间；/join 房间 进入",
        "may-not-enter": "现在不能进入那个房间；里面的管理员可以邀请你",
        "room-full": "房间已满；请稍后再试",
        "too-many-rooms": "服务器的房间已达上限；/rooms 列出房间",
        "in-too-many-rooms": "你所在的房间已达上限；请先离开一个",
        "no-such-member": "没有这个人；/who 列出这里的人",
        "not-here": "那个人不在这个房间",
        "that-is-you": "那是你自己",
        "name-taken": "这个名字或与它相似的名字已有人用；请另取一个",
        "already-named": "你已经叫这个名字",
        "not-moderator": "只有本房间的管理员可以这样做",
        "not-operator": "只有操作员可以这样做；/oper 名字 密码 成为操作员",
        "protected": "那个人也是管理员，所以不行",
        "no-such-ban": "没有这项封禁；/bans 列出封禁",
        "no-such-mute": "那个人没有被禁言",
        "too-many": "已达上限，不能再多",
        "moderates-already": "那个人已经是管理员",
        "moderates-not": "那个人不是管理员",
        "not-kept": "服务器现在无法保存，所以没有执行；请稍后再试",
        "not-readable": "现在无法读取以前的消息；请稍后再试",
        "name-reserved": "这个名字或与它相似的名字为别人的密钥保留；请另取一个",
        "not-reserved": "这个名字没有为任何人保留",
        "name-certified": "本服务器的名字来自证书；你的名字以证书为准",
        "no-key": "你没有出示密钥；请带着自己的密钥连接，不要用 --guest",
        "no-account": "你的密钥还没有账户；/nick 名字 取一个名字，它就会为此密钥保留",
        "has-account": "你的密钥已有自己的账户；请先用 /release 放弃它的名字，再连到别的账户",
        "wrong-code": "这个代码不对、用过了或太旧；在另一个连接上用 /link 可得到新的",
        "too-many-codes": "错误的代码太多；请稍后换一个连接再试",
        "members-only": "只有成员才能进来；请操作员放行你的密钥，或用 /link 代码 把它连到你的账户",
        "not-verifiable": "这个连接没有验证词：它是 TLS 1.2，且没有扩展主密钥",
    ]
}
