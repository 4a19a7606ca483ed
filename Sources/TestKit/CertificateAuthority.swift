public import TLS

/// An authority for tests, made when they run: nothing is checked in that could expire or leak.
public final class CertificateAuthority: Sendable {
    private let own: Certificate.Issuer
    /// The intermediates from this authority up to, but without, the root.
    private let intermediates: [Certificate]

    /// A root, which signs itself.
    public convenience init(name: String = "Test Root") throws {
        try self.init(.authority(name: name))
    }

    /// A root that may lack something.
    public convenience init(_ template: CertificateTemplate) throws {
        let key = try PrivateKey(template.key)
        self.init(try Certificate(template, for: key, issuer: nil), key, [])
    }

    private init(_ certificate: Certificate, _ key: PrivateKey, _ intermediates: [Certificate]) {
        own = Certificate.Issuer(certificate: certificate, key: key)
        self.intermediates = intermediates
    }

    /// An authority that this one vouches for.
    public func intermediate(name: String = "Test Intermediate") throws -> CertificateAuthority {
        try intermediate(.authority(name: name))
    }

    public func intermediate(_ template: CertificateTemplate) throws -> CertificateAuthority {
        let key = try PrivateKey(template.key)
        let certificate = try Certificate(template, for: key, issuer: own)
        return CertificateAuthority(certificate, key, [certificate] + intermediates)
    }

    /// A certificate with a new key.
    public func issue(_ template: CertificateTemplate = .server()) throws -> IssuedCertificate {
        let key = try PrivateKey(template.key)
        let leaf = try Certificate(template, for: key, issuer: own)
        return IssuedCertificate(leaf: leaf, key: key, issuers: intermediates)
    }

    /// Writes a list of the certificates that the authority has taken back, and returns its path.
    /// - Parameter validity: seconds from now.
    public func revoke(
        _ certificates: [IssuedCertificate],
        to directory: TemporaryDirectory,
        as name: String,
        validity: ClosedRange<Int> = -3_600...86_400
    ) throws -> String {
        let path = directory.path(name)
        let list = try RevocationList(of: certificates.map(\.leaf), by: own, validity: validity)
        try list.write(to: path)
        return path
    }

    /// Writes the authority's certificate, without its key, for clients to trust.
    public func write(to directory: TemporaryDirectory, as name: String) throws -> TLSTrust {
        let path = directory.path(name)
        try Certificate.write([own.certificate], to: path)
        return .authorities(file: path)
    }
}

/// A certificate and the key to it.
public struct IssuedCertificate: Sendable {
    let leaf: Certificate
    let key: PrivateKey
    let issuers: [Certificate]

    /// A certificate that vouches for itself.
    public static func selfSigned(_ template: CertificateTemplate = .server()) throws -> IssuedCertificate {
        let key = try PrivateKey(template.key)
        return IssuedCertificate(leaf: try Certificate(template, for: key, issuer: nil), key: key, issuers: [])
    }

    /// Writes `name.pem`, with the intermediates unless told otherwise, and `name.key`.
    public func write(
        to directory: TemporaryDirectory,
        as name: String,
        withIssuers: Bool = true,
        passphrase: String? = nil
    ) throws -> TLSIdentity {
        let identity = TLSIdentity(
            certificateFile: directory.path("\(name).pem"),
            keyFile: directory.path("\(name).key")
        )
        try Certificate.write([leaf] + (withIssuers ? issuers : []), to: identity.certificateFile)
        try key.write(to: identity.keyFile, passphrase: passphrase)
        return identity
    }
}
