import ChatCore
@testable import ChatTerminal
import Testing

@Suite struct CompleterTests {
    let completer = Completer(
        names: ["carol", "Carla", "alice", "José", "小明", "bob"].enumerated().map { Drawing.author($1, UInt64($0 + 1)) },
        rooms: ["lobby", "tea", "茶馆"].compactMap { try? RoomName($0) },
        own: Drawing.author("alice", 3),
        texts: Texts(.english)
    )

    private func complete(_ before: String) -> [String] {
        let word = before.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        return completer.candidates(before: before, word: word).map { $0.text + $0.appendix }
    }

    @Test func `names come by activity, with a colon at the beginning`() {
        #expect(complete("car") == ["carol: ", "Carla: "])
        #expect(complete("CARO") == ["carol: "])
        #expect(complete("hi ca") == ["carol ", "Carla "])
        #expect(complete("小") == ["小明: "])
        #expect(complete("") == ["carol: ", "Carla: ", "José: ", "小明: ", "bob: "])
        #expect(complete("al") == [])  // oneself
        #expect(complete("x") == [])
    }

    @Test func `what nobody can type is found by what looks like it`() {
        #expect(complete("jose") == ["José: "])
        #expect(complete("саr") == ["carol: ", "Carla: "])  // Cyrillic
        // As typed it is enough: nothing that only looks like it is offered besides.
        #expect(complete("b") == ["bob: "])
    }

    @Test func `commands complete with their help`() {
        #expect(complete("/mu") == ["/mute "])
        #expect(complete("/LEA") == ["/leave"])
        #expect(complete("/o") == ["/op ", "/oper "])
        #expect(
            completer.candidates(before: "/topi", word: "/topi").first?.help?.hasPrefix("/topic [TEXT]  show what")
                == true
        )
        #expect(complete("/").count == CommandTable.all.count + (CommandTable["status"] == nil ? 2 : 1))
        #expect(complete("//mu") == [])
        #expect(complete("//car ca") == ["carol ", "Carla "])
    }

    @Test func `arguments complete where they are known`() {
        #expect(complete("/msg ca") == ["carol ", "Carla "])
        #expect(complete("/msg carol hello bo") == ["bob "])
        #expect(complete("/kick al") == ["alice "])
        #expect(complete("/ban bob 10m ca") == ["carol ", "Carla "])
        #expect(complete("/mute bob 1") == [])
        #expect(complete("/join te") == ["#tea "])
        #expect(complete("/join #茶") == ["#茶馆 "])
        #expect(complete("/room ") == ["#lobby ", "#tea ", "#茶馆 "])
        #expect(complete("/room #tea x") == [])
        #expect(complete("/rooms t") == ["#tea "])
        #expect(complete("/quiet ") == ["on", "off"])
        #expect(complete("/quiet of") == ["off"])
        #expect(complete("/forget ") == ["me"])
        #expect(complete("/history m") == ["more"])
        #expect(complete("/help to") == ["topic "])
        #expect(complete("/help /to") == ["/topic "])
        #expect(complete("/nick ca") == [])
        #expect(complete("/oper ca") == [])
        #expect(complete("/me looks at ca") == ["carol ", "Carla "])
        #expect(complete("/nonsense ca") == [])
        #expect(complete("see you in #t") == ["#tea "])
    }

    @Test func `the terminal's own commands are read here`() throws {
        #expect(TerminalCommand("/room tea") == .room(try room("tea")))
        #expect(TerminalCommand("/ROOM #tea ") == .room(try room("tea")))
        #expect(TerminalCommand("/room 3") == .roomNumber(3))
        #expect(TerminalCommand("/room") == .room(nil))
        #expect(TerminalCommand("/status") == .status)
        #expect(TerminalCommand("/statusx") == nil)
        #expect(TerminalCommand("//status") == nil)
        #expect(TerminalCommand("/rooms") == nil)
        #expect(TerminalCommand(" /status") == nil)
        #expect(TerminalCommand("/history more") == .moreHistory)
        #expect(TerminalCommand("/search more ") == .moreFound)
        #expect(TerminalCommand("/search more tea") == nil)
        #expect(TerminalCommand("/history 5") == nil)
        #expect(TerminalCommand("/help room") == .help("room"))
        #expect(TerminalCommand("/help /Room ") == .help("room"))
        #expect(TerminalCommand("/help kick") == nil)
        #expect(TerminalCommand("/help") == nil)
        guard case .problem(let problem) = TerminalCommand("/room bad!name") else {
            Issue.record("a name that no room has is no problem")
            return
        }
        #expect(problem.usage == "/room [ROOM]")
        #expect(problem.reason.hasPrefix("a name cannot have"))
    }

    @Test func `all commands are told in Chinese too`() {
        for spec in CommandTable.all { #expect(Texts.chinese[spec.name] != nil, "\(spec.name)") }
        let commands = Texts(.chinese).commands
        #expect(commands.first { $0.name == "kick" }?.usage == "/kick 名字 [理由]")
        #expect(commands.first { $0.name == "kick" }?.summary == "把人请出房间")
        #expect(Set(commands.map(\.name)).count == commands.count)
        #expect(Texts(.english).help("kick") == ["/kick NAME [REASON]  put somebody out of the room"])
    }
}
