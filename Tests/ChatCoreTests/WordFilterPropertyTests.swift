import TestKit
import Testing

@testable import ChatCore

/// The filter against the plainest way to do the same: at each place try every word, over texts in which words abound.
@Suite struct WordFilterPropertyTests {
    @Test(arguments: SeededGenerator.seeds(30))
    func `it finds what trying every word at every place finds`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<8 {
            let words = Self.words(using: &random)
            let filter = try WordFilter(list: words.joined(separator: "\n"))
            for _ in 0..<6 {
                let text = CleanText(Self.text(Int.random(in: 0...30, using: &random), using: &random))
                let clean = filter.clean(text)
                #expect(clean.string == Self.masked(text.string, words), "\(words) in \(text.string)")
                #expect(Self.firstMatch(in: clean.string, words, from: 0) == nil, "\(words) in \(clean.string)")
                #expect(filter.clean(clean) == clean)
                if Self.firstMatch(in: text.string, words, from: 0) == nil { #expect(clean == text) }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `nothing that may be said or listed is too much for it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<8 {
            let list = (0..<8).map { _ in Self.anything(Int.random(in: 1...3, using: &random), using: &random) }
            let filter = try WordFilter(list: list.joined(separator: "\nxx"))
            var said = Self.anything(40, using: &random)
            for word in list where random.once(in: 2) { said += word }
            let clean = filter.clean(CleanText(said))
            #expect(filter.clean(clean) == clean)
            #expect(CleanText(clean.string) == clean)
        }
    }

    @Test func `long texts and lists are cleaned`() throws {
        var random = SeededGenerator(seed: 1)
        let letters = (0..<5000).map { _ in Self.word(Int.random(in: 4...9, using: &random), of: "abcdefgh", &random) }
        let han = (0..<5000).map { _ in Self.word(Int.random(in: 4...6, using: &random), of: "一二三四五", &random) }
        let filter = try WordFilter(list: (letters + han).joined(separator: "\n"))
        #expect(filter.count == Set(letters + han).count)
        for words in [letters, han] {
            let text = words[..<400].joined(separator: " z ")
            let clean = filter.clean(CleanText(text)).string
            #expect(clean == Array(repeating: "**", count: 400).joined(separator: " z "))
        }
    }

    /// Few letters, with and without spaces, so that words overlap and adjoin.
    private static let alphabet: [Character] = ["a", "b", "字", "符", "-", " "]

    private static func words(using random: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 1...6, using: &random)).compactMap { _ in
            let words = text(Int.random(in: 1...5, using: &random), using: &random).split(separator: " ")
            return words.isEmpty ? nil : words.joined(separator: " ")
        }
    }

    private static func text(_ count: Int, using random: inout SeededGenerator) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement(using: &random) })
    }

    private static func word(_ count: Int, of letters: String, _ random: inout SeededGenerator) -> String {
        String((0..<count).compactMap { _ in letters.randomElement(using: &random) })
    }

    /// Scalars of any kind, no line end and no star among them: what marks, tags and unassigned scalars might do.
    private static func anything(_ count: Int, using random: inout SeededGenerator) -> String {
        var scalars = String.UnicodeScalarView()
        while scalars.count < count {
            let values: ClosedRange<UInt32> =
                random.once(in: 3) ? 0...0x10FFFF : random.once(in: 2) ? 0...0x3FF : 0x1F000...0x205FF
            guard let scalar = Unicode.Scalar(.random(in: values, using: &random)), scalar != "\n", scalar != "*" else {
                continue
            }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    private static func masked(_ text: String, _ words: [String]) -> String {
        var (rest, place) = ("", 0)
        let text = Array(text)
        while place < text.count {
            if let match = firstMatch(in: String(text), words, from: place) {
                rest += String(text[place..<match.lowerBound]) + "**"
                place = match.upperBound
            } else {
                rest += String(text[place...])
                break
            }
        }
        return rest
    }

    /// The leftmost match at or after `start`, and of those there the longest.
    private static func firstMatch(in text: String, _ words: [String], from start: Int) -> Range<Int>? {
        let text = Array(text)
        for first in text.indices where first >= start && isBoundary(text, first) {
            let ends = words.compactMap { end(of: Array($0), in: text, from: first) }.filter { isBoundary(text, $0) }
            if let end = ends.max() { return first..<end }
        }
        return nil
    }

    /// Where `word` ends in `text` if it begins at `first`; a space in it is one or more in the text.
    private static func end(of word: [Character], in text: [Character], from first: Int) -> Int? {
        var place = first
        for character in word {
            guard place < text.count, text[place] == character else { return nil }
            place += 1
            while character == " ", place < text.count, text[place] == " " { place += 1 }
        }
        return place
    }

    private static func isBoundary(_ text: [Character], _ place: Int) -> Bool {
        place == 0 || place == text.count || !"ab".contains(text[place - 1]) || !"ab".contains(text[place])
    }
}
