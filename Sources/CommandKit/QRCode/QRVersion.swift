/// How large a code is, and how its bytes are shared out (ISO/IEC 18004, tables 1 and 9, for level L).
struct QRVersion: Equatable {
    /// 1 to 20.
    let number: Int

    static let largest = QRVersion(number: errorCodewords.count)

    /// - Returns: nil if none has room for `count` bytes of text.
    static func smallest(for count: Int) -> QRVersion? {
        (1...largest.number).lazy.map(QRVersion.init(number:)).first { $0.longestText >= count }
    }

    /// Modules on each side.
    var size: Int { 17 + 4 * number }

    /// How many bytes of text there is room for, besides four bits for the mode and the bytes of the count.
    var longestText: Int { dataCodewords - 1 - countBits / 8 }

    /// Of the character count in byte mode.
    var countBits: Int { number < 10 ? 8 : 16 }

    /// The middles of the alignment patterns, along one side.
    var alignment: [Int] {
        guard number > 1 else { return [] }
        let last = size - 7
        let gaps = number / 7 + 1
        guard gaps > 1 else { return [6, last] }
        // All gaps are even and alike but the first, which takes what is left.
        let step = ((last - 6 + gaps - 1) / gaps + 1) / 2 * 2
        return [6] + (0..<gaps).map { last - (gaps - 1 - $0) * step }
    }

    /// Bytes of data and error correction together.
    var allCodewords: Int {
        let patterns = alignment.count
        var modules = size * size
        modules -= 3 * 64  // finder patterns with their separators
        modules -= 31  // format information, twice, and the dark module
        modules -= 2 * (size - 16)  // timing patterns
        if patterns > 0 {
            modules -= 25 * (patterns * patterns - 3)
            modules += 2 * 5 * (patterns - 2)  // where alignment patterns lie on timing patterns
        }
        if number >= 7 { modules -= 36 }  // version information, twice
        return modules / 8
    }

    var blocks: Int { Self.blockCounts[number - 1] }

    /// Bytes of error correction in each block.
    var errorCodewordsPerBlock: Int { Self.errorCodewords[number - 1] }

    private var dataCodewords: Int { allCodewords - blocks * errorCodewordsPerBlock }

    private static let errorCodewords = [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    ]
    private static let blockCounts = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8]
}

extension QRVersion {
    /// - Parameter text: at most ``longestText`` bytes.
    /// - Returns: ``allCodewords`` bytes as they are laid into the code: data and error correction, each with the blocks
    ///   taking turns.
    func codewords(of text: [UInt8]) -> [UInt8] {
        let data = padded(text)
        let short = data.count / blocks
        let firstLong = blocks - data.count % blocks
        var rest = data[...]
        let parts = (0..<blocks).map { block in
            let count = short + (block < firstLong ? 0 : 1)
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let code = ReedSolomon(count: errorCodewordsPerBlock)
        return Self.takingTurns(parts) + Self.takingTurns(parts.map(code.remainder(of:)))
    }

    /// Mode, count and text, and what fills the rest.
    private func padded(_ text: [UInt8]) -> [UInt8] {
        // Four bits come first, so every byte lies across two.
        var nibbles: [UInt8] = [0b0100]
        if countBits == 16 { nibbles += [UInt8(text.count >> 12 & 0xF), UInt8(text.count >> 8 & 0xF)] }
        nibbles += [UInt8(text.count >> 4 & 0xF), UInt8(text.count & 0xF)]
        for byte in text { nibbles += [byte >> 4, byte & 0xF] }
        nibbles.append(0)
        var bytes = stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
        var filling: UInt8 = 0xEC
        while bytes.count < dataCodewords {
            bytes.append(filling)
            filling ^= 0xEC ^ 0x11
        }
        return bytes
    }

    private static func takingTurns(_ parts: [[UInt8]]) -> [UInt8] {
        let longest = parts.map(\.count).max() ?? 0
        return (0..<longest).flatMap { place in parts.compactMap { place < $0.count ? $0[place] : nil } }
    }
}
