/// IP addresses as people write them.
enum AddressText {
    /// - Returns: nil for what is not four numbers from 0 to 255 in their shortest form: some programs take one that
    ///   begins with 0 for octal.
    static func ipv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let number = number(part, atMost: 255) else { return nil }
            address = address << 8 | number
        }
        return address
    }

    /// - Returns: nil for what is not decimal digits in their shortest form, and for what is greater than `most`.
    static func number(_ digits: ArraySlice<UInt8>, atMost most: UInt32) -> UInt32? {
        guard (1...3).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        var number: UInt32 = 0
        for digit in digits {
            guard let value = value(digit), value < 10 else { return nil }
            number = number * 10 + value
        }
        return number <= most ? number : nil
    }

    /// - Returns: nil for what is not eight groups of hexadecimal digits, where `::` may stand once for one zero group or
    ///   more, and an IPv4 address for the last two.
    static func ipv6(_ text: [UInt8]) -> UInt128? {
        let colon = UInt8(ascii: ":")
        let gap = text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
        guard let gap else {
            guard let groups = groups(text[...], mayEndInIPv4: true), groups.count == 8 else { return nil }
            return address(groups)
        }
        guard let front = groups(text[..<gap], mayEndInIPv4: false),
            let back = groups(text[(gap + 2)...], mayEndInIPv4: true),
            front.count + back.count < 8
        else { return nil }
        return address(front + Array(repeating: 0, count: 8 - front.count - back.count) + back)
    }

    private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> [UInt32]? {
        guard !text.isEmpty else { return [] }
        var parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var end: [UInt32] = []
        if mayEndInIPv4, let last = parts.last, let ipv4 = ipv4(last) {
            parts.removeLast()
            end = [ipv4 >> 16, ipv4 & 0xFFFF]
        }
        var groups: [UInt32] = []
        for part in parts {
            guard let group = group(part) else { return nil }
            groups.append(group)
        }
        return groups + end
    }

    private static func group(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard (1...4).contains(digits.count) else { return nil }
        var group: UInt32 = 0
        for digit in digits {
            guard let value = value(digit) else { return nil }
            group = group << 4 | value
        }
        return group
    }

    private static func value(_ digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private static func address(_ groups: [UInt32]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

// MARK: The other way

extension AddressText {
    static func ipv4(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
    }

    /// Lower case, no leading zeros, and `::` for the longest run of two zero groups or more, the first of equals.
    static func ipv6(_ address: UInt128) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> (112 - 16 * $0)) }
        let gap = longestZeros(in: groups)
        guard gap.count > 1 else { return hexadecimal(groups[...]) }
        return hexadecimal(groups[..<gap.lowerBound]) + "::" + hexadecimal(groups[gap.upperBound...])
    }

    private static func longestZeros(in groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<index + 1
            }
        }
        return longest
    }

    private static func hexadecimal(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
