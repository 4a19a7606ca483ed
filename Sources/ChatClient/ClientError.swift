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
    /// The server's key is none of those that were given; nothing was sent to it.
    case wrongKey(Endpoint, KeyChange)
    /// The server's key is none of those that it is known by; nothing was sent to it.
    case changedKey(Endpoint, KeyChange)
    /// The user was asked about the server, and does not believe it; nothing was sent to it.
    case notBelieved(Endpoint)
    /// The fingerprint that the user was told is not the server's; nothing was sent to it.
    case otherFingerprint(Endpoint)
    /// The keys that servers are known by cannot be read or written.
    case knownHosts(path: String, String)
    /// The client's own key cannot be read or made.
    case identity(path: String, String)
    /// An authority's certificate or the like cannot be used.
    case setup(TLSError)
    /// What answered did not complete a TLS handshake with us.
    case noHandshake(Endpoint, TLSError)
    /// The server wants a certificate of those who come, and took none or another one for an answer.
    case notAdmitted(Endpoint, TLSAlert)
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
        case .untrusted, .wrongKey, .changedKey, .notBelieved, .otherFingerprint, .knownHosts: true
        case .identity, .setup: true
        case .notAdmitted, .noStructuredProtocol, .noName, .noEntry, .notAllSaid, .givenUp: true
        // Whoever has taken over would be taken over again, and so on; and who is put out comes again if its user wants to.
        case .closing(_, let closing): [.banned, .removed, .takenOver].contains(closing.reason)
        case .unknownHost, .refused, .timedOut, .unreachable, .noHandshake, .cutOff, .ended, .silent, .notUnderstood:
            false
        }
    }
}

extension ClientError: CustomStringConvertible {
    /// What happened, and what to do: in one line, but for a key that has changed, which nobody shall overlook.
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
                + Self.pinning(failure, endpoint)
        case .wrongKey(let endpoint, let change): return change.complaint(ofGiven: endpoint)
        case .changedKey(let endpoint, let change): return change.complaint(ofKnown: endpoint)
        case .notBelieved(let endpoint):
            return "\(endpoint) is not believed, so nothing was sent to it"
        case .otherFingerprint(let endpoint):
            return
                "\(endpoint) shows another key than the one that you were told, so nothing was sent to it; ask again what "
                + "its fingerprint is, and if it is not this one, somebody sits between you and the server"
        case .knownHosts(_, let problem):
            return "who is known cannot be looked up: \(problem)"
        case .identity(_, let problem):
            return "your own key cannot be used: \(problem)"
        case .setup(let error):
            return "\(error)"
        case .noHandshake(let endpoint, .truncated):
            return "\(endpoint) hung up during the TLS handshake; does conclaved listen on that port?"
        case .noHandshake(let endpoint, let error):
            return "no TLS with \(endpoint): \(error); does conclaved listen on that port?"
        case .notAdmitted(let endpoint, let alert):
            return
                "\(endpoint) lets nobody in without a certificate that it accepts (\(alert.text)); ask whoever runs it for "
                + "one, and give that and its key, in one file, with --identity FILE"
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
}
