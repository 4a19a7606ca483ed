extension JSON {
    /// Appends it as RFC 8259 has it, on one line and without spaces. A number that JSON has no way to write becomes null.
    public func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(literal: "null")
        case .bool(let bool): bytes.append(bool)
        case .integer(let integer): bytes.append(decimal: integer)
        case .number(let number) where number.isFinite: bytes += number.description.utf8
        case .number: bytes.append(literal: "null")
        case .string(let string): bytes.append(quoted: string)
        case .array(let elements):
            bytes.beginArray()
            for element in elements {
                bytes.beginElement()
                element.write(into: &bytes)
            }
            bytes.endArray()
        case .object(let members):
            bytes.beginObject()
            members.forEach { $0.write(into: &bytes) }
            bytes.endObject()
        }
    }
}

extension JSON.Member {
    /// Appends it as one more field of the object that is being written.
    func write(into bytes: inout [UInt8]) {
        bytes.separate(after: UInt8(ascii: "{"))
        bytes.append(quoted: name)
        bytes.append(UInt8(ascii: ":"))
        value.write(into: &bytes)
    }
}
