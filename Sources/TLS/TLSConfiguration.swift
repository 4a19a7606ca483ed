/// Everything that decides how a session is made, as a value. ``TLSContext`` turns it into something that works.
public struct TLSConfiguration: Sendable, Equatable {
    /// Which end of the connection this is.
    public enum Role: Sendable, Equatable {
        /// Presents one of these identities; of an ECDSA and an RSA one, the best that the client can use.
        case server([TLSIdentity])
        /// Presents nothing, and judges the server.
        case client(TLSTrust)
    }

    public var role: Role

    /// The oldest and newest version to speak.
    public var versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3

    /// ALPN protocol names, best first (RFC 7301), each 1 to 255 bytes.
    ///
    /// A server given none still answers a client that offers some with the fatal alert 120: an offer without a match
    /// means a client that came to the wrong door. A client that offers nothing is always let in.
    public var applicationProtocols: [String] = []

    public init(role: Role) {
        self.role = role
    }

    /// A server with these certificates.
    public static func server(_ identities: TLSIdentity...) -> TLSConfiguration {
        TLSConfiguration(role: .server(identities))
    }

    /// A client that trusts these authorities: the system's, unless told otherwise.
    public static func client(trust: TLSTrust = .system) -> TLSConfiguration {
        TLSConfiguration(role: .client(trust))
    }
}

/// A certificate with its chain, and the key to it: two PEM files, or one that holds both.
public struct TLSIdentity: Sendable, Equatable {
    /// The leaf certificate first, then the intermediates up to, but without, the root.
    public var certificateFile: String
    /// Unencrypted, as anything but a person at the keyboard needs it. Mode 0600 is the owner's duty.
    public var keyFile: String

    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}

/// Whom a client believes.
public enum TLSTrust: Sendable, Equatable {
    /// The authorities that this system trusts: Debian's `ca-certificates`.
    case system
    /// Only the authorities in this PEM file.
    case authorities(file: String)
    /// Anybody. Whoever sits on the network path can then read and change everything.
    case dangerouslyAcceptAny
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
