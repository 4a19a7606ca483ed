import ChatCore
import Testing

@testable import ChatTerminal

/// No sentence in English gets onto a Chinese screen: what is refused, what was typed wrongly, and what went wrong.
@Suite struct ChineseWordsTests {
    private let chinese = Texts(.chinese)
    private let english = Texts(.english)
    private let hong = Drawing.author("小红", 2)
    private let key = "sha256:" + String(repeating: "ab", count: 32)

    // MARK: Refusals

    private func refusals() throws -> [Refusal] {
        let (tea, name) = (try room("茶馆"), try Nickname("小明"))
        let key = try #require(KeyFingerprint(key))
        let range = try #require(AddressRange("127.0.0.1/8"))
        let id = try #require(MessageID("a-1"))
        return [
            .nowhere, .notIn(tea), .alreadyIn(tea), .alreadyHere(hong, tea), .mayNotEnter(.lobby), .mayNotEnter(tea),
            .roomIsFull(tea, limit: 3), .tooManyRooms(limit: 3), .inTooManyRooms(limit: 3), .noSuchMember("小红"),
            .nameTaken(name), .alreadyNamed(name), .thatIsYou, .nobodyToAnswer, .hasLeft(hong),
            .everybodysAddresses(range), .muted(tea, seconds: 90), .muted(tea, seconds: nil), .slow(tea, seconds: 3),
            .noteTooLong(limit: 400), .onlyModerators(.lobby), .onlyModerators(tea), .onlyOperators, .isProtected(hong),
            .lobbyStaysPublic, .noSuchBan("小红"), .tooMany("members that you ignore", limit: 3),
            .onlyOperatorsBanAddresses, .noSuchMute("小红"), .notHere(hong, tea), .moderatesAlready(hong),
            .moderatesNot(hong), .lobbyHasOperators, .idReused(id), .notFresh, .notKept, .notReadable, .nothingToForget,
            .nameReserved(name), .notReserved(name), .nameIsCertified, .noKey, .noAccount, .hasAccount, .wrongCode,
            .tooManyCodes, .membersOnly(key), .membersOnly(nil), .notVerifiable(hong), .notVerifiable(nil),
        ]
    }

    @Test func `what is refused`() throws {
        for refusal in try refusals() {
            expectChinese(chinese.answer(.refused(refusal)).map(\.string), "\(refusal)")
            #expect(english.refusal(refusal).string == CleanText(refusal.description).string)
        }
        #expect(chinese.refusal(.muted(try room("茶馆"), seconds: 90)).string == "你在 #茶馆 被禁言，还有1分钟30秒；这句话没有发出")
    }

    @Test(arguments: Texts.chineseCodes.keys.sorted() + ["muted", "slow", "of-a-newer-server"])
    func `what the server refuses`(_ code: String) {
        let trouble = Trouble(.refused(code: code, seconds: 7), english: "so it is")
        #expect(english.trouble(trouble) == "so it is")
        let words = chinese.trouble(trouble)
        expectChinese([words.replacing("so it is", with: "")], code)
        #expect(words.contains("so it is") == (code == "of-a-newer-server"))
        expectChinese([chinese.trouble(Trouble(.refused(code: code, seconds: nil), english: ""))], code)
    }

    @Test func `what has no code of its own, and what the server says of it`() {
        func words(_ message: String) -> String {
            chinese.trouble(Trouble(.refused(code: "refused", seconds: nil), english: message))
        }
        #expect(words("you have said nothing here since you came; only that can be forgotten").hasPrefix("你来之后"))
        #expect(words("in #lobby only operators moderate") == "在 #lobby 只有操作员能管理；/oper 名字 密码 成为操作员")
        #expect(words("that password is wrong") == "服务器拒绝了：that password is wrong")
    }

    // MARK: Commands

