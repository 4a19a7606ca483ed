public import TLS

/// The key that a client shows to a server that asks for it, and that names can belong to.
public struct OwnIdentity: Sendable, Equatable {
    public var files: TLSIdentity
    /// Whether it is shown under TLS 1.2 too, where everybody on the way can read whose key it is.
    public var isOfferedBefore13: Bool

    public init(_ files: TLSIdentity, isOfferedBefore13: Bool = false) {
        self.files = files
        self.isOfferedBefore13 = isOfferedBefore13
    }
}
