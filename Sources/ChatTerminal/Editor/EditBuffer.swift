internal import ChatCore

/// The text of a line and where the cursor stands in it, both in what users take for characters.
///
/// What is put in is cleaned as speech is, so that the text is what others will see; only `\n` stays.
struct EditBuffer: Sendable, Hashable {
    private(set) var characters: [Character] = []
    /// How many characters stand before the cursor: 0 to `characters.count`.
    private(set) var cursor = 0
    /// What the text takes in UTF-8.
    private(set) var bytes = 0

    var isEmpty: Bool { characters.isEmpty }
    var string: String { String(characters) }

    func string(_ range: Range<Int>) -> String { String(characters[range]) }

    mutating func move(to place: Int) {
        cursor = min(max(place, 0), characters.count)
    }

    /// Puts text in the place of a range; the cursor then stands behind it.
    ///
    /// Characters can join with their neighbours: a mark with its letter, the halves of a flag. So all of the text is cut
    /// into characters again, unless it is plain on both sides.
    mutating func replace(_ range: Range<Int>, with text: String) {
        let before = range.lowerBound > 0 ? characters[range.lowerBound - 1] : " "
        let after = range.upperBound < characters.count ? characters[range.upperBound] : " "
        let inserted = Self.clean(text)
        if before.isASCII, after.isASCII, inserted.utf8.allSatisfy({ $0 < 0x80 }) {
            bytes += inserted.utf8.count - characters[range].reduce(0) { $0 + $1.utf8.count }
            characters.replaceSubrange(range, with: inserted)
            cursor = range.lowerBound + inserted.utf8.count
            return
        }
        let head = String(characters[..<range.lowerBound]) + inserted
        let whole = head + String(characters[range.upperBound...])
        characters = Array(whole)
        bytes = whole.utf8.count
        // Behind the character that what was put in ends with, or has become a part of.
        var passed = 0
        cursor = 0
        while passed < head.utf8.count, cursor < characters.count {
            passed += characters[cursor].utf8.count
            cursor += 1
        }
    }

    mutating func set(_ text: String, cursor place: Int? = nil) {
        replace(0..<characters.count, with: text)
        if let place { move(to: place) }
    }

    /// As much of `text` as fits in so many bytes.
    static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var kept = ""
        var room = limit
        for character in text {
            room -= character.utf8.count
            guard room >= 0 else { break }
            kept.append(character)
        }
        return kept
    }

    /// As it stands in a buffer.
    static func clean(_ text: String) -> String {
        guard text.contains("\n") else { return CleanText(text).string }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { CleanText(String($0)).string }
            .joined(separator: "\n")
    }
}
