import ChatCore
import ChatTerminal
import Testing

/// Screens in Chinese.
@Suite struct ChineseTests {
    let ming = Drawing.author("小明", 1)
    let hong = Drawing.author("小红", 2)

    @Test(
        arguments: [
            (["LANG": "zh_CN.UTF-8"], Language.chinese),
            (["LANG": "zh"], .chinese),
            (["LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"], .chinese),
            (["LANG": "zh_CN", "LC_ALL": "C"], .english),
            (["LANG": "zh_CN", "LC_ALL": ""], .chinese),
            (["LANG": "zha"], .english),
            ([:], .english),
        ]
    ) func `the environment says which language`(_ environment: [String: String], _ language: Language) {
        #expect(Language(environment: environment) == language)
    }

    @Test func `a conversation`() {
        var screen = Drawing(width: 30, .chinese, own: ming, others: [hong])
        #expect(screen.say(hong, "你好，小明！") == "12:00 小红: 你好，小明！")
        #expect(screen.rings == 1)
        #expect(screen.say(ming, "你好") == "12:00 小明› 你好")
        #expect(
            screen.event(.entered(Drawing.author("李雷", 3))) + screen.event(.entered(Drawing.author("韩梅梅", 4)))
                + screen.wait(2) == "12:00 → 李雷、韩梅梅 进来了"
        )
        #expect(screen.take(.answer(.whisper(from: hong, CleanText("在吗"))), in: nil) == "12:00 小红 → 你: 在吗")
        #expect(
            screen.event(.ruled(.muted(hong, seconds: 5400), by: ming)) == """
                12:00 * 小红 被 小明 禁言，为
                  期1小时30分钟
                """
        )
        screen.rooms.focusChanged(false, at: screen.now)
        screen.now = screen.now.adding(seconds: 86_400)
        #expect(
            screen.say(hong, "早") == """
                ── 未读 ──────────────────────
                ── 2026年12月1日 星期二 ──────
                12:00 小红: 早
                """
        )
    }

    @Test func `a small screen in Chinese`() throws {
        var screen = Drawing(width: 20, .chinese, own: ming, others: [hong])
        let tea = try room("茶馆")
        _ = screen.rooms.show(tea, at: screen.now)
        let entry = RoomEntry(
            room: tea,
            author: ming,
            head: 0,
            after: 0,
            members: Listing([ming, hong], more: 9),
            topic: CleanText("龙井还是碧螺春？"),
            isPrivate: true,
            keepsMessages: 0
        )
        #expect(
            screen.take(.entered(entry), in: tea) == """
                ── #茶馆 ───────────
                * 话题：龙井还是碧螺
                  春？
                * 这里还有 10 人：小
                  红 等 10 人
                * 这是私密房间：不在
                  列表中，只有受邀的
                  人才能进来
                * 这里说的话不会保存
                """
        )
    }

    @Test func `numbers stand right in both languages`() {
        let (english, chinese) = (Texts(.english), Texts(.chinese))
        #expect(english.pasteQuestion(lines: 1) == "send 1 line? [y/n/e] ")
        #expect(english.pasteQuestion(lines: 37) == "send 37 lines? [y/n/e] ")
        #expect(chinese.pasteQuestion(lines: 37) == "发送 37 行？[y/n/e] ")
        #expect(english.waiting(1) == "1 message waits for the connection")
        #expect(english.waiting(2) == "2 messages wait for the connection")
        #expect(english.firstRun.count == 3)
        #expect(chinese.firstRun.allSatisfy { $0.unicodeScalars.contains { $0.value > 0x4E00 } })
    }
}
