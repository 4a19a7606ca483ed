extension CommandTable {
    /// The answer to a command that there is not, with the nearest that there is.
    static func unknown(_ name: String) -> CommandProblem {
        let called = String(name.unicodeScalars.prefix(32))
        return CommandProblem(.unknown(called, near: nearest(to: called.lowercased())))
    }

    /// The command that `name` is most likely a slip of the hand for; nil if none is near.
    static func nearest(to name: String) -> String? { Nearest.word(to: name, among: all.map(\.name)) }
}

/// What was meant by a word that means nothing.
public enum Nearest {
    /// The one of `words` that `name` is most likely a slip of the hand for; nil if none is near.
    public static func word(to name: String, among words: [String]) -> String? {
        let typed = Array(name.unicodeScalars)
        let candidates = words.map { ($0, distance(typed, Array($0.unicodeScalars))) }
        // Of two that are as near, the one that begins like it.
        let nearest = candidates.min { one, other in
            (one.1, -name.commonPrefix(with: one.0).count) < (other.1, -name.commonPrefix(with: other.0).count)
        }
        guard let nearest, nearest.1 <= max(1, typed.count / 3) else { return nil }
        return nearest.0
    }

    /// How many scalars have to be put in, taken out, replaced, or swapped with their neighbour (optimal string alignment
    /// distance) to make one of the other.
    private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
        var rows = [Array(0...other.count)]
        for (i, a) in one.enumerated() {
            var row = [i + 1]
            for (j, b) in other.enumerated() {
                var least = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == other[j - 1], one[i - 1] == b { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> Substring {
        prefix(zip(self, other).prefix { $0 == $1 }.count)
    }
}
