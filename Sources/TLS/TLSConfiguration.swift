/// Everything that decides how a session is made, as a value. ``TLSContext`` turns it into something that works.
public struct TLSConfiguration: Sendable, Equatable {
    /// Which end of the connection this is.
    public enum Role: Sendable, Equatable {
        /// Presents one of these identities; of an ECDSA and an RSA one, the best that the client can use. It asks for
        /// the certificates of these visitors.
        case server([TLSIdentity], visitors: Visitors = .notAsked)
        /// Judges the server; then, if it is asked, shows who it is, if it has an identity.
        case client(TLSTrust, identity: TLSIdentity? = nil)
    }

    public var role: Role

    /// The oldest and newest version to speak.
    public var versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3

    /// ALPN protocol names, best first (RFC 7301), each 1 to 255 bytes.
    ///
    /// A server given none still answers a client that offers some with the fatal alert 120: an offer without a match
    /// means a client that came to the wrong door. A client that offers nothing is always let in.
    public var applicationProtocols: [String] = []

    /// A server's identities for those who ask for a host by its name (RFC 6066, section 3). All others, also those who
    /// name nobody, are shown the identities of the role.
    public var namedIdentities: [NamedIdentities] = []

    /// Whether a client shows its identity under TLS 1.2 too, where everybody on the way can read it.
    public var offersIdentityBefore13 = false

    /// Suites of TLS 1.2 by OpenSSL's names, and of TLS 1.3, best first, with colons between. Nil: ours.
    ///
    /// Only suites with forward secrecy and authenticated encryption are taken (RFC 9325, section 4.2).
    public var ciphers12: String?
    public var ciphers13: String?

    /// Groups for the key exchange, best first, with colons between, such as "X25519:P-256". Nil: ours.
    public var groups: String?

    /// Where the secrets of all sessions are appended, in the format of NSS that Wireshark reads. Who has the file can
    /// read all that is said: it is made for nobody but its owner, and only ever for looking for a fault.
    public var keyLogFile: String?

    public init(role: Role) {
        self.role = role
    }

    /// A server with these certificates.
    public static func server(_ identities: TLSIdentity...) -> TLSConfiguration {
        TLSConfiguration(role: .server(identities))
    }

    /// A client that trusts these authorities: the system's, unless told otherwise.
    public static func client(trust: TLSTrust = .system, identity: TLSIdentity? = nil) -> TLSConfiguration {
        TLSConfiguration(role: .client(trust, identity: identity))
    }
}

/// A version of TLS that we speak; older ones are gone (RFC 8996).
public enum TLSVersion: Int32, Sendable, Comparable, CustomStringConvertible {
    case v1_2 = 0x0303
    case v1_3 = 0x0304

    public static func < (a: TLSVersion, b: TLSVersion) -> Bool { a.rawValue < b.rawValue }

    public var description: String {
        switch self {
        case .v1_2: "TLSv1.2"
        case .v1_3: "TLSv1.3"
        }
    }
}
