internal import ChatCore
internal import TLS

/// The key that a server says will come after the one it has, and its word for it: signatures by that very key.
struct NextKey: Sendable, Equatable {
    struct Signature: Sendable, Equatable {
        /// `HOST:PORT`, as ``HostPort`` writes it.
        let host: String
        /// The key that it has now.
        let old: KeyFingerprint
        let bytes: [UInt8]
    }

    enum Verdict: Sendable, Equatable {
        case good
        /// It is not signed by that key.
        case forged
        /// Nothing is signed for that host, with the key that it has now.
        case notForHost
    }

    let key: KeyFingerprint
    /// The DER of its SubjectPublicKeyInfo.
    let publicKey: [UInt8]
    let signatures: [Signature]

    /// - Parameter old: the key that this connection was made with.
    func verdict(for host: HostPort, after old: KeyFingerprint) -> Verdict {
        guard let signature = signatures.first(where: { $0.host == host.description && $0.old == old }) else {
            return .notForHost
        }
        guard KeyFingerprint(TLSKey.fingerprint(of: publicKey)) == key,
            TLSKey.verify(signature.bytes, of: Self.statement(host, old, key), by: publicKey)
        else { return .forged }
        return .good
    }

    /// What is signed.
    static func statement(_ host: HostPort, _ old: KeyFingerprint, _ new: KeyFingerprint) -> [UInt8] {
        Array("conclave-next-key/1\n\(host)\n\(old)\n\(new)\n".utf8)
    }
}
