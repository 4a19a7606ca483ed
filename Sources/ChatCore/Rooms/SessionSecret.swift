/// Whoever holds it is that member, on whatever connection: 128 random bits. It is never logged.
public struct SessionSecret: Hashable, Sendable {
    private let high, low: UInt64

    public init(using random: inout some RandomNumberGenerator) {
        (high, low) = (random.next(), random.next())
    }

    /// - Parameter text: 32 hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let (high, low) = Hexadecimal.pair(text) else { return nil }
        (self.high, self.low) = (high, low)
    }

    /// 32 hexadecimal digits in small letters.
    public var text: String { Hexadecimal.text(high) + Hexadecimal.text(low) }
}

/// For people a secret has no text.
extension SessionSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
