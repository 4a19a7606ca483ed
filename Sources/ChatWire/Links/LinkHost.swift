internal import ChatCore

/// Which hosts can stand in a link.
enum LinkHost {
    /// - Parameter text: a name of letters, digits, `-` and `_`, 1 to 63 in each part and at most 253 in all; an IPv4 address;
    ///   or an IPv6 address, with brackets or without.
    /// - Returns: the name in small letters, or the address in the one form of RFC 5952 and without brackets; nil if it is
    ///   neither.
    static func canonical(_ text: String) -> String? {
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), text.contains(":") else { return nil }
            return Address(String(text.dropFirst().dropLast())).map { "\($0)" }
        }
        if let address = Address(text) { return "\(address)" }
        return isName(Array(text.utf8)) ? text.lowercased() : nil
    }

    private static func isName(_ name: [UInt8]) -> Bool {
        guard name.count <= 253 else { return false }
        let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.allSatisfy(isPart), let last = parts.last else { return false }
        // What ends in a number is meant for an address (RFC 1123), and different programs see different ones in 127.1.
        return !last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isPart(_ part: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(part.count), part.first != hyphen, part.last != hyphen else { return false }
        return part.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen, UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
