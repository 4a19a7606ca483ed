/// What a filter does to all that a member can say, and not to speech alone.
extension WordFilter {
    /// - Throws: for a name with a word in it that is not shown; names cannot hold what stands for one.
    public func clean(_ action: Action) throws(CommandProblem) -> Action {
        switch action {
        case .say(let text): return .say(clean(text))
        case .act(let text): return .act(clean(text))
        case .post(let text, let isAction, let id): return .post(clean(text), isAction: isAction, id: id)
        case .whisper(let whom, let text): return .whisper(to: whom, clean(text))
        case .answer(let text): return .answer(clean(text))
        case .topic(let text?): return .topic(clean(text))
        case .away(let text?): return .away(clean(text))
        case .kick(let whom, let reason?): return .kick(whom, reason: clean(reason))
        case .ban(let target, let seconds, let reason?): return .ban(target, seconds: seconds, reason: clean(reason))
        case .announce(let text): return .announce(clean(text))
        case .name(let name): try check(name.text)
        case .join(let room, _): try check(room.text)
        case .enter(let room, let entry):
            try check(room.text)
            if let name = entry.name { try check(name.text) }
        default: break
        }
        return action
    }

    private func check(_ name: String) throws(CommandProblem) {
        let text = CleanText(name)
        guard clean(text) == text else { throw CommandProblem("that name is not allowed here", usage: nil) }
    }
}
