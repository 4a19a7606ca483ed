/// What makes two names the same: names with equal keys differ only in case, or in letters that look alike.
///
/// The key of `Alice` is also that of `ALICE`, of `ａｌｉｃｅ`, of `аlice` with a Cyrillic letter, and of `A1ice`. It is made
/// from the scalars of NFD, one by one:
///
/// 1. ligatures, full-width and other forms of a letter become the letter (NFKD);
/// 2. capitals become small (CaseFolding.txt);
/// 3. what looks like another letter becomes that letter (the confusables of UTS #39). `m` becomes `rn`; `i` becomes `l`
///    as its capital does, and `1`; `0` becomes `o`;
/// 4. and all this again, until nothing changes.
///
/// The table holds the end of that. Where a capital and its small letter look like two different letters, the capital
/// decides: Greek nu goes with `n`, and `v` is left alone, or `n` and `v` would be the same to us.
public struct NameKey: Hashable, Sendable {
    // In NFD, so that equality of strings, which is up to canonical equivalence, means equality of scalars.
    let skeleton: String

    /// The key of any text, also of such as cannot be a name.
    init(_ text: String) {
        skeleton = text.utf8.allSatisfy { $0 < 0x80 } ? Self.ascii(text) : Self.unicode(text)
    }

    /// What the table says of ASCII, without the table.
    static func ascii(_ text: String) -> String {
        var key: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "1"): key.append(UInt8(ascii: "l"))
            case UInt8(ascii: "0"): key.append(UInt8(ascii: "o"))
            case UInt8(ascii: "M"), UInt8(ascii: "m"): key += [UInt8(ascii: "r"), UInt8(ascii: "n")]
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
            default: key.append(byte)
            }
        }
        return String(decoding: key, as: UTF8.self)
    }

    static func unicode(_ text: String) -> String {
        var key: [Unicode.Scalar] = []
        for scalar in Normalization.decomposed(text.unicodeScalars) {
            if let target = keys[scalar] { key += target } else { key.append(scalar) }
        }
        Normalization.sortMarks(&key)
        var view = String.UnicodeScalarView()
        for scalar in key where !hides(scalar, after: view.last) { view.append(scalar) }
        return String(view)
    }

    private static let keys = ScalarMap(NameKeyData.keys)

    /// Whether a mark cannot be seen where it stands: one upon another of its kind, or a dot where a dot is. `i` and `j`
    /// have theirs, and `i` is an `l` by now; Turkish İ, which folds to an `i` and a dot, so goes with the other four.
    private static func hides(_ mark: Unicode.Scalar, after last: Unicode.Scalar?) -> Bool {
        guard mark.isMark else { return false }
        return mark == last || (mark == "\u{307}" && (last == "l" || last == "j"))
    }
}
