extension JSONParser {
    /// From its opening quote to past the closing one.
    mutating func string() throws(JSONProblem) -> String {
        position += 1
        var text = try run()
        while true {
            switch next {
            case UInt8(ascii: "\""):
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text.unicodeScalars.append(try escape())
                text += try run()
            case nil: throw problem("the string does not end")
            default: throw problem("a control character has to be escaped")
            }
        }
    }

    /// All that stands for itself.
    private mutating func run() throws(JSONProblem) -> String {
        let start = position
        var end = start
        while end < bytes.byteCount {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            end += 1
        }
        guard end > start else { return "" }
        position = end
        let text = bytes.extracting(start..<end).withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        if let text { return text }
        position = start + bytes.extracting(start..<end).placeOfInvalidUTF8
        throw problem("this is not UTF-8")
    }

    /// From a backslash on.
    private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
        let start = position
        position += 1
        let scalar: Unicode.Scalar
        switch next {
        case UInt8(ascii: "\""): scalar = "\""
        case UInt8(ascii: "\\"): scalar = "\\"
        case UInt8(ascii: "/"): scalar = "/"
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        case nil: throw problem("the string does not end")
        default: throw problem("there is no such escape")
        }
        position += 1
        return scalar
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONProblem) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), next == UInt8(ascii: "u") else {
            throw JSONProblem(at: start, "half of a surrogate pair stands alone")
        }
        let second = try codeUnit()
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + second - 0xDC00)
        else { throw JSONProblem(at: start, "half of a surrogate pair stands alone") }
        return scalar
    }

    /// From the `u` on.
    private mutating func codeUnit() throws(JSONProblem) -> UInt32 {
        position += 1
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw problem("the string does not end") }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw problem("a hexadecimal digit is expected here")
            }
            position += 1
        }
        return unit
    }
}

extension RawSpan {
    /// Of bytes that are not valid: where it begins.
    fileprivate var placeOfInvalidUTF8: Int {
        withUnsafeBytes { bytes in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.bindMemory(to: UInt8.self).span)
                return bytes.count
            } catch {
                return error.byteOffsets.lowerBound
            }
        }
    }
}
