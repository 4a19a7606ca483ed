/// What names of members and of rooms have in common: which text can be one.
enum NameRules {
    /// In characters, as people count them: grapheme clusters.
    static let maximumCharacters = 32
    static let maximumScalars = 64
    /// In bytes of UTF-8.
    static let maximumBytes = 128
    /// Upon one letter. More would reach into the lines above and below.
    static let maximumMarks = 3

    /// `raw` in NFC, if it can be a name.
    static func checked(_ raw: String) throws(NameProblem) -> String {
        guard !raw.isEmpty else { throw .empty }
        // Most names are of ASCII, and need nothing but this look at them.
        if raw.utf8.count <= maximumCharacters, raw.utf8.allSatisfy({ $0 < 0x80 && allows(Unicode.Scalar($0)) }) {
            return raw
        }
        // NFC can be shorter than what it was made from, but never by so much: no work for what cannot become a name.
        guard raw.utf8.count <= 4 * maximumBytes else { throw .tooLong }

        let text = Normalization.nfc(raw)
        if let scalar = text.unicodeScalars.first(where: { !allows($0) }) { throw .forbidden(scalar) }
        guard text.unicodeScalars.first?.isMark != true else { throw .beginsWithMark }
        guard
            text.utf8.count <= maximumBytes,
            text.unicodeScalars.count <= maximumScalars,
            text.count <= maximumCharacters
        else { throw .tooLong }
        guard longestRunOfMarks(text) <= maximumMarks else { throw .tooManyMarks }
        return text
    }

    /// Whether a name can have `scalar` in it: letters, marks and decimal digits of any script that can be seen, `-`, `_`
    /// and `.`.
    static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": return true
        case "\0"..."\u{7F}": return false
        default: break
        }
        let properties = scalar.properties
        let category = properties.generalCategory
        guard category.isLetter || category.isMark || category == .decimalNumber else { return false }
        // The tables cannot say what newer letters look like, or how to write them in one way.
        guard let age = properties.age, age <= NormalizationData.version else { return false }
        return !properties.isDefaultIgnorableCodePoint && !invisible.contains(scalar)
    }

    /// Whether `text` is a number to whoever reads it, in any script: digits, perhaps with marks, dots and dashes, and
    /// letters that look like `0` to `9`, such as `l` and `O`.
    static func readsAsNumber(_ text: String) -> Bool {
        // Mostly the first letter says all, before anything is decomposed.
        for scalar in text.unicodeScalars where scalar.isASCII && !isPartOfNumber(scalar) { return false }
        var hasDigit = false
        for scalar in Normalization.decomposed(text.unicodeScalars) {
            if scalar == "-" || scalar == "_" || scalar == "." || scalar.isMark { continue }
            let isDigit = scalar.properties.generalCategory == .decimalNumber
            guard isDigit || numerals[scalar] != nil else { return false }
            hasDigit = true
        }
        return hasDigit
    }

    private static func isPartOfNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "-", "_", ".": true
        default: numerals[scalar] != nil
        }
    }

    private static let numerals = ScalarMap(NameKeyData.numerals)

    /// Marks that join or fill and show nothing by themselves, and that Unicode does not call ignorable: Tifinagh
    /// consonant joiner, Brahmi number joiner, Khitan small script filler, Duployan thick letter selector.
    private static let invisible: Set<Unicode.Scalar> = ["\u{2D7F}", "\u{1107F}", "\u{16FE4}", "\u{1BC9D}"]

    private static func longestRunOfMarks(_ text: String) -> Int {
        var (run, longest) = (0, 0)
        for scalar in text.unicodeScalars {
            run = scalar.isMark ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

extension Unicode.Scalar {
    /// Whether it stands upon or beside the one before it. Below U+0300 there are no marks, and so no need to look it up.
    var isMark: Bool { value >= 0x300 && properties.generalCategory.isMark }
}

extension Unicode.GeneralCategory {
    var isLetter: Bool {
        switch self {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    var isMark: Bool {
        switch self {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
