extension JSON {
    /// Reads one value as RFC 8259 has it, and nothing besides: no comments, no trailing commas, no NaN.
    ///
    /// Strings have to be valid Unicode, escapes included. A number that is written without fraction and exponent is an
    /// integer if it fits.
    public init(_ bytes: RawSpan, limits: JSONLimits) throws(JSONProblem) {
        var parser = JSONParser(bytes, limits)
        self = try parser.document()
    }
}

/// One pass over the bytes, no deeper in itself than the limits allow.
struct JSONParser: ~Escapable {
    let bytes: RawSpan
    private let limits: JSONLimits
    var position = 0
    private var depth = 0
    private var values = 0

    /// The member of the outermost object whose place is asked for.
    private var wanted: String?
    private var place: Int?

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONProblem) -> JSON {
        skipSpace()
        try count()
        let value = try value()
        skipSpace()
        guard position == bytes.byteCount else { throw problem("something stands behind the value") }
        return value
    }

    /// Where the value of a member of the outermost object begins, of the last one of that name. Nobody asks unless there
    /// is something wrong with it, and so it is not noted when all is well.
    static func place(of name: String, in bytes: RawSpan, _ limits: JSONLimits) -> Int? {
        var parser = JSONParser(bytes, limits)
        parser.wanted = name
        _ = try? parser.document()
        return parser.place
    }
}

// MARK: Values

extension JSONParser {
    private mutating func value() throws(JSONProblem) -> JSON {
        switch next {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
        default: throw problem("a value is expected here")
        }
    }

    private mutating func members() throws(JSONProblem) -> [JSON.Member] {
        try descend()
        defer { depth -= 1 }
        var members: [JSON.Member] = []
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a name in double quotes is expected here") }
            try count()
            let name = try string()
            skipSpace()
            guard take(":") else { throw problem("a colon is expected here") }
            skipSpace()
            if wanted != nil, depth == 1, name == wanted { place = position }
            members.append(JSON.Member(name, try value()))
            skipSpace()
        } while take(",")
        guard take("}") else { throw problem("a comma or a closing brace is expected here") }
        return members
    }

    private mutating func elements() throws(JSONProblem) -> [JSON] {
        try descend()
        defer { depth -= 1 }
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return elements }
        repeat {
            skipSpace()
            try count()
            elements.append(try value())
            skipSpace()
        } while take(",")
        guard take("]") else { throw problem("a comma or a closing bracket is expected here") }
        return elements
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONProblem) -> JSON {
        for offset in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[offset] else { throw problem("this should be `\(word)`") }
            position += 1
        }
        return value
    }

    /// Another value is about to be read.
    private mutating func count() throws(JSONProblem) {
        guard values < limits.values else { throw problem("there are more than \(limits.values) values") }
        values += 1
    }

    /// Past the bracket that opens an array or an object.
    private mutating func descend() throws(JSONProblem) {
        guard depth < limits.depth else { throw problem("arrays and objects lie more than \(limits.depth) deep") }
        depth += 1
        position += 1
    }
}

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONProblem) -> JSON {
        let start = position
        let isNegative = take("-")
        let whole = try digits(mayBeginWithZero: false)
        var isWhole = true
        if take(".") {
            isWhole = false
            _ = try digits(mayBeginWithZero: true)
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            _ = try digits(mayBeginWithZero: true)
        }
        if isWhole, let negated = whole {
            if isNegative { return .integer(negated) }
            if negated != .min { return .integer(-negated) }
        }
        let number = bytes.extracting(start..<position).withUnsafeBytes { Double(String(decoding: $0, as: UTF8.self)) }
        guard let number, number.isFinite else { throw JSONProblem(at: start, "that number is too large") }
        return .number(number)
    }

    /// - Returns: what they say, below zero, where there is room for one more; nil if it does not fit.
    private mutating func digits(mayBeginWithZero: Bool) throws(JSONProblem) -> Int64? {
        let start = position
        var number: Int64? = 0
        while let digit = next, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") {
            if !mayBeginWithZero, position == start + 1, bytes[start] == UInt8(ascii: "0") {
                throw problem("a number does not begin with 0")
            }
            if let sum = number {
                let (product, isTooSmall) = sum.multipliedReportingOverflow(by: 10)
                let (difference, isBelow) = product.subtractingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
                number = isTooSmall || isBelow ? nil : difference
            }
            position += 1
        }
        guard position > start else { throw problem("a digit is expected here") }
        return number
    }
}

// MARK: Bytes

extension JSONParser {
    var next: UInt8? { position < bytes.byteCount ? bytes[position] : nil }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    func problem(_ reason: String) -> JSONProblem { JSONProblem(at: position, reason) }
}

extension RawSpan {
    subscript(_ offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}
