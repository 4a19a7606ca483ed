public import ChatCore

/// Commands that could not be understood, and names that cannot be.
extension Texts {
    public func problem(_ problem: CommandProblem) -> String {
        guard language == .chinese else { return problem.description }
        let usage = problem.command.flatMap { name in commands.first { $0.name == name }?.usage } ?? problem.usage
        return chinese(problem.cause) + (usage.map { "；用法：\($0)" } ?? "")
    }

    private func chinese(_ cause: CommandProblem.Cause) -> String {
        switch cause {
        case .unknown(let name, let near?): "没有 /\(name) 这个命令；是不是 /\(near)？/help 列出所有命令"
        case .unknown(let name, nil): "没有 /\(name) 这个命令；/help 列出所有命令"
        case .spaceBefore: "命令前不能有空格；什么也没有发出"
        case .missing(let argument): "缺少\(chinese(argument))"
        case .tooManyWords: "词语太多"
        case .name(let problem): nameProblem(problem)
        case .noKey(let word): "“\(word)”不是密钥；密钥是 sha256: 加 64 位十六进制数字"
        case .noCode: "这不是代码；代码是八个字母和数字"
        case .noAddress(let word): "“\(word)”不是地址或地址范围"
        case .noDuration(let word): "“\(word)”不是时长；时长如 90s、10m、2h 或 7d，最多十年"
        case .notOnOrOff: "只能是 on 或 off"
        case .notInRange(let argument, let range):
            "\(chinese(argument))须在 \(range.lowerBound) 至 \(range.upperBound) 之间"
        case .tooManyWordsToFind(let limit, let longest): "最多 \(limit) 个词，每个最多 \(longest) 字节"
        case .notYourself: "只能收回自己说过的话"
        case .other("that name is not allowed here"): "这里不允许使用这个名字"
        case .other(let words): words
        }
    }

    private func chinese(_ argument: CommandProblem.Argument) -> String {
        switch argument {
        case .action: "你做的事"
        case .text: "文字"
        case .search: "要找的词"
        case .me: " me"
        case .name: "名字"
        case .key: "密钥"
        case .room: "房间"
        case .onOrOff: " on 或 off"
        case .count: "条数"
        case .seconds: "秒数"
        case .password: "密码"
        }
    }

    public func nameProblem(_ problem: NameProblem) -> String {
        guard language == .chinese else { return problem.description }
        return switch problem {
        case .empty: "名字不能为空：1 至 32 个任意文字的字母、数字或 - _ ."
        case .tooLong: "这个名字太长：最多 32 个字符、64 个码位和 128 字节"
        case .forbidden: "名字里有不允许的字符，只能用任意文字的字母、数字和 - _ ."
        case .tooManyMarks: "这个名字在一个字母上的附加符号太多：最多连续 3 个"
        case .beginsWithMark: "名字不能以附加符号开头；请把字母放在它前面"
        case .number: "这个名字是数字或像数字；名字里要有不能读作数字的字符"
        case .reserved: "这个名字是服务器自己的用词或与之相似；请另取一个"
        }
    }
}
