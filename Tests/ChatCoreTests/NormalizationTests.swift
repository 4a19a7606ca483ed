import Testing

@testable import ChatCore

@Suite struct NormalizationTests {
    @Test(
        arguments: [
            ("e\u{301}", "\u{E9}", "e\u{301}"),
            ("\u{E9}", "\u{E9}", "e\u{301}"),
            ("\u{1EC7}", "\u{1EC7}", "e\u{323}\u{302}"),  // two marks, and the lower goes first
            ("e\u{302}\u{323}", "\u{1EC7}", "e\u{323}\u{302}"),
            ("\u{EA}\u{323}", "\u{1EC7}", "e\u{323}\u{302}"),
            ("\u{212B}", "\u{C5}", "A\u{30A}"),  // the ångström becomes a letter
            ("\u{212A}", "K", "K"),
            ("\u{F900}", "\u{8C48}", "\u{8C48}"),  // a compatibility ideograph
            ("\u{958}", "\u{915}\u{93C}", "\u{915}\u{93C}"),  // excluded from composition
            ("\u{344}", "\u{308}\u{301}", "\u{308}\u{301}"),  // two marks that only decompose
            ("\u{1ABC}\u{F73}", "\u{F71}\u{F72}\u{1ABC}", "\u{F71}\u{F72}\u{1ABC}"),  // marks within a starter
            ("\u{9C7}\u{9BE}", "\u{9CB}", "\u{9C7}\u{9BE}"),  // two starters that compose
            ("\u{9C7}\u{323}\u{9BE}", "\u{9C7}\u{323}\u{9BE}", "\u{9C7}\u{323}\u{9BE}"),  // a mark keeps them apart
            ("a\u{301}\u{301}", "\u{E1}\u{301}", "a\u{301}\u{301}"),
            ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}", "\u{1112}\u{1161}\u{11AB}"),  // a Hangul syllable
            ("\u{D558}\u{11AB}", "\u{D55C}", "\u{1112}\u{1161}\u{11AB}"),
            ("\u{D558}\u{11A7}", "\u{D558}\u{11A7}", "\u{1112}\u{1161}\u{11A7}"),  // beside the trailing jamo
            ("\u{D558}\u{11C3}", "\u{D558}\u{11C3}", "\u{1112}\u{1161}\u{11C3}"),
            ("\u{D55C}\u{11AB}", "\u{D55C}\u{11AB}", "\u{1112}\u{1161}\u{11AB}\u{11AB}"),
            ("\u{1113}\u{1161}", "\u{1113}\u{1161}", "\u{1113}\u{1161}"),  // beside the leading jamo
            ("\u{1112}\u{1176}", "\u{1112}\u{1176}", "\u{1112}\u{1176}"),  // beside the vowels
            ("\u{FB01}", "\u{FB01}", "\u{FB01}"),  // a ligature is no canonical matter
            ("", "", ""),
        ]
    )
    func `what the standard says`(text: String, composed: String, decomposed: String) {
        #expect(Normalization.nfc(text).scalars == composed.scalars)
        #expect(Normalization.nfd(text).scalars == decomposed.scalars)
    }

    /// Sums over all scalars of the planes that have decompositions. Made with Python's unicodedata for Unicode 15.0.0:
    /// the same loop over `unicodedata.normalize`, FNV-1a over the UTF-8 of NFC, newline, NFD, newline.
    @Test func `all scalars, and all that decompose with marks in disorder, are as Python says`() {
        var alone = Checksum()
        var marked = Checksum()
        for value: UInt32 in 0..<0x30000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(scalar)
            let decomposed = Normalization.nfd(text)
            alone.add(Normalization.nfc(text), decomposed)
            guard decomposed.scalars != [scalar], Hangul.decomposed(scalar) == nil else { continue }
            let more = text + "\u{345}\u{301}\u{323}\u{300}"
            marked.add(Normalization.nfc(more), Normalization.nfd(more))
        }
        #expect(alone.value == 0x5609_91AE_D001_3651)
        #expect(marked.value == 0x3EA4_3C4E_959D_C403)
    }
}

/// FNV-1a, of 64 bits.
private struct Checksum {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ texts: String...) {
        for text in texts {
            for byte in text.utf8 { add(byte) }
            add(UInt8(ascii: "\n"))
        }
    }

    private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
