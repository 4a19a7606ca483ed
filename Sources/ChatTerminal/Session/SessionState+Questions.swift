internal import DequeModule

/// What is asked in place of the prompt. The line is as it was afterwards.
extension SessionState {
    struct Question: Sendable {
        let text: StyledText
        let keys: [Character]
        let answer: @Sendable (Character?) -> Void
    }

    mutating func ask(_ question: Question) {
        questions.append(question)
        needsFrame = true
    }

    /// Nobody will answer.
    mutating func dropQuestions() {
        for question in questions { question.answer(nil) }
        questions.removeAll()
    }

    // MARK: keys

    mutating func answer(_ key: Key) -> Effect? {
        guard let question = questions.first, let answer = Self.answer(key, of: question.keys) else {
            return keyWithoutAnswer(key)
        }
        questions.removeFirst()
        question.answer(answer.chosen)
        return answer.rest.isEmpty ? nil : handle(.text(answer.rest))
    }

    /// The text stays in the line, whatever the answer is, unless it is to send it.
    mutating func answerAboutLines(_ key: Key) -> Effect? {
        guard let answer = Self.answer(key, of: ["y", "n", "e"]) else { return keyWithoutAnswer(key) }
        asksAboutLines = nil
        let sent = answer.chosen == "y" ? effect(editor.submit()) : nil
        // What comes in the same breath is no Enter, so nothing but the text can come of it.
        if !answer.rest.isEmpty { _ = handle(.text(answer.rest)) }
        return sent
    }

    /// What a key answers, with the text that came behind it; `chosen` is `nil` for who does not want to answer.
    private static func answer(_ key: Key, of keys: [Character]) -> (chosen: Character?, rest: String)? {
        switch key {
        case .text(let text):
            for (index, character) in zip(text.indices, text) {
                let lower = character.lowercased()
                guard let chosen = keys.first(where: { $0.lowercased() == lower }) else { continue }
                return (chosen, String(text[text.index(after: index)...]))
            }
            return nil
        case .press(.escape, _), .control("c"), .control("g"), .control("d"): return (nil, "")
        default: return nil
        }
    }

    private mutating func keyWithoutAnswer(_ key: Key) -> Effect? {
        switch key {
        case .control("z"): return .suspend
        case .control("l"): clearsScreen = true
        default: bell()
        }
        return nil
    }
}
