import TestKit
import Testing

@testable import ChatCore

@Suite struct NormalizationPropertyTests {
    @Test(arguments: SeededGenerator.seeds(20))
    func `texts are written alike exactly when the standard library calls them equal`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let one = Self.text(using: &random)
            let other = Self.text(using: &random)
            #expect((Normalization.nfc(one).scalars == Normalization.nfc(other).scalars) == (one == other))
            #expect((Normalization.nfd(one).scalars == Normalization.nfd(other).scalars) == (one == other))
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `normal forms are the same text, are stable, and lead to one another`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let text = NameSamples.text(upTo: 12, using: &random)
            let composed = Normalization.nfc(text)
            let decomposed = Normalization.nfd(text)
            if !text.unicodeScalars.contains(where: Self.misunderstood.contains) {
                #expect(composed == text && decomposed == text, "\(text.scalars)")
            }
            #expect(Normalization.nfc(composed).scalars == composed.scalars, "\(text.scalars)")
            #expect(Normalization.nfd(decomposed).scalars == decomposed.scalars, "\(text.scalars)")
            #expect(Normalization.nfc(decomposed).scalars == composed.scalars, "\(text.scalars)")
            #expect(Normalization.nfd(composed).scalars == decomposed.scalars, "\(text.scalars)")
            #expect(composed.unicodeScalars.count <= decomposed.unicodeScalars.count)
        }
    }

    /// Tibetan vowel signs that are of class 0 and consist of marks that are not. The standard library of Swift 6.3 does
    /// not put those in order with marks that stand before them, as UAX #15 says and Python does.
    private static let misunderstood: Set<Unicode.Scalar> = ["\u{F73}", "\u{F75}", "\u{F81}"]

    /// Few scalars that have much to do with one another, so that two texts of them are often equal.
    private static func text(using random: inout SeededGenerator) -> String {
        let few: [Unicode.Scalar] = [
            "e", "\u{E9}", "\u{1EB9}", "\u{301}", "\u{323}", "\u{1112}", "\u{1161}", "\u{11AB}", "\u{D558}", "\u{D55C}",
        ]
        let side = random.once(in: 2) ? few[..<5] : few[5...]
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...4, using: &random) { view.append(side.randomElement(using: &random) ?? "e") }
        return String(view)
    }
}
