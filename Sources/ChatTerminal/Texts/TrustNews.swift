/// What a user is told about whom it talks to, and as whom, while all goes on.
///
/// As of a ``Trouble``, the English words are those of whoever has found it out.
public struct TrustNews: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case kept(server: String, key: String)
        case expired(server: String, day: String)
        case nextLearned(server: String, key: String)
        case nextUsed(server: String, key: String, old: String, announced: String?)
        case nextForged(server: String)
        case nextNotForHost(server: String)
        case notKept(reason: String)
        case guestOverTLS12(server: String)
    }

    public let kind: Kind
    public let english: String

    public init(_ kind: Kind, english: String) {
        (self.kind, self.english) = (kind, english)
    }
}

/// By what a server is believed.
public enum TrustGround: Sendable, Equatable {
    /// A key that a link or a flag names.
    case pin
    /// It is known from before; the day is of the form `2026-11-30`.
    case known(since: String?)
    /// It has the key that it had announced.
    case announced(on: String?)
    /// - Parameter file: whose authorities; nil: those of this system.
    case authority(file: String?)
    /// Whoever answers is believed.
    case anybody
}

/// A server that nobody vouches for, as its user is asked about it.
public struct UnknownServer: Sendable, Equatable {
    public var server: String
    public var fingerprint: String
    /// What the certificate says, clean.
    public var subject: String
    public var names: [String]
    /// How many names there are besides.
    public var moreNames: Int
    /// Days.
    public var from, to: String
    public var isOver, hasNotBegun: Bool
    /// The name that it should be for, if it is not.
    public var missing: String?

    public init(
        server: String,
        fingerprint: String,
        subject: String,
        names: [String],
        moreNames: Int = 0,
        from: String,
        to: String,
        isOver: Bool = false,
        hasNotBegun: Bool = false,
        missing: String? = nil
    ) {
        (self.server, self.fingerprint, self.subject) = (server, fingerprint, subject)
        (self.names, self.moreNames, self.from, self.to) = (names, moreNames, from, to)
        (self.isOver, self.hasNotBegun, self.missing) = (isOver, hasNotBegun, missing)
    }
}
