/// A certificate with its chain, and the key to it: two PEM files, or one that holds both.
public struct TLSIdentity: Sendable, Equatable {
    /// The leaf certificate first, then the intermediates up to, but without, the root.
    public var certificateFile: String
    /// Mode 0600 is the owner's duty.
    public var keyFile: String
    /// Whose first line opens the key, if that is encrypted; mode 0600 too.
    public var passphraseFile: String?

    public init(certificateFile: String, keyFile: String, passphraseFile: String? = nil) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.passphraseFile = passphraseFile
    }
}

/// What a server shows those who ask for one host.
public struct NamedIdentities: Sendable, Equatable {
    /// A DNS name in whatever case; `*.example.org` stands for all names with one label more.
    public var host: String
    /// One of each type of key, as for the server itself.
    public var identities: [TLSIdentity]

    public init(host: String, identities: [TLSIdentity]) {
        self.host = host
        self.identities = identities
    }
}
