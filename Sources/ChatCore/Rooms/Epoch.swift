/// Names one life of a room's numbering: where it changes, numbers of before mean nothing.
public struct Epoch: Hashable, Sendable, CustomStringConvertible {
    private let bits: UInt64

    public init(using random: inout some RandomNumberGenerator) {
        bits = random.next()
    }

    /// - Parameter text: 16 hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let bits = Hexadecimal.number(text) else { return nil }
        self.bits = bits
    }

    /// 16 hexadecimal digits in small letters.
    public var description: String { Hexadecimal.text(bits) }
}

/// Numbers of 64 bits as 16 digits.
enum Hexadecimal {
    static func text(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    static func number(_ text: some StringProtocol) -> UInt64? {
        guard text.utf8.count == 16, text.utf8.allSatisfy(isDigit) else { return nil }
        return UInt64(text, radix: 16)
    }

    static func pair(_ text: some StringProtocol) -> (UInt64, UInt64)? {
        guard text.utf8.count == 32, text.utf8.allSatisfy(isDigit) else { return nil }
        guard let high = number(text.prefix(16)), let low = number(text.suffix(16)) else { return nil }
        return (high, low)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
