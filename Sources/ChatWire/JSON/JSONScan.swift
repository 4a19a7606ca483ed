extension UnsafeRawBufferPointer {
    /// The first byte, from `start` on, that cannot stand in a string as it is: a quote, a backslash or a control character;
    /// `count` if there is none. Eight are looked at together, as in nearly all speech there is none.
    func placeToEscape(from start: Int) -> Int {
        var place = start
        while place + 8 <= count {
            let word = loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let isLow = (word &- Self.spread(0x20)) & ~word
            let isQuote = Self.zeros(word ^ Self.spread(0x22))
            let isBackslash = Self.zeros(word ^ Self.spread(0x5C))
            guard (isLow | isQuote | isBackslash) & Self.spread(0x80) == 0 else { break }
            place += 8
        }
        while place < count, self[place] >= 0x20, self[place] != 0x22, self[place] != 0x5C { place += 1 }
        return place
    }

    var isASCII: Bool {
        var place = 0
        var seen: UInt64 = 0
        while place + 8 <= count {
            seen |= loadUnaligned(fromByteOffset: place, as: UInt64.self)
            place += 8
        }
        while place < count {
            seen |= UInt64(self[place])
            place += 1
        }
        return seen & Self.spread(0x80) == 0
    }

    private static func spread(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// The highest bit of a byte is set if it is zero. Above one that is, others may be taken for it, which costs a second
    /// look.
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- spread(1)) & ~word }
}
