/// All addresses that begin with the same bits, as `ADDRESS/PREFIX`.
///
/// It holds addresses of one family only: nobody who writes `::/0` means IPv4 as well.
public struct AddressRange: Hashable, Sendable {
    /// The first address in it.
    let first: Address
    /// How many of its bits they share, of the 128 that an address has here.
    let length: UInt8

    /// - Precondition: `length` is 128 at most.
    private init(_ address: Address, length: UInt8) {
        first = Address(bits: address.bits & Self.mask(length))
        self.length = length
    }

    /// Reads `10.0.0.0/8` or `2001:db8::/32`; an address without a prefix is itself alone. Bits behind the prefix may be
    /// set, and count as zero.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = Address(String(parts[0])) else { return nil }
        guard parts.count == 2 else {
            self.init(address, length: 128)
            return
        }
        // The prefix belongs to the way the address is written, and an IPv4 address may be written as IPv6.
        let offset: UInt32 = parts[0].contains(":") ? 0 : 96
        guard let prefix = AddressText.number(Array(parts[1].utf8)[...], atMost: 128 - offset) else { return nil }
        self.init(address, length: UInt8(offset + prefix))
    }

    /// What counts as one person: an IPv4 address, or the IPv6 network that a home or a hosted machine is given, in which
    /// anybody can have as many addresses as there are.
    public static func neighbourhood(of address: Address) -> AddressRange {
        AddressRange(address, length: address.isIPv4 ? 128 : 64)
    }

    /// This machine's own addresses, and none but these.
    public var isLoopback: Bool { first.isLoopback && (first.isIPv4 ? length >= 96 + 8 : length == 128) }

    public func contains(_ address: Address) -> Bool {
        address.isIPv4 == first.isIPv4 && address.bits & Self.mask(length) == first.bits
    }

    private static func mask(_ length: UInt8) -> UInt128 {
        ~UInt128(0) << (128 - length)  // a shift by all 128 bits leaves nothing
    }
}

extension AddressRange: CustomStringConvertible {
    public var description: String {
        "\(first)/\(first.isIPv4 ? length - 96 : length)"
    }
}
