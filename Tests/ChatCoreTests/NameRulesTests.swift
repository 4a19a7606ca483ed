import Testing

@testable import ChatCore

@Suite struct NameRulesTests {
    @Test(
        arguments: [
            (" a", " ", "a space"), ("a b", " ", "a space"), ("a:b", ":", "':'"), ("a`", "`", "'`'"),
            ("*a", "*", "'*'"),
            ("[a]", "[", "'['"), ("~a", "~", "'~'"), ("a/b", "/", "'/'"), ("a@b", "@", "'@'"), ("a#b", "#", "'#'"),
            ("a'b", "'", "'''"), ("a,b", ",", "','"), ("a\nb", "\n", "U+000A"), ("\0", "\0", "U+0000"),
            ("a\u{1B}[m", "\u{1B}", "U+001B"), ("a\u{7F}", "\u{7F}", "U+007F"), ("a\u{9B}", "\u{9B}", "U+009B"),
            ("a\u{A0}b", "\u{A0}", "U+00A0"), ("a\u{AD}b", "\u{AD}", "U+00AD"), ("a\u{200B}", "\u{200B}", "U+200B"),
            ("a\u{200D}b", "\u{200D}", "U+200D"), ("a\u{202E}b", "\u{202E}", "U+202E"),
            ("a\u{2028}", "\u{2028}", "U+2028"),
            ("\u{3164}", "\u{3164}", "U+3164"),  // Hangul filler: a letter that cannot be seen
            ("a\u{34F}", "\u{34F}", "U+034F"),  // a mark that cannot be seen
            ("a\u{FE0F}", "\u{FE0F}", "U+FE0F"), ("a\u{E0100}", "\u{E0100}", "U+E0100"),
            ("a\u{16FE4}", "\u{16FE4}", "U+16FE4"), ("a\u{E000}", "\u{E000}", "U+E000"),
            ("a\u{378}", "\u{378}", "U+0378"),
            ("a\u{FFFD}", "\u{FFFD}", "'\u{FFFD}' (U+FFFD)"), ("😀", "😀", "'😀' (U+1F600)"), ("a²", "²", "U+00B2"),
            ("Ⅷ", "Ⅷ", "U+2167"), ("€", "€", "'€' (U+20AC)"), ("a·b", "·", "U+00B7"), ("\u{1FEF}", "`", "'`'"),
            ("\u{105C0}", "\u{105C0}", "U+105C0"),  // a letter of Unicode 16, which the tables do not know
        ] as [(String, Unicode.Scalar, String)]
    )
    func `what is not allowed is named, and never repeated raw if it cannot be seen`(
        name: String,
        scalar: Unicode.Scalar,
        shown: String
    ) {
        #expect(NicknameTests.problem(name) == .forbidden(scalar))
        #expect(NicknameTests.roomProblem("#" + name) == .forbidden(scalar))
        let line = "a name cannot have \(shown) in it, only letters and digits of any script, '-', '_' and '.'"
        #expect(NameProblem.forbidden(scalar).description.scalars == line.scalars)
    }

    @Test(
        arguments: [
            (.empty, "a name cannot be empty: it has 1 to 32 letters and digits of any script, '-', '_' and '.'"),
            (.tooLong, "that name is too long: a name has at most 32 characters, 64 code points and 128 bytes"),
            (.tooManyMarks, "that name has too many marks on one letter: a name has at most 3 in a row"),
            (.beginsWithMark, "a name cannot begin with a mark that belongs on a letter; put the letter before it"),
            (.number, "that name is a number or looks like one; a name needs something that cannot be read as a digit"),
            (.reserved, "that name is one of the server's own words or looks like one; please choose another"),
        ] as [(NameProblem, String)]
    )
    func `each problem has its line`(problem: NameProblem, line: String) {
        #expect(problem.description == line)
    }

    @Test func `only letters, marks, decimal digits and three others are allowed, and each passes as it is`() {
        let wrong = NameSamples.allowed.filter { scalar in
            let rightful = "LM".contains(Self.letter(scalar)) || scalar.properties.generalCategory == .decimalNumber
            let isClean = Cleaning.of(scalar) == .keep
            return !isClean || !(rightful || scalar == "-" || scalar == "_" || scalar == ".")
        }
        #expect(wrong == [])
    }

    @Test func `beyond the planes of letters nothing is allowed`() {
        // All selectors, which are marks; of the rest, where there is nothing, some.
        let beyond = Array(0xE0000...0xE01FF) + Array(stride(from: 0x34000, through: 0x10FFFF, by: 61))
        #expect(beyond.compactMap { Unicode.Scalar(UInt32($0)) }.filter(NameRules.allows) == [])
    }

    @Test func `no line about a scalar has anything in it that clean text has not`() {
        // All that is below the ideographs, and the selectors; and some of the rest.
        let some = Array(0..<0x3400) + Array(0xE0000...0xE01FF) + Array(stride(from: 0x3400, through: 0x10FFFF, by: 61))
        let unclean = some.compactMap { Unicode.Scalar(UInt32($0)) }.filter { scalar in
            let line = NameProblem.forbidden(scalar).description
            return CleanText(line).string.scalars != line.scalars
        }
        #expect(unclean == [])
    }

    private static func letter(_ scalar: Unicode.Scalar) -> Character {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: "L"
        case .nonspacingMark, .spacingMark, .enclosingMark: "M"
        default: "-"
        }
    }
}
