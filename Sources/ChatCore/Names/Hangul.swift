/// Hangul syllables and the jamo they consist of, which follow from their numbers (The Unicode Standard, section 3.12).
enum Hangul {
    private static let syllables: UInt32 = 0xAC00
    private static let leading: UInt32 = 0x1100
    private static let vowels: UInt32 = 0x1161
    private static let trailing: UInt32 = 0x11A7  // one before the first: number 0 stands for none
    private static let vowelCount: UInt32 = 21
    private static let trailingCount: UInt32 = 28
    private static let syllableCount: UInt32 = 19 * vowelCount * trailingCount

    /// The two or three jamo of a syllable; nil if `scalar` is none.
    static func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard scalar.value >= syllables, scalar.value - syllables < syllableCount else { return nil }
        let index = scalar.value - syllables
        var jamo = [
            leading + index / (vowelCount * trailingCount),
            vowels + index % (vowelCount * trailingCount) / trailingCount,
        ]
        if index % trailingCount > 0 { jamo.append(trailing + index % trailingCount) }
        return jamo.compactMap(Unicode.Scalar.init)
    }

    /// The syllable of a leading jamo and a vowel, or of such a syllable and a trailing jamo; nil if they make none.
    static func composed(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (first, second) = (first.value, second.value)
        if first >= leading, first - leading < 19, second >= vowels, second - vowels < vowelCount {
            return Unicode.Scalar(syllables + ((first - leading) * vowelCount + second - vowels) * trailingCount)
        }
        let open = first >= syllables && first - syllables < syllableCount && (first - syllables) % trailingCount == 0
        if open, second > trailing, second - trailing < trailingCount {
            return Unicode.Scalar(first + second - trailing)
        }
        return nil
    }
}
