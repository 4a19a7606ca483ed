/// Words that the room does not show: each becomes `**`.
///
/// Case makes no difference, nor do full-width letters and invisible characters (see ``Folding``). A word in a script
/// that puts spaces between words is found only as a whole, so that `ass` is not found in `class`; one in Han, kana,
/// Hangul, Thai and the like is found anywhere. Of several that could be taken the leftmost is, and of those the longest.
public struct WordFilter: Sendable {
    /// How many entries a list may have, and how many scalars an entry.
    public static let mostEntries = 100_000
    public static let longestEntry = 256

    private let words: WordTrie
    /// A `*` in an entry can meet the `**` that stands for another.
    private let mayMeetMask: Bool

    /// A filter that lets everything pass.
    public init() {
        words = WordTrie([])
        mayMeetMask = false
    }

    /// Reads a list: a word or phrase on each line, in UTF-8; a line that begins with `#` is a comment. Between the words
    /// of a phrase there may be any space in the list, and any in what is said.
    public init(parsing list: [UInt8]) throws(ListError) {
        var entries: [[Folding.Value]] = []
        for (index, line) in list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard let line = String(validating: line, as: UTF8.self) else { throw ListError(index + 1, .notUTF8) }
            // What comes from Windows may have a byte order mark, and ends in CR, which is a space here.
            let entry = FoldedText(line).trimmed
            guard let first = entry.first, first != UInt32(UInt8(ascii: "#")) else { continue }
            guard entry.count <= Self.longestEntry else { throw ListError(index + 1, .tooLong) }
            guard entry.contains(where: { $0 != Folding.space && $0 != Folding.star }) else {
                throw ListError(index + 1, .onlyStars)
            }
            guard entries.count < Self.mostEntries else { throw ListError(index + 1, .tooMany) }
            entries.append(entry)
        }
        words = WordTrie(entries)
        mayMeetMask = entries.contains { $0.contains(Folding.star) }
    }

    /// How many words and phrases there are to find, without those that are there twice.
    public var count: Int { words.count }

    /// `text` with `**` for each word of the list, none of which is found in it then. Text without any is returned as it
    /// is.
    ///
    /// It takes time for each place where a word could begin, times the length of the longest entry that begins alike;
    /// with 10,000 ordinary words some tens of microseconds for 4096 bytes.
    public func clean(_ text: CleanText) -> CleanText {
        guard !words.isEmpty, var clean = masked(text) else { return text }
        // Each turn takes something out that is neither star nor space, so there is a last one.
        while mayMeetMask, let next = masked(clean) { clean = next }
        return clean
    }

    /// - Returns: nil if there is nothing to mask.
    private func masked(_ text: CleanText) -> CleanText? {
        let folded = FoldedText(text.string)
        var matches: [Range<Int>] = []
        var place = 0
        while place < folded.count {
            if let end = words.longestMatch(in: folded, from: place) {
                matches.append(folded.bytes(of: place..<end))
                place = end
            } else {
                place += 1
            }
        }
        guard !matches.isEmpty else { return nil }
        var string = text.string
        return CleanText(
            string.withUTF8 { bytes in
                var result: [UInt8] = []
                result.reserveCapacity(bytes.count)
                var rest = 0
                for match in matches {
                    result += bytes[rest..<match.lowerBound]
                    result += [UInt8(ascii: "*"), UInt8(ascii: "*")]
                    rest = match.upperBound
                }
                result += bytes[rest...]
                return String(decoding: result, as: UTF8.self)
            }
        )
    }
}

extension WordFilter {
    /// What is wrong with a list, and where.
    public struct ListError: Error, Sendable, Equatable {
        /// Counts from 1.
        public let line: Int
        public let problem: Problem

        init(_ line: Int, _ problem: Problem) {
            self.line = line
            self.problem = problem
        }

        public enum Problem: Sendable, Equatable {
            case notUTF8
            /// The entry is longer than ``longestEntry``.
            case tooLong
            /// The list is longer than ``mostEntries``.
            case tooMany
            /// The entry would be found in the `**` that stands for it.
            case onlyStars
        }
    }
}

extension WordFilter.ListError: CustomStringConvertible {
    public var description: String { "line \(line): \(problem)" }
}

extension WordFilter.ListError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notUTF8: "this is not UTF-8; save the list in that encoding"
        case .tooLong: "a word or phrase has at most \(WordFilter.longestEntry) characters; put each on its own line"
        case .tooMany: "a list has at most \(WordFilter.mostEntries) words; leave some out"
        case .onlyStars: "** is what stands for a word that was taken out; remove the line"
        }
    }
}
