/// Tab: what a word becomes.
extension LineEditor {
    mutating func wantCompletion() -> Outcome {
        let begin = wordToComplete
        return .completionWanted(
            CompletionRequest(
                before: buffer.string(0..<cursor),
                word: buffer.string(begin..<cursor),
                isFirst: begin == 0,
                revision: revision
            )
        )
    }

    /// Answers ``Outcome/completionWanted(_:)``, if the line is still the same.
    ///
    /// The only candidate is put in, with what comes behind it. Of several, what they have in common is put in; where that
    /// is nothing more than what was typed, they come one after the other with each Tab, and Shift-Tab goes back.
    public mutating func complete(_ request: CompletionRequest, with candidates: [Completion]) -> Outcome {
        let range = wordToComplete..<cursor
        guard request.revision == revision, search == nil, cycle == nil, buffer.string(0..<cursor) == request.before
        else { return .done }
        last = .other
        guard let first = candidates.first else { return .bell }
        if candidates.count == 1 { return put(first.text + first.appendix, in: range) }
        let common = Completion.commonPrefix(candidates)
        if common.count > request.word.count { return put(common, in: range) }
        cycle = CompletionCycle(candidates: candidates, typed: request.word, turn: candidates.count, range: range)
        return turnCycle(by: 1)
    }

    mutating func turnCycle(by step: Int) -> Outcome {
        guard var next = cycle else { return .done }
        // The first turn can be undone, and with it all that follow.
        let isFirst = next.turn == next.candidates.count && buffer.string(next.range) == next.typed
        next.advance(by: step)
        let outcome = put(next.text, in: next.range, joining: !isFirst)
        next.range = next.range.lowerBound..<max(cursor, next.range.lowerBound)
        cycle = outcome == .bell ? nil : next
        return outcome
    }

    private var wordToComplete: Int {
        (buffer.characters[..<cursor].lastIndex { $0.isWhitespace } ?? -1) + 1
    }

    private mutating func put(_ text: String, in range: Range<Int>, joining: Bool = false) -> Outcome {
        let room = limit - buffer.bytes + buffer.string(range).utf8.count
        guard text.utf8.count <= room else { return .bell }
        change(joining: joining) { $0.replace(range, with: text) }
        return .done
    }
}
