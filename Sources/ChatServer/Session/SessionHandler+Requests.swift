internal import ChatCore
internal import ChatWire

/// What a member asks for, and who sees to it.
extension SessionHandler {
    /// How many messages an input counts for.
    static func cost(of input: TextInput) -> Int64 {
        switch input {
        case .request(.nothing): 0
        case .request(.command(_, let spec)): spec.cost
        case .request(.say), .request(.problem), .tooLong, .foreign: 1
        }
    }

    func act(on input: TextInput, as member: Member) {
        switch input {
        case .request(.nothing): break
        case .request(.say(let text)): shard.submit(Command(member.session, .say(text)))
        case .request(.command(let request, let spec)):
            // Nobody is there to read what it would cost us to answer.
            guard isConnected || spec.cost == 1 else { return }
            isAwaitingAnswer = spec.cost > 1
            act(on: request, as: member)
        case .request(.problem(let problem)): shard.submit(Command(member.session, .aside(.problem(problem))))
        case .tooLong: shard.submit(Command(member.session, .aside(.tooLong)))
        case .foreign:
            reply(TextCodec.foreign)
            leave(member)
        }
    }

    private func act(on request: Request, as member: Member) {
        switch request {
        case .act(let action): shard.submit(Command(member.session, action))
        case .becomeOperator: reply("* TODO\n")
        case .quit: leave(member)
        }
    }

    private func reply(_ line: String) {
        guard isConnected, let member else { return }
        member.reply(line)
        shard.attend(member)
    }
}
