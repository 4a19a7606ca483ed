/// What adds a key to an account, once: eight letters and digits in two groups, such as `7GQ4-X0MZ`; 40 random bits.
///
/// The alphabet is that of Crockford: without I, L, O and U, and who reads 1 as I or 0 as O is understood.
public struct LinkCode: Sendable, Equatable {
    let bits: UInt64

    init(using random: inout some RandomNumberGenerator) {
        bits = random.next() >> 24
    }

    /// - Returns: nil if it is none. Small letters, and what stands between the groups, do not matter.
    public init?(_ text: String) {
        let digits = text.uppercased().unicodeScalars.filter { $0 != "-" && $0 != " " }
        guard digits.count == Self.length else { return nil }
        var bits: UInt64 = 0
        for digit in digits {
            guard let value = Self.value(of: digit) else { return nil }
            bits = bits << 5 | value
        }
        self.bits = bits
    }

    public var text: String {
        let digits = stride(from: 35, through: 0, by: -5).map { Self.alphabet[Int(bits >> UInt64($0) & 31)] }
        return String(digits.prefix(4)) + "-" + String(digits.suffix(4))
    }

    private static let length = 8
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func value(of digit: Unicode.Scalar) -> UInt64? {
        switch digit {
        case "O": 0
        case "I", "L": 1
        default: alphabet.firstIndex(of: Character(digit)).map { UInt64($0) }
        }
    }
}

/// It is a secret for as long as it is good.
extension LinkCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(code)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The codes that are good now: one for an account at most.
struct LinkCodes {
    private var codes: [(code: LinkCode, account: UInt64, until: Timestamp)] = []

    private static let most = 1000

    /// A code in place of the one of before.
    mutating func make(
        for account: UInt64,
        until: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> LinkCode {
        let code = LinkCode(using: &random)
        codes.removeAll { $0.account == account }
        if codes.count >= Self.most { codes.removeFirst() }
        codes.append((code, account, until))
        return code
    }

    /// Whose code this is; it is then good no more. All are looked at, whichever it is.
    mutating func take(_ code: LinkCode, at now: Timestamp) -> UInt64? {
        codes.removeAll { $0.until <= now }
        var account: UInt64?
        for known in codes where known.code.bits ^ code.bits == 0 { account = known.account }
        if let account { codes.removeAll { $0.account == account } }
        return account
    }
}
