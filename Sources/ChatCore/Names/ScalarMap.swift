/// What some scalars become, from a table in text; looked up by binary search.
///
/// The table is a line of entries such as `C0:41,300`, in hexadecimal digits, sorted by what stands before the colon. One
/// string compiles at once, where an array of so many numbers takes the compiler seconds; it is read when it is first
/// needed, in a millisecond or two.
struct ScalarMap: Sendable {
    /// All scalars that become something, in ascending order.
    private(set) var sources: [Unicode.Scalar] = []
    /// Where in `targets` that of each source ends. It begins where the one before it ends.
    private var ends: [Int] = []
    private var targets: [Unicode.Scalar] = []

    /// - Precondition: `table` is as described above.
    init(_ table: String) {
        var value: UInt32 = 0
        var digits = 0
        for byte in table.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
                digits += 1
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
                digits += 1
            case UInt8(ascii: ":"):
                endEntry()
                sources.append(Self.scalar(value))
                (value, digits) = (0, 0)
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"):
                if digits > 0 { targets.append(Self.scalar(value)) }
                (value, digits) = (0, 0)
            default:
                preconditionFailure("a table of scalars with the byte \(byte) in it")
            }
        }
        if digits > 0 { targets.append(Self.scalar(value)) }
        endEntry()
    }

    /// What `scalar` becomes; nil if it is not in the table.
    subscript(scalar: Unicode.Scalar) -> ArraySlice<Unicode.Scalar>? {
        var low = 0
        var high = sources.count
        while low < high {
            let middle = (low + high) / 2
            if sources[middle] < scalar { low = middle + 1 } else { high = middle }
        }
        guard low < sources.count, sources[low] == scalar else { return nil }
        return targets[(low == 0 ? 0 : ends[low - 1])..<ends[low]]
    }

    /// Ends the entry that was being read, if there was one.
    private mutating func endEntry() {
        if ends.count < sources.count { ends.append(targets.count) }
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { preconditionFailure("a table of scalars with \(value) in it") }
        return scalar
    }
}
