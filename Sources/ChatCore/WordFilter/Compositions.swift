/// Which letter a letter and a mark behind it are together, as `e` and U+0301 are `é`: for small Latin, Greek and Cyrillic
/// letters, and for kana.
///
/// The standard library knows it, but composes only inside of comparisons. So each pair is asked which letter it equals.
struct Compositions: Sendable {
    private var letters: [UInt64: UInt32] = [:]

    private static let alphabets: [ClosedRange<UInt32>] = [0x61...0x7A, 0xDF...0x24F, 0x370...0x481, 0x48A...0x52F]
    private static let vietnameseAndOldGreek: ClosedRange<UInt32> = 0x1E00...0x1FFF
    private static let kana: ClosedRange<UInt32> = 0x3041...0x30FF

    /// Of the marks from U+0300 on those that compose at all.
    private static let marks: [ClosedRange<UInt32>] = [
        0x300...0x304, 0x306...0x30C, 0x30F...0x30F, 0x311...0x311, 0x313...0x314, 0x31B...0x31B, 0x323...0x328,
        0x32D...0x32E, 0x330...0x331, 0x338...0x338, 0x342...0x342, 0x345...0x345,
    ]

    init() {
        add(Self.alphabets + [Self.vietnameseAndOldGreek], Self.marks)
        add([Self.kana], [0x3099...0x309A])
    }

    subscript(base: UInt32, mark: UInt32) -> UInt32? { letters[Self.key(base, mark)] }

    private mutating func add(_ bases: [ClosedRange<UInt32>], _ marks: [ClosedRange<UInt32>]) {
        let scalars = bases.joined().compactMap(Unicode.Scalar.init).filter { !$0.properties.changesWhenLowercased }
        // Of letters that are the same to Unicode the first is the one that people write.
        let composed = Dictionary(scalars.map { (Character($0), $0.value) }, uniquingKeysWith: { first, _ in first })
        for base in scalars {
            for mark in marks.joined().compactMap(Unicode.Scalar.init) {
                var pair = String.UnicodeScalarView()
                pair.append(base)
                pair.append(mark)
                guard let letter = composed[Character(String(pair))] else { continue }
                letters[Self.key(base.value, mark.value)] = letter
            }
        }
    }

    private static func key(_ base: UInt32, _ mark: UInt32) -> UInt64 { UInt64(base) << 32 | UInt64(mark) }
}
