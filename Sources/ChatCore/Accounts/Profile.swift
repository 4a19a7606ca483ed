/// One who is here, as `/whois` shows it.
public struct Profile: Sendable, Equatable {
    public let author: Author
    public let isOperator: Bool
    /// Seconds since it last asked for anything.
    public let idle: Int
    /// Its connections.
    public let devices: [DeviceProfile]

    public init(author: Author, isOperator: Bool, idle: Int, devices: [DeviceProfile]) {
        (self.author, self.isOperator, self.idle, self.devices) = (author, isOperator, idle, devices)
    }
}

/// A connection of one who is here.
public struct DeviceProfile: Sendable, Equatable {
    /// nil: it has shown none.
    public let key: KeyFingerprint?
    public let terms: TLSTerms?
    /// For operators' eyes only; nil for all others.
    public let address: Address?

    public init(key: KeyFingerprint?, terms: TLSTerms?, address: Address?) {
        (self.key, self.terms, self.address) = (key, terms, address)
    }
}

/// What one is told of oneself.
public struct OwnStatus: Sendable, Equatable {
    public let author: Author
    public let isOperator: Bool
    public let key: KeyFingerprint?
    public let terms: TLSTerms?
    /// Those that are kept for one's key.
    public let names: [Nickname]
    /// How many keys one's account has; 0: there is none.
    public let keys: Int

    public init(
        author: Author,
        isOperator: Bool,
        key: KeyFingerprint?,
        terms: TLSTerms?,
        names: [Nickname],
        keys: Int
    ) {
        (self.author, self.isOperator, self.key, self.terms) = (author, isOperator, key, terms)
        (self.names, self.keys) = (names, keys)
    }
}

/// What became of a name that was taken with a key.
public enum Reservation: Sendable, Equatable {
    /// It is kept for the account from now on, until it has not been here for so many seconds; nil: for good.
    case kept(Nickname, seconds: Int?)
    case notKept(Nickname, NotKept)

    /// Why a name can be used and is not kept for who uses it.
    public enum NotKept: Sendable, Equatable {
        /// So many are kept for the account already.
        case ofOne(limit: Int)
        /// So many accounts there are.
        case ofAll(limit: Int)
        /// So many were newly kept for those from the same place today.
        case today(limit: Int)
    }
}
