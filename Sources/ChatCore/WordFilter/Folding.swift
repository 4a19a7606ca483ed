/// What makes two ways of writing a word the same, one Unicode scalar at a time.
///
/// Upper case becomes lower case; full-width and mathematical letters and digits become those of ASCII; each kind of space
/// is a space; what is invisible is left out. Accents stay, for they make other words of many: Spanish `año` is no `ano`.
/// But it does not matter whether a letter and its accent are one scalar or two, for Latin, Greek, Cyrillic and kana.
struct Folding: Sendable {
    /// Made once, when the first list is read; that takes one or two tenths of a second.
    static let shared = Folding()

    /// A folded scalar.
    typealias Value = UInt32

    static let space: Value = 0x20
    static let star: Value = 0x2A

    enum Kind: UInt32 {
        /// Punctuation, symbols, and letters of scripts without spaces: a word may begin and end beside it.
        case single
        /// A letter or digit of a script with spaces: between two of them no word begins or ends.
        case letter
        case space
        /// A mark that makes another letter of what stands before it, where there is such a letter.
        case mark
        case invisible
    }

    /// For every scalar below 0x2_0000, because the standard library takes long to look up what it knows of one: the kind
    /// in the lowest three bits, above them the value. Beyond is Han, and little else.
    private let table: [UInt32]
    private let compositions: Compositions

    private init() {
        table = (0..<0x2_0000).map { (value: UInt32) in
            let (folded, kind) = Unicode.Scalar(value).map(Self.compute) ?? (value, .single)
            return folded << 3 | kind.rawValue
        }
        compositions = Compositions()
    }

    func callAsFunction(_ scalar: UInt32) -> (value: Value, kind: Kind) {
        guard scalar < 0x2_0000 else { return Self.beyondTable(scalar) }
        let packed = table[Int(scalar)]
        return (packed >> 3, Kind(rawValue: packed & 7) ?? .single)
    }

    /// The letter that `mark` makes of `base`, if Unicode has one: they are canonically equivalent.
    func compose(_ base: Value, _ mark: Value) -> Value? { compositions[base, mark] }

    private static func beyondTable(_ value: UInt32) -> (Value, Kind) {
        // Tags and variation selectors fill the only plane that has invisible scalars.
        (value, 0xE_0000...0xE_0FFF ~= value ? .invisible : .single)
    }

    private static func compute(_ scalar: Unicode.Scalar) -> (Value, Kind) {
        let value = scalar.value
        switch value {
        case 0xFF01...0xFF5E: return compute(Unicode.Scalar(UInt8(value - 0xFF01) + 0x21))  // full-width ASCII
        case 0x1_D400...0x1_D6A3:  // mathematical letters: thirteen alphabets of A to Z and a to z
            return ((value - 0x1_D400) % 26 + UInt32(UInt8(ascii: "a")), .letter)
        case 0x1_D7CE...0x1_D7FF:  // five times the digits
            return ((value - 0x1_D7CE) % 10 + UInt32(UInt8(ascii: "0")), .letter)
        case 0x03C2: return (0x03C3, .letter)  // the sigma that ends words
        case 0x017F: return (UInt32(UInt8(ascii: "s")), .letter)  // the long s
        case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0x3099...0x309A, 0xFE20...0xFE2F:
            return (value, .mark)
        case 0x3400...0x9FFF, 0xAC00...0xF8FF: return (value, .single)  // only to be done sooner
        default: break
        }
        let properties = scalar.properties
        if properties.isWhitespace { return (space, .space) }
        if properties.isDefaultIgnorableCodePoint { return (value, .invisible) }
        let isLetter = (properties.isAlphabetic || properties.numericType != nil) && !standsWithoutSpaces(value)
        // One scalar for one. Of the only two that one capital becomes (U+0130) the second is a mark.
        let lower = properties.lowercaseMapping.unicodeScalars.first ?? scalar
        return (lower.value, isLetter ? .letter : .single)
    }

    /// The scripts that put no spaces between words, or as Korean does append endings to them.
    private static func standsWithoutSpaces(_ value: UInt32) -> Bool {
        switch value {
        case 0x0E00...0x0EFF: true  // Thai and Lao
        case 0x1000...0x109F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true  // Myanmar
        case 0x1100...0x11FF, 0xA960...0xA97F, 0xAC00...0xD7FF: true  // Hangul
        case 0x1780...0x17FF, 0x19E0...0x19FF: true  // Khmer
        case 0x2E80...0xA4CF: true  // radicals, kana, Bopomofo, Han, Yi
        case 0xF900...0xFAFF, 0xFF66...0xFFDC: true  // Han for compatibility; half-width kana and Hangul
        case 0x1_AFF0...0x1_B16F, 0x1_F200...0x1_F2FF: true  // older kana, squared Han
        default: false
        }
    }
}
