public import ChatCore
public import TLS

/// Why a server is not believed, and what to do about it.
extension ClientError {
    static func explain(_ failure: VerificationFailure, _ expected: TLSPeerName) -> String {
        switch failure.reason {
        case .expired:
            "it has expired; whoever runs the server has to renew it"
        case .notYetValid:
            "it is not valid yet; check this machine's clock"
        case .wrongName:
            "it is not for \(expected); connect by the name that it is for, or give that with --server-name NAME"
        case .unknownAuthority:
            "this machine does not know who signed it (\(failure.text)); if you trust them, give their certificate "
                + "with --ca FILE"
        case .revoked:
            "its authority has taken it back; do not go there until whoever runs the server has a new one"
        case .wrongKey:
            "its key is another one (\(failure.text))"
        case .other:
            "\(failure.text); whoever runs the server has to replace it"
        }
    }

    /// The command that makes the client believe that key all the same; nothing if it is not known.
    static func pinning(_ failure: VerificationFailure, _ endpoint: Endpoint) -> String {
        guard let key = failure.keyToBelieve else { return "" }
        return "; to believe its key all the same, once you know that it is the right one: "
            + "conclave trust add \(HostPort(endpoint)) \(key)"
    }
}

extension VerificationFailure {
    /// The key that a user might know to be the right one all the same; nil if there is none, or nobody should believe it.
    public var keyToBelieve: KeyFingerprint? {
        // What was taken back may be in other hands.
        reason == .revoked ? nil : certificate.flatMap { KeyFingerprint($0.publicKeyFingerprint) }
    }
}

extension KeyChange {
    /// Several lines, for a server that has another key than the one that it is known by.
    func complaint(ofKnown endpoint: Endpoint) -> String {
        let host = HostPort(endpoint)
        return """
            THE KEY OF \(host) HAS CHANGED. Nothing was sent to it.
            \(expected.map(Self.known).joined(separator: "\n"))
              it shows: \(shown?.description ?? "none that can be read")
            Either whoever runs it has changed the key and did not announce that, or somebody sits between you and the \
            server.
            Ask whoever runs it what the fingerprint is now, by another way than through this connection.
            If, and only if, it is the one above:
              conclave trust remove \(host)
              conclave trust add \(host)\(shown.map { " \($0)" } ?? "")
            """
    }

    /// The same where keys were given.
    func complaint(ofGiven endpoint: Endpoint) -> String {
        """
        \(HostPort(endpoint)) DOES NOT HAVE THE KEY THAT --pin OR THE LINK NAMES. Nothing was sent to it.
        \(expected.map { "  to be:    \($0.key)" }.joined(separator: "\n"))
          it shows: \(shown?.description ?? "none that can be read")
        Either the key was changed after the link was made, or somebody sits between you and the server.
        Ask whoever gave you the link or the fingerprint for the new one, by another way than through this connection.
        """
    }

    private static func known(_ pin: KnownPin) -> String {
        let since = pin.added.map { " since \($0)" } ?? ""
        let next = pin.next.map { next in
            "\n  next:     \(next.key), announced\(next.learned.map { " on \($0)" } ?? "")"
        }
        return "  known:    \(pin.key)\(since)\(next ?? "")"
    }
}
