internal import ChatCore

/// What the sessions ask before the rooms do: whose password is right, and which words are shown.
struct Moderation: Sendable {
    let gate: PasswordGate
    private let operators: Operators
    private let file: WordFilterFile?

    init(operators: Operators = Operators(), filter: WordFilterFile? = nil) {
        gate = PasswordGate(operators)
        self.operators = operators
        file = filter
    }

    /// Whether who has this key is an operator without a password.
    func isOperator(_ key: KeyFingerprint) -> Bool { operators.keys.contains(key) }

    /// Whatever a member asks for, without the words that are not shown.
    func clean(_ action: consuming Action) throws(CommandProblem) -> Action {
        guard let file else { return action }
        return try file.filter.clean(action)
    }
}
