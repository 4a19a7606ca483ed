/// Who comes, as far as its connection shows.
public struct Visitor: Sendable, Equatable {
    /// nil if it is not known.
    public var address: Address?
    /// Of the certificate that it has shown, whose private key it has; nil: it is a guest.
    public var key: KeyFingerprint?
    /// What an authority that decides over names calls it.
    public var certifiedName: Nickname?
    /// Its key is an operator's.
    public var isOperator: Bool
    /// What its TLS session has agreed on.
    public var terms: TLSTerms?

    public init(
        address: Address? = nil,
        key: KeyFingerprint? = nil,
        certifiedName: Nickname? = nil,
        isOperator: Bool = false,
        terms: TLSTerms? = nil
    ) {
        (self.address, self.key, self.certifiedName) = (address, key, certifiedName)
        (self.isOperator, self.terms) = (isOperator, terms)
    }
}

extension Action {
    /// A guest comes, and enters the lobby.
    public static func arrive(from address: Address?) -> Action { .arrive(Visitor(address: address)) }

    /// A guest comes, to enter rooms by ``enter(_:_:)``.
    public static func connect(from address: Address?) -> Action { .connect(Visitor(address: address)) }
}
