/// The SHA-256 of a public key (DER of SubjectPublicKeyInfo, RFC 5280): what a pin is, and whose key is whose account.
///
/// It says nothing of certificates, so it outlives their renewal.
public struct KeyFingerprint: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// How many bytes there are.
    public static let count = 32

    /// - Returns: nil unless there are 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        var rest = bytes[...]
        func next() -> UInt64 {
            defer { rest = rest.dropFirst(8) }
            return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (next(), next(), next(), next())
    }

    /// - Parameter text: `sha256:` and 64 hexadecimal digits.
    public init?(_ text: String) {
        let digits = text.dropFirst(Self.prefix.utf8.count)
        guard text.lowercased().hasPrefix(Self.prefix), digits.utf8.count == 64 else { return nil }
        let half = digits.utf8.index(digits.startIndex, offsetBy: 32)
        guard let first = Hexadecimal.pair(digits[..<half]), let second = Hexadecimal.pair(digits[half...]) else {
            return nil
        }
        words = (first.0, first.1, second.0, second.1)
    }

    public var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    private static let prefix = "sha256:"

    public static func == (one: KeyFingerprint, other: KeyFingerprint) -> Bool { one.words == other.words }

    public func hash(into hasher: inout Hasher) {
        // The bits of a digest are as good as any.
        hasher.combine(words.0)
    }
}

extension KeyFingerprint: CustomStringConvertible {
    /// `sha256:` and 64 hexadecimal digits in small letters.
    public var description: String {
        Self.prefix + [words.0, words.1, words.2, words.3].map(Hexadecimal.text).joined()
    }
}
