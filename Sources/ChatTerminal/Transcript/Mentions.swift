internal import ChatCore

/// Finds one's own name in what others say.
enum Mentions {
    /// Where a name is, as ranges of the characters: in capitals or small letters, as a word of its own. Scripts that put
    /// no spaces between words have no such thing, so there a name is found anywhere. Links are no place for names.
    static func ranges(of name: Nickname, in text: String) -> [Range<Int>] {
        guard mayContain(text, name.text) else { return [] }
        return ranges(of: name, in: Array(text))
    }

    /// A quick look that sorts out most of what has no name in it: whether the bytes of a name that is ASCII are there.
    private static func mayContain(_ text: String, _ name: String) -> Bool {
        let name = Array(name.utf8)
        guard name.allSatisfy({ $0 < 0x80 }), let first = name.first else { return true }
        // One bit tells a capital from a small letter; that it is the same for some signs does no harm here.
        let text = Array(text.utf8)
        guard text.count >= name.count else { return false }
        for place in 0...(text.count - name.count) where (text[place] ^ first) & 0xDF == 0 {
            if zip(text[place...], name).allSatisfy({ ($0 ^ $1) & 0xDF == 0 }) { return true }
        }
        // KELVIN SIGN is the only one beyond ASCII that becomes a letter of it.
        return text.contains(0xE2) && name.contains { $0 | 0x20 == UInt8(ascii: "k") }
    }

    private static func ranges(of name: Nickname, in text: [Character]) -> [Range<Int>] {
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
