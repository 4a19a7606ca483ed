/// A text as the filter compares it, and where in the text each part of that comes from.
struct FoldedText {
    /// The folded scalars; the topmost bit is set for the letters of scripts with spaces.
    private var units: [UInt32] = []
    /// Where in the text's UTF-8 each of them ends and the next begins. What is invisible, and marks that make no other
    /// letter, belong to what they follow.
    private var ends: [Int32] = []

    private static let isLetter: UInt32 = 1 << 31

    init(_ text: String) {
        let folding = Folding.shared
        var text = text
        text.withUTF8 { bytes in
            units.reserveCapacity(bytes.count)
            ends.reserveCapacity(bytes.count)
            var place = 0
            while place < bytes.count {
                let scalar = Self.scalar(in: bytes, at: &place)
                append(folding(scalar), folding)
                if !ends.isEmpty { ends[ends.count - 1] = Int32(place) }
            }
        }
    }

    var count: Int { units.count }

    subscript(index: Int) -> Folding.Value { units[index] & ~Self.isLetter }

    /// The values, without spaces at either end.
    var trimmed: [Folding.Value] {
        var values = units[...]
        // A run of spaces is one already.
        if values.first == Folding.space { values = values.dropFirst() }
        if values.last == Folding.space { values = values.dropLast() }
        return values.map { $0 & ~Self.isLetter }
    }

    /// Whether a word may begin or end before `index`: not between two letters of a script that has spaces.
    func isBoundary(_ index: Int) -> Bool {
        index == 0 || index == units.count || units[index - 1] & units[index] & Self.isLetter == 0
    }

    /// The bytes of the text, as UTF-8, that `range` was made of.
    func bytes(of range: Range<Int>) -> Range<Int> {
        let start = range.lowerBound == 0 ? 0 : Int(ends[range.lowerBound - 1])
        return start..<Int(ends[range.upperBound - 1])
    }

    private mutating func append(_ fold: (value: Folding.Value, kind: Folding.Kind), _ folding: Folding) {
        let last = units.count - 1
        switch fold.kind {
        case .single:
            units.append(fold.value)
        case .letter:
            units.append(fold.value | Self.isLetter)
        case .space:
            if last >= 0, units[last] == Folding.space { return }
            units.append(fold.value)
        case .mark:
            guard last >= 0, let letter = folding.compose(self[last], fold.value) else { return }
            units[last] = letter | units[last] & Self.isLetter
            return
        case .invisible:
            return
        }
        ends.append(0)
    }

    /// The scalar at `place`, which goes on to the next. A String's UTF-8 is always valid.
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at place: inout Int) -> UInt32 {
        let first = UInt32(bytes[place])
        place += 1
        guard first >= 0x80 else { return first }
        let more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
        var scalar = first & (0x3F >> UInt32(more))
        for _ in 0..<more {
            scalar = scalar << 6 | UInt32(bytes[place] & 0x3F)
            place += 1
        }
        return scalar
    }
}
