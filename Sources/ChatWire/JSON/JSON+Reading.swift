extension JSON {
    /// The member of that name, the last if there are several; nil if there is none, or this is no object.
    public subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    public var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    public var array: [JSON]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// A whole number from 0 to ``largest``, however it is written: `1.0` and `1e3` are whole too.
    public var whole: UInt64? {
        switch self {
        case .integer(let integer): integer >= 0 && integer <= Self.largest ? UInt64(integer) : nil
        case .number(let number):
            number >= 0 && number <= Double(Self.largest) && number.rounded() == number ? UInt64(number) : nil
        default: nil
        }
    }

    /// The largest whole number that all programs read alike: 2^53 - 1.
    public static let largest: Int64 = 1 << 53 - 1
}
