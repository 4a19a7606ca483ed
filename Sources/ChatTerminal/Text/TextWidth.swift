/// How many columns text takes at a terminal, as far as one can know.
///
/// Terminals do not agree: one shows a family of emoji in two columns, another each of its members; one draws a flag of
/// two letters in two columns, another in four. So there are two numbers. Who must not go over an edge counts with the
/// most; who must not climb too high counts with the least. Neither depends on the locale.
public struct TextWidth: Sendable, Hashable {
    public var least: Int
    public var most: Int

    public static let zero = TextWidth(least: 0, most: 0)

    /// The width of what a user takes for one character.
    public init(_ cluster: Character) {
        // Nearly all is ASCII.
        if let byte = cluster.asciiValue, byte >= 0x20 {
            self.init(least: 1, most: 1)
            return
        }
        var sum = 0
        var isEmoji = false
        var isText = false
        for scalar in cluster.unicodeScalars {
            sum += Self.most(scalar)
            switch scalar.value {
            case 0xFE0F: isEmoji = true  // drawn as an emoji
            case 0xFE0E: isText = true  // drawn as text, so perhaps in one column instead of two
            default: break
            }
        }
        let least = cluster.unicodeScalars.first.map(Self.least) ?? 0
        self.init(least: isText ? min(least, 1) : least, most: isEmoji ? max(sum, 2) : sum)
    }

    /// The width of a line.
    public init(_ text: String) {
        self = .zero
        for cluster in text {
            self += TextWidth(cluster)
        }
    }

    init(least: Int, most: Int) {
        self.least = least
        self.most = most
    }

    public static func += (sum: inout TextWidth, other: TextWidth) {
        sum.least += other.least
        sum.most += other.most
    }

    private static let wide = ScalarRanges(WidthData.wide)

    private static func most(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        case _ where wide.contains(scalar) || scalar.properties.isEmojiPresentation: return 2
        // What holds clusters together is drawn by nobody; some draw a soft hyphen, and Arabic number signs are signs.
        case .format: return scalar.value == 0x200D || scalar.value == 0x200C || scalar.value >= 0xE0000 ? 0 : 1
        // Younger than our tables, or a symbol of somebody's own font.
        case .unassigned, .privateUse: return 2
        default: return 1
        }
    }

    private static func least(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return 0
        case _ where wide.contains(scalar): return 2
        case .unassigned: return 0
        // The later parts of a Korean syllable that is written in parts.
        case .otherLetter where (0x1160...0x11FF).contains(scalar.value): return 0
        default: return 1
        }
    }
}
