/// Who may have names for itself, and how many; and who may come in.
public struct AccountRules: Sendable, Equatable {
    /// How many accounts there may be, and so how many names are kept for somebody at most: ``namesOfOne`` times as many.
    public var accounts = 100_000
    /// Names that are kept for one account.
    public var namesOfOne = 4
    /// Keys of one account.
    public var keysOfOne = 8
    /// How long names are kept for an account that does not come, in seconds.
    public var lifetime = 90 * 86_400
    /// How many names are newly kept for those from one address, or one IPv6 network, in a day; 0: any number.
    public var newNames = 10
    /// Whether this machine itself has limits as well.
    public var includesLoopback = false
    /// Only those whose key has an account may enter rooms. Then nobody gets one but by an operator, or by another of its
    /// own keys.
    public var membersOnly = false
    /// Names come from certificates: nobody takes another.
    public var namesAreCertified = false

    public init() {}

    /// How long a code that adds a key to an account is good, in seconds.
    public static let codeLifetime = 600
    /// How many wrong codes there may be on one connection, and from one neighbourhood in ``codeLifetime``.
    static let wrongCodes = (ofConnection: 5, ofNeighbourhood: 10)
}
