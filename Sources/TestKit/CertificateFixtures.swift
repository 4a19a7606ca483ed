public import TLS

/// Good and bad certificates for localhost, made once for a test process, as PEM files.
public struct CertificateFixtures: Sendable {
    /// The set that all tests share. It is made by the first that asks.
    public static var shared: CertificateFixtures {
        get throws { try made.get() }
    }

    private static let made = Result { try CertificateFixtures() }

    public let directory: TemporaryDirectory

    /// The authority behind most of these, and trust in it.
    public let authority: CertificateAuthority
    public let ca: TLSTrust
    /// Trust in another authority, and a good server of that one.
    public let strangerCA: TLSTrust
    public let stranger: TLSIdentity

    /// Good: localhost, 127.0.0.1 and ::1, one with each kind of key.
    public let server: TLSIdentity
    public let serverRSA: TLSIdentity
    /// Good: issued by an intermediate authority, which stands behind it in the file.
    public let chained: TLSIdentity

    /// Bad when a client looks at them.
    public let expired: TLSIdentity
    public let notYetValid: TLSIdentity
    /// For other.example only.
    public let wrongHost: TLSIdentity
    public let selfSigned: TLSIdentity

    /// Bad when a server loads them: the key of another certificate, a key behind a passphrase, RSA of 1024 bits.
    public let mismatchedKey: TLSIdentity
    public let encryptedKey: TLSIdentity
    public let weakRSA: TLSIdentity
    /// Files with neither certificate nor key.
    public let garbage: String
    public let empty: String

    private init() throws {
        directory = try TemporaryDirectory()
        authority = try CertificateAuthority()
        let otherAuthority = try CertificateAuthority(name: "Test Stranger")
        ca = try authority.write(to: directory, as: "ca.pem")
        strangerCA = try otherAuthority.write(to: directory, as: "stranger-ca.pem")
        stranger = try otherAuthority.issue().write(to: directory, as: "stranger")

        server = try authority.issue().write(to: directory, as: "server")
        serverRSA = try authority.issue(.server(key: .rsa(bits: 2_048))).write(to: directory, as: "server-rsa")
        chained = try authority.intermediate().issue().write(to: directory, as: "chained")

        let day = 86_400
        expired = try authority.issue(.server(validity: -2 * day ... -day)).write(to: directory, as: "expired")
        notYetValid = try authority.issue(.server(validity: day...2 * day)).write(to: directory, as: "not-yet-valid")
        wrongHost = try authority.issue(.server(names: [.dns("other.example")])).write(to: directory, as: "wrong-host")
        selfSigned = try IssuedCertificate.selfSigned().write(to: directory, as: "self-signed")

        mismatchedKey = TLSIdentity(certificateFile: server.certificateFile, keyFile: stranger.keyFile)
        encryptedKey = try authority.issue().write(to: directory, as: "encrypted", passphrase: "secret")
        weakRSA = try authority.issue(.server(key: .rsa(bits: 1_024))).write(to: directory, as: "weak-rsa")
        garbage = try directory.write("This is no PEM file.\n", to: "garbage")
        empty = try directory.write("", to: "empty")
    }
}
