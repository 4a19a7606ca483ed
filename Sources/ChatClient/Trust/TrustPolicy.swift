public import ChatCore
public import TLS

/// What its user says about whom to believe.
public struct TrustPolicy: Sendable, Equatable {
    /// Keys that were given with the server, by its user or in a link. If there are any, they decide alone.
    public var pins: [KeyFingerprint]
    /// Who is asked about a server of which no key is known.
    public var authority: TLSTrust

    public init(pins: [KeyFingerprint] = [], authority: TLSTrust = .system) {
        self.pins = pins
        self.authority = authority
    }

    /// What decides about a server: the keys that were given, else those that are known, else the authority.
    ///
    /// Where there is a key, it decides alone: no authority can say otherwise, and names and dates are not looked at.
    public func basis(for host: HostPort, in known: KnownHosts) -> TrustBasis {
        if !pins.isEmpty { return .given(pins) }
        // Who wants to believe anybody wants no refusal either.
        if authority == .dangerouslyAcceptAny { return .authority(authority) }
        return known[host].map { .known($0) } ?? .authority(authority)
    }
}

/// What decides about one server.
public enum TrustBasis: Sendable, Equatable {
    /// Keys that were given with it.
    case given([KeyFingerprint])
    /// Keys that it is known by, and those that it has announced.
    case known(KnownHost)
    case authority(TLSTrust)

    /// What is checked inside the handshake, before anything of ours leaves.
    var tls: TLSTrust {
        switch self {
        case .given(let pins): .pins(pins.map(\.bytes))
        case .known(let host): .pins(host.pins.flatMap { [$0.key] + ($0.next.map { [$0.key] } ?? []) }.map(\.bytes))
        case .authority(let trust): trust
        }
    }

    /// What it means that a server was not believed.
    func refusal(
        _ failure: VerificationFailure,
        of endpoint: Endpoint,
        expecting name: TLSPeerName
    ) -> TrustRefusal {
        let shown = failure.certificate.flatMap { KeyFingerprint($0.publicKeyFingerprint) }
        switch self {
        case .given(let pins):
            return .final(.wrongKey(endpoint, KeyChange(expected: pins.map { KnownPin($0) }, shown: shown)))
        case .known(let host):
            return .final(.changedKey(endpoint, KeyChange(expected: host.pins, shown: shown)))
        case .authority:
            let error = ClientError.untrusted(endpoint, expected: name, failure)
            // Of an authority that is known, it is the certificate that is wrong.
            guard failure.reason == .unknownAuthority, let certificate = failure.certificate, let shown else {
                return .final(error)
            }
            let question = TrustQuestion(endpoint, expecting: name, certificate, shown, because: failure.text)
            return .question(question, orElse: error)
        }
    }
}

/// What is to be done about a server that was not believed.
enum TrustRefusal: Sendable, Equatable {
    case final(ClientError)
    /// Its user may know better; if nobody is there to be asked, it is `orElse`.
    case question(TrustQuestion, orElse: ClientError)
}
