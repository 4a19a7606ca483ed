/// Whom a client believes.
public enum TLSTrust: Sendable, Equatable {
    /// The authorities that this system trusts: Debian's `ca-certificates`.
    case system
    /// Only the authorities in this PEM file.
    case authorities(file: String)
    /// Whoever has one of these keys, each the SHA-256 of a SubjectPublicKeyInfo. That decides alone: no authority, name
    /// or date is looked at.
    case pins([[UInt8]])
    /// Anybody. Whoever sits on the network path can then read and change everything.
    case dangerouslyAcceptAny
}

/// Whose certificates a server asks for.
public enum Visitors: Sendable, Equatable {
    /// Nobody's.
    case notAsked
    /// Whoever wants to may show one. It proves that its owner has the key, and nothing else: who signed it, its names
    /// and its dates are not looked at. Who has none is just as welcome.
    ///
    /// Keys that prove nothing, or that take long to check, are refused: RSA of less than 2048 or more than 4096 bits,
    /// curves without a name, and types that TLS has given up. So is more than 16 KiB of certificates.
    case anyKey
    /// Only those whom an authority in this PEM file vouches for, and who are in none of the revocation lists of the
    /// other. With lists, each authority of the chain needs a current one.
    case authorities(file: String, revoked: String? = nil)
}