    @Test(
        arguments: [
            "/", "/teleport", "/jion x", "/me", "/msg", "/msg bob", "/search", "/search a b c d e f g h i j",
            "/search " + String(repeating: "x", count: 500), "/forget", "/forget you", "/nick", "/nick 7", "/nick a/b",
            "/nick the", "/leave now", "/join", "/join a/b", "/quiet", "/quiet maybe", "/history 0", "/slow x",
            "/ban 1.2.3.4/99", "/ban bob 5x", "/admit bob", "/link 12", "/oper root", "/help teleport", "/kick",
        ]
    ) func `commands that are not understood`(_ line: String) throws {
        let problem = #expect(throws: CommandProblem.self, "\(line)") {
            _ = try CommandTable.read(line.dropFirst().unicodeScalars)
        }
        let words = chinese.problem(try #require(problem))
        expectChinese([words], line)
        #expect(english.problem(try #require(problem)) == problem?.description)
        #expect(words.contains("用法") == (problem?.usage != nil))
    }

    @Test func `the usage is translated as well`() {
        let problem = CommandProblem(.missing(.name), of: CommandTable["kick"])
        #expect(chinese.problem(problem) == "缺少名字；用法：/kick 名字 [理由]")
        #expect(english.problem(problem) == "the name is missing; usage: /kick NAME [REASON]")
        for argument in CommandProblem.Argument.allCases {
            expectChinese([chinese.problem(CommandProblem(.missing(argument)))], argument.rawValue)
        }
        expectChinese([chinese.problem(CommandProblem(.spaceBefore))], "a space")
    }

    @Test(arguments: [NameProblem.empty, .tooLong, .forbidden("!"), .tooManyMarks, .beginsWithMark, .number, .reserved])
    func `names that cannot be`(_ problem: NameProblem) {
        expectChinese([chinese.nameProblem(problem)], "\(problem)")
        #expect(english.nameProblem(problem) == problem.description)
    }

    // MARK: The connection

    private func troubles() -> [Trouble.Kind] {
        let facts = Trouble.KeyFacts(
            expected: [.init(key, since: "2026-01-02", next: key, announced: "2026-01-03"), .init(key)],
            shown: nil
        )
        let doubts: [Trouble.Doubt] = [
            .expired, .notYetValid, .wrongName(expected: "a.example"), .unknownAuthority, .revoked,
            .wrongKey("因为"), .other("因为"),
        ]
        return [
            .interrupted, .closed, .cancelled, .unread, .answerNotUnderstood, .unknownHost("a"),
            .refusesConnection("a:1"), .timedOut("a:1"), .unreachable("a:1", reason: "因为"), .wrongKey("a:1", facts),
            .changedKey("a:1", facts), .notBelieved("a:1"), .otherFingerprint("a:1"), .knownHosts(reason: "因为"),
            .identity(reason: "因为"), .setup(reason: "因为"), .hungUpInHandshake("a:1"),
            .noHandshake("a:1", reason: "因为"), .notAdmitted("a:1", reason: "因为"), .cutOff("a:1"), .ended("a:1"),
            .notAllSaid, .noName("小明"), .noEntry(.lobby), .noStructuredProtocol("a:1"), .silent("a:1"),
            .notUnderstood("a:1", what: "因为"), .givenUp("a:1"),
        ] + doubts.map { .untrusted("a:1", $0, key: "a:1 \(key)") }
            + Trouble.Goodbye.allCases.map { .closing("a:1", $0, message: "因为") }
    }

    @Test func `what goes wrong with the connection`() {
        for kind in troubles() {
            let trouble = Trouble(kind, english: "this went wrong")
            expectChinese(chinese.lines(of: trouble).map(\.string), "\(kind)")
            #expect(english.trouble(trouble) == "this went wrong")
        }
    }

