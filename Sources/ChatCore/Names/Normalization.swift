/// The canonical normal forms of Unicode (UAX #15), in which text that is the same is written the same.
///
/// The standard library compares text by them but does not give them out, and Foundation, which does, is not for the core.
/// Scalars that are newer than ``NormalizationData/version`` stay as they are.
enum Normalization {
    /// `text`, decomposed and then composed as far as that goes (NFC).
    static func nfc(_ text: String) -> String {
        // Below U+0300 nothing combines with anything.
        if text.unicodeScalars.allSatisfy({ $0.value < 0x300 }) { return text }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: composed(decomposed(text.unicodeScalars)))
        return String(view)
    }

    /// `text`, decomposed as far as that goes, its marks in the one order (NFD).
    static func nfd(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: decomposed(text.unicodeScalars))
        return String(view)
    }

    /// The scalars of NFD.
    static func decomposed(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in text { decompose(scalar, into: &scalars) }
        sortMarks(&scalars)
        return scalars
    }

    /// Puts marks that follow one another into the canonical order: by their classes, and otherwise as they were.
    static func sortMarks(_ scalars: inout [Unicode.Scalar]) {
        // Insertion is stable, and quick where nearly all is in order already.
        for start in scalars.indices.dropFirst() {
            let mark = scalars[start]
            let order = combiningClass(mark)
            guard order != 0 else { continue }
            var place = start
            while place > 0, combiningClass(scalars[place - 1]) > order {
                scalars[place] = scalars[place - 1]
                place -= 1
            }
            scalars[place] = mark
        }
    }

    // MARK: - Decomposing

    private static let composing = ScalarMap(NormalizationData.composing)
    private static let oneWay = ScalarMap(NormalizationData.oneWay)

    private static func decompose(_ scalar: Unicode.Scalar, into scalars: inout [Unicode.Scalar]) {
        if scalar.value < 0xC0 {
            scalars.append(scalar)
        } else if let jamo = Hangul.decomposed(scalar) {
            scalars += jamo
        } else if let parts = composing[scalar] ?? oneWay[scalar] {
            for part in parts { decompose(part, into: &scalars) }
        } else {
            scalars.append(scalar)
        }
    }

    private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value < 0x300 ? 0 : scalar.properties.canonicalCombiningClass.rawValue
    }

    // MARK: - Composing

    private struct Pair: Hashable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    private static let composites: [Pair: Unicode.Scalar] = {
        var composites: [Pair: Unicode.Scalar] = [:]
        for scalar in composing.sources {
            guard let parts = composing[scalar], let first = parts.first, let second = parts.last else { continue }
            composites[Pair(first: first, second: second)] = scalar
        }
        return composites
    }()

    /// The canonical composition algorithm.
    /// - Parameter scalars: in NFD.
    private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = []
        var starter: Int?
        for scalar in scalars {
            let order = combiningClass(scalar)
            if let starter {
                // Blocked is what has a mark of its own class or a higher one, or a starter, between it and the starter.
                let blocked = starter < out.count - 1 && combiningClass(out[out.count - 1]) >= order
                if !blocked, let composite = composite(out[starter], scalar) {
                    out[starter] = composite
                    continue
                }
            }
            if order == 0 { starter = out.count }
            out.append(scalar)
        }
        return out
    }

    private static func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        Hangul.composed(first, second) ?? composites[Pair(first: first, second: second)]
    }
}
