/// Makes scalars of bytes, one byte at a time. What is no UTF-8 becomes U+FFFD, and takes nothing valid with it.
struct UTF8Decoder {
    private var value: UInt32 = 0
    private var missing = 0
    /// The least that so many bytes may say, so that nothing is said in more bytes than it needs.
    private var least: UInt32 = 0

    var isUnfinished: Bool { missing > 0 }

    /// The scalar that ends with this byte, or before it, and whether the byte is used up.
    mutating func take(_ byte: UInt8) -> (scalar: Unicode.Scalar?, isTaken: Bool) {
        if missing > 0 {
            guard byte & 0xC0 == 0x80 else {
                missing = 0
                return ("\u{FFFD}", false)
            }
            value = value << 6 | UInt32(byte & 0x3F)
            missing -= 1
            guard missing == 0 else { return (nil, true) }
            guard value >= least, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", true) }
            // C1: control sequences in one character. No key sends them.
            return ((0x80...0x9F).contains(value) ? "\u{FFFD}" : scalar, true)
        }
        switch byte {
        case 0x00...0x7F: return (Unicode.Scalar(byte), true)
        case 0xC2...0xDF: (value, missing, least) = (UInt32(byte & 0x1F), 1, 0x80)
        case 0xE0...0xEF: (value, missing, least) = (UInt32(byte & 0x0F), 2, 0x800)
        case 0xF0...0xF4: (value, missing, least) = (UInt32(byte & 0x07), 3, 0x10000)
        default: return ("\u{FFFD}", true)
        }
        return (nil, true)
    }
}
