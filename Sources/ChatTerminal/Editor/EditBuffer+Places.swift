/// Where words and lines begin and end.
extension EditBuffer {
    /// The end of the word that the cursor is in or before.
    func wordEnd(from place: Int) -> Int {
        var place = place
        while place < characters.count, !Self.isWord(characters[place]) { place += 1 }
        while place < characters.count, Self.isWord(characters[place]) { place += 1 }
        return place
    }

    /// The beginning of the word that the cursor is in or behind.
    func wordBegin(from place: Int) -> Int {
        var place = place
        while place > 0, !Self.isWord(characters[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(characters[place - 1]) { place -= 1 }
        return place
    }

    /// The beginning of what stands before the cursor, back to the last space.
    func pieceBegin(from place: Int) -> Int {
        var place = place
        while place > 0, characters[place - 1].isWhitespace { place -= 1 }
        while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
        return place
    }

    func lineBegin(from place: Int) -> Int {
        (characters[..<place].lastIndex(of: "\n") ?? -1) + 1
    }

    func lineEnd(from place: Int) -> Int {
        characters[place...].firstIndex(of: "\n") ?? characters.count
    }

    /// The same column of the line above; `nil` from the first line.
    var above: Int? {
        let begin = lineBegin(from: cursor)
        guard begin > 0 else { return nil }
        let upper = lineBegin(from: begin - 1)
        return min(upper + cursor - begin, begin - 1)
    }

    /// The same column of the line below; `nil` from the last line.
    var below: Int? {
        let end = lineEnd(from: cursor)
        guard end < characters.count else { return nil }
        return min(end + 1 + cursor - lineBegin(from: cursor), lineEnd(from: end + 1))
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
