internal import ChatCore

/// Finds one's own name in what others say.
enum Mentions {
    /// Where a name is, as ranges of the characters: in capitals or small letters, as a word of its own. Scripts that put
    /// no spaces between words have no such thing, so there a name is found anywhere. Links are no place for names.
    static func ranges(of name: Nickname, in text: [Character]) -> [Range<Int>] {
        let wanted = name.text.map { $0.lowercased() }
        guard !wanted.isEmpty, text.count >= wanted.count else { return [] }
        let folded = text.map { $0.lowercased() }
        let links = Links.ranges(in: text)
        var ranges: [Range<Int>] = []
        var place = 0
        while place + wanted.count <= folded.count {
            let range = place..<place + wanted.count
            if folded[range].elementsEqual(wanted), isWord(range, text),
                !links.contains(where: { $0.overlaps(range) })
            {
                ranges.append(range)
                place = range.upperBound
            } else {
                place += 1
            }
        }
        return ranges
    }

    private static func isWord(_ range: Range<Int>, _ text: [Character]) -> Bool {
        func joins(_ one: Int, _ other: Int) -> Bool {
            guard text.indices.contains(one), text.indices.contains(other) else { return false }
            return isSpaced(text[one]) && isSpaced(text[other])
        }
        return !joins(range.lowerBound - 1, range.lowerBound) && !joins(range.upperBound - 1, range.upperBound)
    }

    /// A character that makes one word with its neighbours.
    private static func isSpaced(_ character: Character) -> Bool {
        (character.isLetter || character.isNumber || character == "_" || character == "-") && !isWide(character)
    }
}
