/// What a number has to be.
enum Target: Codable, Equatable, Sendable {
    /// So many times the reference's, or more.
    case ratioAtLeast(Double)
    /// So many times the reference's, or less.
    case ratioAtMost(Double)
    /// This or less, whatever the reference does.
    case atMost(Double)

    /// - Returns: nil if one of the numbers that it takes is not known.
    func isMet(by value: Double?, against reference: Double?) -> Bool? {
        let ratio = Self.ratio(of: value, to: reference)
        return switch self {
        case .ratioAtLeast(let least): ratio.map { $0 >= least }
        case .ratioAtMost(let most): ratio.map { $0 <= most }
        case .atMost(let most): value.map { $0 <= most }
        }
    }

    static func ratio(of value: Double?, to reference: Double?) -> Double? {
        guard let value, let reference, reference > 0 else { return nil }
        return value / reference
    }

    /// In the table: "x" stands behind a ratio.
    var text: String {
        switch self {
        case .ratioAtLeast(let least): ">= \(Decimals.of(least, 2))x"
        case .ratioAtMost(let most): "<= \(Decimals.of(most, 2))x"
        case .atMost(let most): "<= \(Decimals.of(most, 0))"
        }
    }
}
