/// A set of scalars, from a table in text such as `1100-115F 231A`; asked by binary search.
struct ScalarRanges: Sendable {
    private var ranges: [ClosedRange<UInt32>] = []

    /// - Precondition: the ranges are in ascending order, in hexadecimal digits, with white space between them.
    init(_ table: String) {
        for entry in table.split(whereSeparator: \.isWhitespace) {
            let ends = entry.split(separator: "-")
            guard let first = UInt32(ends[0], radix: 16), let last = UInt32(ends[ends.count - 1], radix: 16) else {
                preconditionFailure("a table of scalars with \(entry) in it")
            }
            ranges.append(first...last)
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar.value)
    }
}
