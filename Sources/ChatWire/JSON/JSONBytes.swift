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
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, start) = (number, digits.count)
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            append(contentsOf: UnsafeBufferPointer(digits)[start...])
        }
    }

    /// A string in its quotes. Escaped is what has to be: the quote, the backslash and control characters; what lies
    /// between two of them is copied in one go.
    mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            let text = UnsafeRawBufferPointer(text)
            var start = 0
            var place = text.placeToEscape(from: 0)
            while place < text.count {
                append(contentsOf: text[start..<place])
                append(escaped: text[place])
                start = place + 1
                place = text.placeToEscape(from: start)
            }
            append(contentsOf: text[start...])
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
