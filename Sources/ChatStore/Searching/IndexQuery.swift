internal import ChatCore
internal import GRDB

/// What the index is asked for some words: an expression of FTS5 that finds all messages which have the words, and few that
/// do not.
struct IndexQuery {
    let expression: String

    /// Of all words together so many groups are asked for: each takes its time, and narrows it less than the one before.
    private static let mostGroups = 8
    /// By so many groups at most may a short word be continued, or to look at each message takes less time.
    private static let mostContinuations = 200
    /// For so long are those looked for: to find a group takes as long as it has messages, and what many have is soon
    /// found by looking at each.
    static let patience = Duration.milliseconds(5)

    /// nil if the index does not help.
    /// - Parameter words: folded.
    init?(_ words: [String], in database: Database, patience: Duration = patience) throws {
        var terms: [String] = []
        for word in Set(words) where !word.isEmpty {
            let scalars = Array(word.unicodeScalars)
            if scalars.count < 3 {
                guard let continuations = try Self.continuations(of: word, in: database, patience) else { continue }
                // One that nothing begins with is in no message.
                terms.append(continuations.isEmpty ? Self.nowhere : "(\(continuations.joined(separator: " OR ")))")
            } else {
                // All of the word, each character once as far as possible: more of them would find no less, and take longer.
                for start in Array(stride(from: 0, to: scalars.count - 3, by: 3)) + [scalars.count - 3] {
                    terms.append(Self.quoted(String(String.UnicodeScalarView(scalars[start..<start + 3]))))
                }
            }
        }
        guard !terms.isEmpty else { return nil }
        expression = terms.prefix(Self.mostGroups).joined(separator: " AND ")
    }

    /// All groups of three that begin with a shorter word; nil if they are too many.
    private static func continuations(
        of word: String,
        in database: Database,
        _ patience: Duration
    ) throws -> [String]? {
        let rows = try Prepared("SELECT term FROM term WHERE term >= ? LIMIT ?", on: database)
        rows.bind(word, at: 1)
        rows.bind(Int64(mostContinuations + 1), at: 2)
        defer { rows.reset() }
        var found: [String] = []
        let deadline = Deadline(in: patience)
        while try rows.step() {
            guard !deadline.hasPassed else { return nil }
            guard let term = rows.text(0), term.unicodeScalars.starts(with: word.unicodeScalars) else { break }
            found.append(quoted(term))
            guard found.count <= mostContinuations else { return nil }
        }
        return found
    }

    /// Three characters that stand next to each other in no text.
    private static let nowhere = "\"\u{1}\u{1}\u{1}\""

    private static func quoted(_ group: String) -> String {
        "\"" + group.replacing("\"", with: "\"\"") + "\""
    }
}
