/// What somebody wants completed, by Tab.
public struct CompletionRequest: Sendable, Hashable {
    /// All before the cursor.
    public let before: String
    /// What is to be completed: what stands before the cursor, back to the last space or line's beginning.
    public let word: String
    /// Whether the text begins with the word.
    public let isFirst: Bool
    /// Which state of the line is meant: an answer to an earlier one is not taken.
    let revision: Int
}

/// What a word can become.
public struct Completion: Sendable, Hashable {
    public let text: String
    /// What comes behind it when it is the one: `: ` after a name at the beginning of a line, a space inside.
    public let appendix: String

    public init(_ text: String, appendix: String = " ") {
        self.text = text
        self.appendix = appendix
    }

    /// What all of them begin with, whatever the case, as the first of them writes it.
    static func commonPrefix(_ candidates: [Completion]) -> String {
        guard var prefix = candidates.first.map({ Array($0.text) }) else { return "" }
        for candidate in candidates.dropFirst() {
            let same = zip(prefix, candidate.text).prefix { $0.lowercased() == $1.lowercased() }.count
            prefix.removeLast(prefix.count - same)
        }
        return String(prefix)
    }
}

/// One candidate after the other, and what was typed after the last.
struct CompletionCycle: Sendable {
    let candidates: [Completion]
    let typed: String
    /// `candidates.count` is what was typed.
    var turn: Int
    /// Where it stands in the line.
    var range: Range<Int>

    var text: String {
        turn < candidates.count ? candidates[turn].text + candidates[turn].appendix : typed
    }

    mutating func advance(by step: Int) {
        turn = (turn + step + candidates.count + 1) % (candidates.count + 1)
    }
}
