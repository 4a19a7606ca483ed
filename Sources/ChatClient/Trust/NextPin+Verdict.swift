internal import ChatCore
internal import ChatWire
internal import TLS

extension NextPin {
    /// What an announcement is worth to one who has connected to `host` and found the key `old` there.
    enum Verdict: Sendable, Equatable {
        case good
        /// It is not signed by that key.
        case forged
        /// Nothing is signed for that host, with the key that it has now.
        case notForHost
    }

    /// - Parameter old: the key that this connection was made with.
    func verdict(for host: HostPort, after old: KeyFingerprint) -> Verdict {
        guard let signature = signature(host: host.description, old: old) else { return .notForHost }
        let statement = Self.statement(host: host.description, old: old, new: pin)
        guard KeyFingerprint(TLSKey.fingerprint(of: key)) == pin, TLSKey.verify(signature, of: statement, by: key)
        else {
            return .forged
        }
        return .good
    }
}
