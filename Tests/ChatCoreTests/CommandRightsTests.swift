import Testing

@testable import ChatCore

/// What the table says of who may use a command, and what the rooms make of it, must be the same.
@Suite struct CommandRightsTests {
    private let party = Party()
    private let den: RoomName
    private let owner, member, other, god: SessionID

    /// Each command as somebody could use it against member 3.
    private static let lines = [
        "me waves", "msg 3 hello", "reply hello", "history", "search hello", "forget me", "nick alice", "who",
        "away lunch", "rooms", "join hall",
        "leave", "topic", "invite 5", "quiet on", "echo on", "time on", "ignore 3", "unignore 3", "help", "kick 3",
        "ban 3",
        "unban 3", "bans", "mute 3", "unmute 3", "op 3", "deop 3", "slow 3", "lockdown on", "private on",
        "announce hello", "whois 3", "verify", "release eve", "link", "status",
        "admit sha256:\(String(repeating: "0", count: 64)) eve",
    ]
    /// These are not the rooms' business: a password decides, and the connection ends.
    private static let others = ["oper", "quit"]

    init() throws {
        den = try RoomName("den")
        owner = try party.arrive(in: den)
        member = try party.arrive(in: den)
        other = try party.arrive(in: den)
        god = try party.arriveAsOperator()
        _ = party.run(god, .join(den, only: true))
        _ = try party.arrive()
    }

    private func read(_ line: String) throws -> (spec: CommandSpec, action: Action) {
        let (spec, request) = try CommandTable.read(line.unicodeScalars[...])
        guard case .act(let action) = request else { throw CommandProblem("\(line) is no action", usage: nil) }
        return (spec, action)
    }

    @Test func `every command is tried here`() throws {
        let tried = try Self.lines.map { try read($0).spec.name }
        #expect((tried + Self.others).sorted() == CommandTable.all.map(\.name).sorted())
    }

    @Test(arguments: lines)
    func `a plain member may use exactly what the table says anybody may`(line: String) throws {
        let (spec, action) = try read(line)
        let refusal = party.refusal(member, action)
        switch spec.right {
        case .anybody: #expect(refusal != .onlyModerators(den) && refusal != .onlyOperators)
        case .moderators: #expect(refusal == .onlyModerators(den))
        case .operators: #expect(refusal == .onlyOperators)
        }
    }

    @Test(arguments: lines)
    func `who made the room may use all but what is for operators`(line: String) throws {
        let (spec, action) = try read(line)
        let refusal = party.refusal(owner, action)
        #expect(refusal != .onlyModerators(den))
        #expect((refusal == .onlyOperators) == (spec.right == .operators))
    }

    @Test(arguments: lines)
    func `an operator may use all`(line: String) throws {
        let refusal = party.refusal(god, try read(line).action)
        #expect(refusal != .onlyModerators(den) && refusal != .onlyOperators)
    }

    @Test func `to set a topic, to invite into a closed room and to ban addresses need more than the command`() throws {
        #expect(party.refusal(member, try read("topic cats").action) == .onlyModerators(den))
        _ = party.run(owner, .lockdown(true))
        #expect(party.refusal(member, try read("invite 5").action) == .onlyModerators(den))
        #expect(party.refusal(owner, try read("ban 192.0.2.0/24").action) == .onlyOperatorsBanAddresses)
    }
}
