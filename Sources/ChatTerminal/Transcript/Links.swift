/// Finds links in text, so that nothing breaks them.
enum Links {
    /// Where the links are, as ranges of the characters. A link is `SCHEME://` and all behind it that can be seen, up to a
    /// space; the sign that ends a sentence, or a bracket that was opened before, is none of it.
    static func ranges(in text: [Character]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var place = 0
        while let colon = text[place...].firstIndex(of: ":") {
            place = colon + 1
            guard text[place...].starts(with: ["/", "/"]) else { continue }
            var start = colon
            while start > (ranges.last?.upperBound ?? 0), isOfScheme(text[start - 1]) { start -= 1 }
            guard start < colon, text[start].isLetter else { continue }
            var end = colon + 3
            while end < text.count, isOfLink(text[end]) { end += 1 }
            end = trimmed(text, start, end)
            guard end > colon + 3 else { continue }
            ranges.append(start..<end)
            place = end
        }
        return ranges
    }

    private static func isOfScheme(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "+-.".contains(character))
    }

    /// What looks like a space must not be: the terminal breaks a long link where its row ends, without our indent, and
    /// what stands there must not look like another line.
    private static func isOfLink(_ character: Character) -> Bool {
        if let ascii = character.asciiValue { return ascii > 0x20 && ascii < 0x7F && !#""<>`"#.contains(character) }
        // Chinese goes on behind a link without a space, and is none of it.
        guard !isWide(character) else { return false }
        return character.unicodeScalars.allSatisfy { scalar in
            let properties = scalar.properties
            guard !properties.isDefaultIgnorableCodePoint else { return false }
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .nonspacingMark, .spacingMark:
                return true
            default: return false
            }
        }
    }

    private static func trimmed(_ text: [Character], _ start: Int, _ end: Int) -> Int {
        var end = end
        let brackets: [Character: Character] = [")": "(", "]": "[", "}": "{"]
        while end > start {
            let last = text[end - 1]
            if let opening = brackets[last] {
                let inner = text[start..<end]
                guard inner.count(where: { $0 == last }) > inner.count(where: { $0 == opening }) else { break }
            } else {
                guard ".,;:!?'*_".contains(last) else { break }
            }
            end -= 1
        }
        return end
    }
}
