/// Lower-case hexadecimal digits, eight at a time: a receiver reads millions of stamps a second.
enum Hex {
    /// - Parameter digits: eight ASCII characters, the first in the lowest byte.
    /// - Returns: their value; nil if one is not among 0-9 and a-f.
    @inline(__always)
    static func decode(_ digits: UInt64) -> UInt32? {
        // With the top bits clear no sum below carries into the byte above it. Adding 0x80 - c sets the top bit of each
        // byte that is c or more.
        guard digits & 0x8080_8080_8080_8080 == 0 else { return nil }
        let isDigit = (digits &+ 0x5050_5050_5050_5050) & ~(digits &+ 0x4646_4646_4646_4646)
        let isLetter = (digits &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(digits &+ 0x1919_1919_1919_1919)
        guard (isDigit | isLetter) & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 else { return nil }
        // 'a' is 0x61: its low half and nine make ten, and bit 6 tells it from a digit.
        var value = (digits & 0x0F0F_0F0F_0F0F_0F0F) &+ 9 &* (digits >> 6 & 0x0101_0101_0101_0101)
        value = (value << 4 | value >> 8) & 0x00FF_00FF_00FF_00FF
        value = (value << 8 | value >> 16) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: value << 16 | value >> 32)
    }

    static func write(_ value: UInt64, digits: Int, to bytes: inout MutableSpan<UInt8>, at offset: Int) {
        for digit in 0..<digits {
            let half = UInt8(truncatingIfNeeded: value >> UInt64(4 * (digits - 1 - digit)) & 0xF)
            bytes[offset + digit] = half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10
        }
    }
}
