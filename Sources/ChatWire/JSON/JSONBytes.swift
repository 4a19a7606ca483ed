/// JSON written straight into bytes, field by field, without a value being built first.
///
/// Whether a comma is due is seen from the byte before, as nothing but an opening bracket ends in one; so there is nothing
/// to remember between two fields.
extension [UInt8] {
    mutating func beginObject() { append(UInt8(ascii: "{")) }

    mutating func endObject() { append(UInt8(ascii: "}")) }

    mutating func beginArray() { append(UInt8(ascii: "[")) }

    mutating func endArray() { append(UInt8(ascii: "]")) }

    /// What follows is one more element of the array.
    mutating func beginElement() { separate(after: UInt8(ascii: "[")) }

    /// What follows is the value of one more field of the object.
    /// - Parameter name: with nothing in it that has to be escaped.
    mutating func beginField(_ name: StaticString) {
        separate(after: UInt8(ascii: "{"))
        append(UInt8(ascii: "\""))
        append(literal: name)
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }

    mutating func field(_ name: StaticString, _ text: String?) {
        beginField(name)
        if let text { append(quoted: text) } else { append(literal: "null") }
    }

    /// - Parameter text: with nothing in it that has to be escaped.
    mutating func field(_ name: StaticString, literal text: StaticString) {
        beginField(name)
        append(UInt8(ascii: "\""))
        append(literal: text)
        append(UInt8(ascii: "\""))
    }

    mutating func field(_ name: StaticString, _ number: UInt64) {
        beginField(name)
        append(decimal: number)
    }

    mutating func field(_ name: StaticString, _ number: Int?) {
        beginField(name)
        if let number { append(decimal: Int64(number)) } else { append(literal: "null") }
    }

    mutating func field(_ name: StaticString, _ bool: Bool) {
        beginField(name)
        append(bool)
    }

    mutating func separate(after opening: UInt8) {
        if last != opening { append(UInt8(ascii: ",")) }
    }
}

// MARK: Values

extension [UInt8] {
    mutating func append(literal text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    mutating func append(_ bool: Bool) {
        append(literal: bool ? "true" : "false")
    }

    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        append(decimal: number.magnitude)
    }

    mutating func append(decimal number: UInt64) {
        let (rest, digit) = number.quotientAndRemainder(dividingBy: 10)
        if rest > 0 { append(decimal: rest) }
        append(UInt8(ascii: "0") + UInt8(digit))
    }

    /// A string in its quotes. Escaped is what has to be: the quote, the backslash and control characters; what lies
    /// between two of them is copied in one go.
    mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var rest = text[...]
            while let place = rest.placeToEscape {
                append(contentsOf: rest[..<place])
                append(escaped: rest[place])
                rest = rest[(place + 1)...]
            }
            append(contentsOf: rest)
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(literal: byte < 0x10 ? "u000" : "u001")
            let digit = byte & 0xF
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// The first byte that cannot stand in a string as it is. Eight at a time, as in nearly all speech there is none.
    fileprivate var placeToEscape: Int? {
        var place = startIndex
        let bytes = UnsafeRawBufferPointer(base)
        while place + 8 <= endIndex {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let low = (word &- Self.spread(0x20)) & ~word
            guard
                (low | Self.zeros(word ^ Self.spread(0x22)) | Self.zeros(word ^ Self.spread(0x5C))) & Self.spread(0x80)
                    == 0
            else { break }
            place += 8
        }
        return self[place...].firstIndex { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    }

    private static func spread(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// The highest bit of a byte is set if it is zero. Bytes above one that is can be wrong, and do not matter.
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- spread(1)) & ~word }
}
