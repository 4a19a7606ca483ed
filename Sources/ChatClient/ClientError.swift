public import ChatCore
public import ChatWire
public import TLS

/// Why a client is not in the room, or no longer.
public enum ClientError: Error, Sendable, Equatable {
    case unknownHost(String)
    case refused(Endpoint)
    case timedOut(Endpoint)
    case unreachable(Endpoint, String)
    /// The server's certificate was not accepted; nothing was sent to it.
    case untrusted(Endpoint, expected: TLSPeerName, VerificationFailure)
    /// What answered did not complete a TLS handshake with us.
    case noHandshake(Endpoint, TLSError)
    /// The connection was lost without close_notify.
    case cutOff(Endpoint)
    /// The server ended the connection properly, but we had not asked to leave.
    case ended(Endpoint)
    /// The server refused some of what was to be said, and said why.
    case notAllSaid
    /// The name that was asked for is not to be had, and so nothing was said.
    case noName(Nickname)
    /// The room that was asked for cannot be entered, and so nothing was said.
    case noEntry(RoomName)
    /// What answered does not speak conclave/1.
    case noStructuredProtocol(Endpoint)
    /// Nothing has come for a while, and a question was not answered.
    case silent(Endpoint)
    /// The server ended the connection, and said why.
    case closing(Endpoint, Closing)
    /// The server sent what conclave/1 does not know.
    case notUnderstood(Endpoint, String)
    /// The task that connected was cancelled.
    case givenUp(Endpoint)
}

extension ClientError {
    /// Whether trying again would lead to the same, or do harm.
    var isFinal: Bool {
        switch self {
        case .untrusted, .noStructuredProtocol, .noName, .noEntry, .notAllSaid, .givenUp: true
        // Whoever has taken over would be taken over again, and so on; and who is put out comes again if its user wants to.
        case .closing(_, let closing): [.banned, .removed, .takenOver].contains(closing.reason)
        case .unknownHost, .refused, .timedOut, .unreachable, .noHandshake, .cutOff, .ended, .silent, .notUnderstood:
            false
        }
    }
}

extension ClientError: CustomStringConvertible {
    /// One line: what happened, and what to do.
    public var description: String {
        switch self {
        case .unknownHost(let host):
            return "there is no host called \(host); check the spelling"
        case .refused(let endpoint):
            return "\(endpoint) refuses the connection; is conclaved running there, on that port?"
        case .timedOut(let endpoint):
            return "\(endpoint) does not answer; check the address, and firewalls on the way"
        case .unreachable(let endpoint, let reason):
            return "\(endpoint) cannot be reached: \(reason); check the network"
        case .untrusted(let endpoint, let expected, let failure):
            return "the certificate of \(endpoint) is not accepted: \(Self.explain(failure, expected))"
        case .noHandshake(let endpoint, .truncated):
            return "\(endpoint) hung up during the TLS handshake; does conclaved listen on that port?"
        case .noHandshake(let endpoint, let error):
            return "no TLS with \(endpoint): \(error); does conclaved listen on that port?"
        case .cutOff(let endpoint):
            return "the connection to \(endpoint) was cut off; what came last may be missing"
        case .ended(let endpoint):
            return "\(endpoint) ended the connection"
        case .notAllSaid:
            return "the server did not take all that was said; its answers say why"
        case .noName(let name):
            return "the name \(name) is not to be had, so nothing was said; the server's answer says why"
        case .noEntry(let room):
            return "\(room) cannot be entered, so nothing was said; the server's answer says why"
        case .noStructuredProtocol(let endpoint):
            return "\(endpoint) does not speak conclave/1; is its conclaved older than this client?"
        case .silent(let endpoint):
            return "nothing has come from \(endpoint) for too long; check the network"
        case .closing(let endpoint, let closing):
            return "\(endpoint) ended the connection: \(CleanText(closing.message).string) (\(closing.reason.rawValue))"
        case .notUnderstood(let endpoint, let what):
            return "\(endpoint) sent what is not understood: \(what); is its conclaved newer than this client?"
        case .givenUp(let endpoint):
            return "connecting to \(endpoint) was given up"
        }
    }

    private static func explain(_ failure: VerificationFailure, _ expected: TLSPeerName) -> String {
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
        case .wrongKey:
            "its key is not the pinned one; if it was not changed on purpose, somebody is between you and the server"
        case .revoked:
            "its authority has taken it back; whoever runs the server has to replace it"
        case .other:
            "\(failure.text); whoever runs the server has to replace it"
        }
    }
}
