/// What the keys do to the text.
extension LineEditor {
    mutating func delete(_ range: Range<Int>, after before: Last) -> Outcome {
        guard range.lowerBound >= 0, range.upperBound <= buffer.characters.count else { return .bell }
        change(joining: before == .deleting) { $0.replace(range, with: "") }
        last = .deleting
        return .done
    }

    /// Cuts out what ``yank(_:over:)`` puts in elsewhere.
    mutating func kill(_ range: Range<Int>, before isBefore: Bool = false, after before: Last) -> Outcome {
        let range = range.clamped(to: 0..<buffer.characters.count)
        guard !range.isEmpty else { return .bell }
        let text = buffer.string(range)
        if before == .killing { killed.extend(text, before: isBefore) } else { killed.add(text) }
        change { $0.replace(range, with: "") }
        last = .killing
        return .done
    }

    mutating func yank(_ piece: String?, over range: Range<Int>) -> Outcome {
        guard let piece else { return .bell }
        let room = limit - buffer.bytes + buffer.string(range).utf8.count
        let fitting = EditBuffer.cut(piece, to: room)
        change { $0.replace(range, with: fitting) }
        last = .yank(min(range.lowerBound, cursor)..<cursor)
        return fitting == piece ? .done : .bell
    }

    /// The character before the cursor changes places with the one after it, or at the end with the one before it.
    mutating func transpose() -> Outcome {
        let place = cursor == buffer.lineEnd(from: cursor) ? cursor - 1 : cursor
        guard place > buffer.lineBegin(from: cursor) else { return .bell }
        let swapped = String(buffer.characters[place]) + String(buffer.characters[place - 1])
        change { $0.replace(place - 1..<place + 1, with: swapped) }
        return .done
    }

    /// The word before the cursor changes places with the one after it, or at the end with the one before it.
    mutating func transposeWords() -> Outcome {
        let secondBegin = buffer.wordBegin(from: buffer.wordEnd(from: cursor))
        let firstBegin = buffer.wordBegin(from: secondBegin)
        let first = firstBegin..<buffer.wordEnd(from: firstBegin)
        let second = secondBegin..<buffer.wordEnd(from: secondBegin)
        guard !first.isEmpty, first.upperBound <= second.lowerBound else { return .bell }
        let between = buffer.string(first.upperBound..<second.lowerBound)
        let swapped = buffer.string(second) + between + buffer.string(first)
        change { $0.replace(first.lowerBound..<second.upperBound, with: swapped) }
        return .done
    }

    /// Changes the case of the word from the cursor on.
    mutating func recase(_ body: (String) -> String) -> Outcome {
        let end = buffer.wordEnd(from: cursor)
        let begin = max(buffer.wordBegin(from: end), cursor)
        guard begin < end else { return .bell }
        let text = body(buffer.string(begin..<end))
        guard buffer.bytes - buffer.string(begin..<end).utf8.count + text.utf8.count <= limit else { return .bell }
        change { $0.replace(begin..<end, with: text) }
        return .done
    }
}
