/// Four words that both ends of a connection derive from its keys, for two people to compare: in the same room, or by phone.
///
/// Who sits between two ends has one connection with each, and shows them different words; to show both the same takes
/// 2^44 tries on average, in the time that one handshake may take. Verification.md says how they are derived, and what they
/// do not say.
public struct VerificationWords: Hashable, Sendable {
    /// The four words as 44 bits, eleven for each, the first word in the highest.
    public let bits: UInt64

    /// What the TLS exporter (RFC 8446, section 7.5) is asked for, without a context value.
    public static let label = "EXPORTER-conclave-verify"
    /// How many bytes it is asked for. The words are made of the first 44 bits.
    public static let exportedCount = 32

    private static let bitsPerWord = 11

    /// - Parameter exported: what the TLS exporter gave for ``label``.
    /// - Returns: nil unless it is ``exportedCount`` bytes.
    public init?(exported: [UInt8]) {
        guard exported.count == Self.exportedCount else { return nil }
        // Six bytes are 48 bits.
        self.init(bits: exported.prefix(6).reduce(0) { $0 << 8 | UInt64($1) } >> 4)
    }

    /// - Parameter bits: ``bits`` of other words; only the lower 44 count.
    public init(bits: UInt64) {
        self.bits = bits & (1 << (4 * Self.bitsPerWord) - 1)
    }

    public var words: [String] {
        (0..<4).map { WordList.words[Int(bits >> UInt64((3 - $0) * Self.bitsPerWord) & 0x7FF)] }
    }
}

extension VerificationWords: CustomStringConvertible {
    /// The words in order, with spaces between them.
    public var description: String { words.joined(separator: " ") }
}
