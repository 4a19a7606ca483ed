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
        let rest = bytes.extracting(droppingFirst: start)
        let length = rest.withUnsafeBytes { $0.placeToEscape(from: 0) }
        guard length > 0 else { return "" }
        let run = rest.extracting(first: length)
        if let place = run.placeOfInvalidUTF8 {
            position = start + place
            throw problem("this is not UTF-8")
        }
        position = start + length
        return run.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
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
    /// Where it begins; nil if all is valid.
    fileprivate var placeOfInvalidUTF8: Int? {
        withUnsafeBytes { bytes in
            if bytes.isASCII { return nil }
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.bindMemory(to: UInt8.self).span)
                return nil
            } catch {
                return error.byteOffsets.lowerBound
            }
        }
    }
}
