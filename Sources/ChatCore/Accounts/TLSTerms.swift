/// What the two ends of a TLS session have agreed on, in OpenSSL's words.
///
/// An object, because thousands of connections agree on the same and can share one.
public final class TLSTerms: Sendable {
    /// Such as `TLSv1.3`.
    public let version: String
    /// Such as `TLS_AES_128_GCM_SHA256`.
    public let cipher: String
    /// That of the key exchange, such as `X25519`.
    public let group: String

    public init(version: String, cipher: String, group: String) {
        (self.version, self.cipher, self.group) = (version, cipher, group)
    }
}

extension TLSTerms: Hashable, CustomStringConvertible {
    public static func == (one: TLSTerms, other: TLSTerms) -> Bool {
        one.version == other.version && one.cipher == other.cipher && one.group == other.group
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(version)
        hasher.combine(cipher)
        hasher.combine(group)
    }

    /// `TLSv1.3, TLS_AES_128_GCM_SHA256, X25519`.
    public var description: String { "\(version), \(cipher), \(group)" }
}
