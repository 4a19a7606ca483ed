/// What stands between `ESC [ 200 ~` and `ESC [ 201 ~`.
struct Paste {
    private static let end = Array("\u{1B}[201~".utf8)

    private var bytes: [UInt8] = []
    /// How many bytes of the end have been seen.
    private var matched = 0
    private var isCut = false

    /// Returns whether it ended with this byte.
    mutating func take(_ byte: UInt8, limit: Int) -> Bool {
        if byte == Self.end[matched] {
            matched += 1
            return matched == Self.end.count
        }
        // What looked like the end was text. The end has one Esc only, at its beginning, so it can begin anew only there.
        for index in 0..<matched {
            keep(Self.end[index], limit: limit)
        }
        matched = byte == Self.end[0] ? 1 : 0
        if matched == 0 { keep(byte, limit: limit) }
        return false
    }

    private mutating func keep(_ byte: UInt8, limit: Int) {
        if bytes.count < limit { bytes.append(byte) } else { isCut = true }
    }

    /// Terminals end lines with CR, some with what was copied, and ours may turn CR into LF.
    var key: Key {
        var kept = bytes[...]
        if isCut {
            // Not half of a character at the end.
            while let last = kept.last, last & 0xC0 == 0x80 { kept.removeLast() }
            if let last = kept.last, last >= 0xC0 { kept.removeLast() }
        }
        var text = ""
        for character in String(decoding: kept, as: UTF8.self) {
            text.append(character == "\r\n" || character == "\r" ? "\n" : character)
        }
        return .paste(text, isCut: isCut)
    }
}
