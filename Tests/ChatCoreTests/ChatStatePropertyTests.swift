import ChatCore
import TestKit
import Testing

@Suite struct ChatStatePropertyTests {
    private static let sessions = (0..<6).map { SessionID(shard: $0 % 2, serial: UInt64($0 / 2)) }

    private static func commands(_ count: Int, using random: inout SeededGenerator) -> [Command] {
        (0..<count).map { index in
            let session = sessions[Int.random(in: 0..<sessions.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return Command(session, .enter)
            case 1: return Command(session, .leave)
            default: return Command(session, .say(CleanText("line \(index)")))
            }
        }
    }

    /// What a member has done so far, as everybody else saw it.
    private enum Seen {
        case inside, gone
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `what the others see of each member is an enter, then speech, then at most one leave`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var state = ChatState()
        var seen: [MemberID: Seen] = [:]
        var newest: UInt64 = 0
        for command in Self.commands(300, using: &random) {
            switch state.apply(command) {
            case .entered(let member):
                newest += 1
                #expect(member.number == newest)
                #expect(seen.updateValue(.inside, forKey: member) == nil)
            case .said(let member, let text):
                #expect(seen[member] == .inside)
                #expect(command.action == .say(text))
            case .left(let member):
                #expect(seen.updateValue(.gone, forKey: member) == .inside)
            case nil: break
            }
            #expect(state.count == seen.values.count { $0 == .inside })
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `a command does something exactly when its session is where it must be`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var state = ChatState()
        var numbers: [SessionID: MemberID] = [:]
        for command in Self.commands(300, using: &random) {
            let event = state.apply(command)
            let before = numbers[command.session]
            switch (command.action, before) {
            case (.enter, nil):
                guard case .entered(let member) = event else {
                    Issue.record("\(command) gave \(String(describing: event))")
                    return
                }
                numbers[command.session] = member
            case (.say(let text), let member?): #expect(event == .said(member, text))
            case (.leave, let member?):
                #expect(event == .left(member))
                numbers[command.session] = nil
            case (.enter, .some), (.say, nil), (.leave, nil): #expect(event == nil)
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `the same commands give the same events, also to a copy made on the way`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let commands = Self.commands(200, using: &random)
        var first = ChatState()
        var second = ChatState()
        let half = commands.prefix(100)
        #expect(half.map { first.apply($0) } == half.map { second.apply($0) })

        var copy = first
        let rest = commands.dropFirst(100)
        let events = rest.map { first.apply($0) }
        #expect(events == rest.map { copy.apply($0) })
        #expect(events == rest.map { second.apply($0) })
        #expect(first.count == copy.count)
    }
}
