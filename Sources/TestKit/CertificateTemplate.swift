public import TLS

/// An extension that a certificate normally has, and that a test may leave out.
public enum CertificateExtension: Sendable {
    case basicConstraints, keyUsage, extendedKeyUsage, alternativeNames, subjectKeyIdentifier, authorityKeyIdentifier
}

/// What a certificate is to say. The default is a good server certificate for this machine.
public struct CertificateTemplate: Sendable {
    /// The localhost of both address families.
    public static let localhost: [TLSPeerName] = [.dns("localhost"), .ip("127.0.0.1"), .ip("::1")]

    public var commonName = "localhost"
    public var names = CertificateTemplate.localhost
    /// Seconds from now: an hour ago until in thirty days. The hour is for clocks that disagree.
    public var validity: ClosedRange<Int> = -3_600...2_592_000
    public var key = KeyKind.p256
    public var extendedKeyUsage = "serverAuth"
    public var isAuthority = false
    /// Whether basicConstraints is marked critical, which RFC 5280 demands of authorities.
    public var hasCriticalConstraints = true
    public var omitted: Set<CertificateExtension> = []

    public init() {}

    /// A server certificate for these names.
    public static func server(
        names: [TLSPeerName] = localhost,
        validity: ClosedRange<Int> = CertificateTemplate().validity,
        key: KeyKind = .p256
    ) -> CertificateTemplate {
        var template = CertificateTemplate()
        template.names = names
        template.validity = validity
        template.key = key
        return template
    }

    /// A client's certificate for this name.
    public static func client(
        name: String = "Ada",
        validity: ClosedRange<Int> = CertificateTemplate().validity,
        key: KeyKind = .p256
    ) -> CertificateTemplate {
        var template = CertificateTemplate()
        template.commonName = name
        template.validity = validity
        template.key = key
        template.extendedKeyUsage = "clientAuth"
        template.omitted = [.alternativeNames]
        return template
    }

    /// A certificate that may sign others.
    public static func authority(name: String) -> CertificateTemplate {
        var template = CertificateTemplate()
        template.commonName = name
        template.isAuthority = true
        template.omitted = [.extendedKeyUsage, .alternativeNames]
        return template
    }

    /// The same without some of its extensions.
    public func without(_ extensions: CertificateExtension...) -> CertificateTemplate {
        var template = self
        template.omitted.formUnion(extensions)
        return template
    }
}
