/// Which key does what.
extension LineEditor {
    mutating func control(_ scalar: Unicode.Scalar, after before: Last) -> Outcome {
        switch scalar {
        case "a": move(to: buffer.lineBegin(from: cursor))
        case "e": move(to: buffer.lineEnd(from: cursor))
        case "b": return step(-1)
        case "f": return step(1)
        case "p": return recall(history.position - 1)
        case "n": return recall(history.position + 1)
        case "d" where buffer.isEmpty: return .ended
        case "d": return delete(cursor..<cursor + 1, after: before)
        case "k":
            let end = buffer.lineEnd(from: cursor)
            return kill(cursor..<(end == cursor ? end + 1 : end), after: before)
        case "u":
            let begin = buffer.lineBegin(from: cursor)
            return kill((begin == cursor ? begin - 1 : begin)..<cursor, before: true, after: before)
        case "w": return kill(buffer.pieceBegin(from: cursor)..<cursor, before: true, after: before)
        case "y": return yank(killed.yank(), over: cursor..<cursor)
        case "t": return transpose()
        case "_", "/": return undoLast()
        case "r": return beginSearch()
        case "l": return .clearScreen
        case "z": return .suspend
        case "c":
            if buffer.isEmpty { return .interrupted }
            change { $0.set("") }
            history.forgetChanges()
        default: return .done
        }
        return .done
    }

    mutating func alt(_ scalar: Unicode.Scalar, after before: Last) -> Outcome {
        switch scalar {
        case "b", "B": return moveIfAny(to: buffer.wordBegin(from: cursor))
        case "f", "F": return moveIfAny(to: buffer.wordEnd(from: cursor))
        case "d", "D": return kill(cursor..<buffer.wordEnd(from: cursor), after: before)
        case "y", "Y":
            guard case .yank(let range) = before else { return .bell }
            return yank(killed.older(), over: range)
        case "t", "T": return transposeWords()
        case "u", "U": return recase { $0.uppercased() }
        case "l", "L": return recase { $0.lowercased() }
        case "c", "C": return recase { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
        case "<": return recall(0)
        case ">": return recall(history.entries.count)
        case "1"..."9": return .room(.number(Int(scalar.value) - 0x30))
        default: return .done
        }
    }

    mutating func press(_ name: Key.Name, _ modifiers: Key.Modifiers, after before: Last) -> Outcome {
        let isPlain = modifiers.isEmpty
        switch name {
        case .enter where isPlain: return enter()
        case .enter: return insert("\n", joining: false)
        case .tab where isPlain: return wantCompletion()
        case .backspace where isPlain: return delete(cursor - 1..<cursor, after: before)
        case .backspace: return kill(buffer.wordBegin(from: cursor)..<cursor, before: true, after: before)
        case .delete where isPlain: return delete(cursor..<cursor + 1, after: before)
        case .delete where modifiers == .control || modifiers == .alt:
            return kill(cursor..<buffer.wordEnd(from: cursor), after: before)
        case .left where isPlain: return step(-1)
        case .right where isPlain: return step(1)
        case .left where modifiers == .control: return moveIfAny(to: buffer.wordBegin(from: cursor))
        case .right where modifiers == .control: return moveIfAny(to: buffer.wordEnd(from: cursor))
        case .left where modifiers == .alt, .up where modifiers == .alt: return .room(.previous)
        case .right where modifiers == .alt, .down where modifiers == .alt: return .room(.next)
        case .up where isPlain:
            if let place = buffer.above { return moveIfAny(to: place) }
            return recall(history.position - 1)
        case .down where isPlain:
            if let place = buffer.below { return moveIfAny(to: place) }
            return recall(history.position + 1)
        case .home where isPlain: move(to: buffer.lineBegin(from: cursor))
        case .end where isPlain: move(to: buffer.lineEnd(from: cursor))
        case .home where modifiers == .control: move(to: 0)
        case .end where modifiers == .control: move(to: buffer.characters.count)
        default: return .done
        }
        return .done
    }

    private mutating func move(to place: Int) {
        buffer.move(to: place)
    }

    private mutating func moveIfAny(to place: Int) -> Outcome {
        guard place != cursor else { return .bell }
        move(to: place)
        return .done
    }

    private mutating func step(_ by: Int) -> Outcome {
        guard (0...buffer.characters.count).contains(cursor + by) else { return .bell }
        move(to: cursor + by)
        return .done
    }

    private mutating func recall(_ place: Int) -> Outcome {
        guard let text = history.go(to: place, from: buffer.string) else { return .bell }
        buffer.set(text)
        undo = UndoStack()
        revision += 1
        return .done
    }

    private mutating func undoLast() -> Outcome {
        guard let state = undo.pop() else { return .bell }
        buffer = state
        revision += 1
        return .done
    }
}
