public import ChatCore

/// What a user is told about whom it talks to, in one line, while all goes on.
public enum TrustNotice: Sendable, Equatable {
    /// The user has said yes, and the key is kept.
    case kept(HostPort, KeyFingerprint)
    /// The key is the right one, and its certificate is over.
    case expired(Endpoint, CalendarDay)
    /// The server has announced the key that is to come after the one of now.
    case nextLearned(HostPort, KeyFingerprint)
    /// The server has the key now that it had announced.
    case nextUsed(HostPort, old: KnownPin, KeyFingerprint)
    /// What the server announces is not signed by that key.
    case nextForged(HostPort)
    /// What the server announces does not hold for this name of it.
    case nextNotForHost(HostPort)
    /// Something was to be written down, and could not be.
    case notKept(String)
    /// We have a key, and did not show it: TLS 1.2 would show it to everybody on the way.
    case guestOverTLS12(Endpoint)
}

extension TrustNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .kept(let host, let key): "\(host) is known by \(key) from now on; conclave trust list shows all"
        case .expired(let endpoint, let day):
            "the certificate of \(endpoint) was good until \(day); its key is the right one, so this goes on"
        case .nextLearned(let host, let key):
            "\(host) announces its next key, \(key); when it has that one, there is nothing to do"
        case .nextUsed(let host, let old, let key):
            "\(host) has a new key, \(key), as announced\(old.next?.learned.map { " on \($0)" } ?? ""); "
                + "\(old.key) is no good any more"
        case .nextForged(let host):
            "\(host) announces a next key that has not signed for it; that is ignored: tell whoever runs the server"
        case .nextNotForHost(let host):
            "\(host) announces a next key, though not for this name of it; when the key changes, you will be stopped"
        case .notKept(let why): "this could not be written down: \(why)"
        case .guestOverTLS12(let endpoint):
            "\(endpoint) speaks TLS 1.2, which would show your key to everybody on the way, so you are a guest; "
                + "--allow-identity-tls12 shows it"
        }
    }
}
