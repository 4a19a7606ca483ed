import TestKit

@testable import ChatCore

/// What names are tried with.
enum NameSamples {
    /// All scalars that a name may have in it: beyond these there are none, as a test of ``NameRules`` shows.
    static let allowed: [Unicode.Scalar] = (0..<0x34000).compactMap(Unicode.Scalar.init).filter(NameRules.allows)

    /// Those of them that the tables say something about: the most interesting ones.
    static let special: [Unicode.Scalar] =
        [NameKeyData.keys, NormalizationData.composing, NormalizationData.oneWay]
        .flatMap { ScalarMap($0).sources }.filter(NameRules.allows)

    /// Marks, among them some that change places with others.
    static let marks: [Unicode.Scalar] = allowed.filter { $0.properties.generalCategory.isMark }

    /// Scalars that names may have, in no order that a name has.
    static func text(upTo count: Int, using random: inout SeededGenerator) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...count, using: &random) {
            let kind = [allowed, special, special, marks].randomElement(using: &random) ?? allowed
            view.append(kind.randomElement(using: &random) ?? "a")
        }
        return String(view)
    }

    /// Any text at all: any scalars, or a name with something in it that does not belong there.
    static func anything(using random: inout SeededGenerator) -> String {
        if random.once(in: 2) {
            return String(decoding: random.bytes(Int.random(in: 0...40, using: &random)), as: UTF8.self)
        }
        var text = Self.text(upTo: 40, using: &random)
        if random.once(in: 3), let scalar = Unicode.Scalar(UInt32.random(in: 0...0x1_FFFF, using: &random)) {
            text.unicodeScalars.insert(scalar, at: random.once(in: 2) ? text.startIndex : text.endIndex)
        }
        return text
    }
}