    @Test func `a key that changed takes several lines`() {
        let change = Trouble.KeyFacts(expected: [.init(key, since: "2026-01-02")], shown: nil)
        let trouble = Trouble(.changedKey("a:1", change), english: "THE KEY HAS CHANGED\nand more\u{1B}[2J")
        #expect(chinese.lines(of: trouble).count == 8)
        #expect(chinese.lines(of: trouble)[1].string == "  已知：\(key)，自 2026-01-02")
        #expect(english.lines(of: trouble).map(\.string) == ["THE KEY HAS CHANGED", "and more\u{FFFD}[2J"])
        var screen = Drawing(width: 60, .english, own: Drawing.alice)
        #expect(screen.take(.trouble(trouble), in: nil).split(separator: "\n").count == 2)
    }

    @Test func `the terminal itself`() {
        for error in [TerminalError.notATerminal, .inUse, .failed(what: "tcgetattr", errno: 5)] {
            let words = chinese.trouble(error).replacing(error.reason, with: "")
            expectChinese([words], "\(error)")
            #expect(english.trouble(error) == error.description)
        }
    }

    // MARK: Trust

    @Test func `whom to believe`() {
        let news: [TrustNews.Kind] = [
            .kept(server: "a:1", key: key), .expired(server: "a:1", day: "2026-01-02"),
            .nextLearned(server: "a:1", key: key), .nextUsed(server: "a:1", key: key, old: key, announced: nil),
            .nextUsed(server: "a:1", key: key, old: key, announced: "2026-01-02"), .nextForged(server: "a:1"),
            .nextNotForHost(server: "a:1"), .notKept(reason: "因为"), .guestOverTLS12(server: "a:1"),
        ]
        for kind in news {
            expectChinese([chinese.news(TrustNews(kind, english: "this is new"))], "\(kind)")
            #expect(english.news(TrustNews(kind, english: "this is new")) == "this is new")
        }
        let grounds: [TrustGround] = [
            .pin, .known(since: nil), .known(since: "2026-01-02"), .announced(on: nil), .announced(on: "2026-01-02"),
            .authority(file: nil), .authority(file: "ca.pem"), .anybody,
        ]
        for ground in grounds { expectChinese([chinese.ground(ground)], "\(ground)") }
        expectChinese([chinese.madeKey(path: "/a.pem"), chinese.noKeyMade(reason: "因为")], "a key")
        for isKept in [true, false] {
            expectChinese([chinese.name("小明", isKept: isKept, english: "it is so")], "a name")
            #expect(english.name("小明", isKept: isKept, english: "it is so") == "it is so")
        }
    }

    @Test func `a server that nobody vouches for`() {
        let server = UnknownServer(
            server: "a:1",
            fingerprint: key,
            subject: "CN=a",
            names: ["a", "b"],
            moreNames: 3,
            from: "2026-01-02",
            to: "2026-01-03",
            isOver: true,
            hasNotBegun: true,
            missing: "c.example"
        )
        let lines = chinese.unknownServer(server, english: ["in English"])
        expectChinese(lines, "the question")
        #expect(lines.contains("  用于    a、b 等 5 个"))
        #expect(lines.contains("          它不是 c.example 的证书"))
        #expect(english.unknownServer(server, english: ["in English"]) == ["in English"])
        expectChinese([chinese.trustQuestion(english: "believe it?")], "the question")
    }

    // MARK: What is Chinese

    /// Something in it is Chinese, and no two words stand together that are English: but for commands, flags and names.
    private func expectChinese(_ lines: [String], _ what: String, _ place: SourceLocation = #_sourceLocation) {
        let text = lines.joined(separator: "\n")
        #expect(
            text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) },
            "\(what): \(text)",
            sourceLocation: place
        )
        let command = /conclave( [a-z]+)+|--?[a-z-]+|\/[a-z]+|sha256:[0-9a-f]+|on\|off|KEY/
        let rest = text.replacing(command, with: "·")
        let words = /[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}/
        #expect(rest.firstMatch(of: words) == nil, "\(what): \(text)", sourceLocation: place)
    }
}
