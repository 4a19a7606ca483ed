/// An IP address. One of IPv4 is kept as IPv6 maps it, `::ffff:a.b.c.d`, and is the same address written either way.
public struct Address: Hashable, Sendable {
    /// The sixteen bytes, the first of them the highest.
    let bits: UInt128

    init(bits: UInt128) {
        self.bits = bits
    }

    /// - Parameter ipv4: the four bytes, the first of them the highest: 0x7F00_0001 is 127.0.0.1.
    public init(ipv4: UInt32) {
        bits = 0xFFFF << 32 | UInt128(ipv4)
    }

    /// - Parameter ipv6: the first eight bytes and the last, in each the first of them the highest.
    public init(ipv6: (UInt64, UInt64)) {
        bits = UInt128(ipv6.0) << 64 | UInt128(ipv6.1)
    }

    /// Reads four decimal numbers without leading zeros, or what RFC 4291 calls a text representation; no zone, no
    /// brackets, no blanks.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        if let ipv4 = AddressText.ipv4(bytes[...]) {
            self.init(ipv4: ipv4)
        } else if let bits = AddressText.ipv6(bytes) {
            self.init(bits: bits)
        } else {
            return nil
        }
    }

    public var isIPv4: Bool { bits >> 32 == 0xFFFF }

    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { isIPv4 ? bits >> 24 & 0xFF == 127 : bits == 1 }
}

extension Address: CustomStringConvertible {
    /// The one form that RFC 5952 recommends; four decimal numbers for IPv4.
    public var description: String {
        isIPv4 ? AddressText.ipv4(UInt32(truncatingIfNeeded: bits)) : AddressText.ipv6(bits)
    }
}
