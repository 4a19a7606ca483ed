import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import TLS

/// The errors of a connection as a user is told of them, in whatever language.
extension Trouble {
    init(_ error: RequestError) {
        let kind: Kind
        switch error {
        case .refused(let error): self = Trouble(error); return
        case .ended(let error?): self = Trouble(error); return
        case .interrupted: kind = .interrupted
        case .ended(nil): kind = .closed
        case .cancelled: kind = .cancelled
        case .unread: kind = .unread
        case .notUnderstood: kind = .answerNotUnderstood
        }
        self.init(kind, english: "\(error)")
    }

    init(_ error: StructuredError) {
        // It has one line, whatever the server sends.
        let message = CleanText(error.message).string
        self.init(.refused(code: error.code.text, seconds: error.seconds), english: message)
    }

    init(_ error: ClientError) {
        self.init(Kind(error), english: Complaint.advice(on: error))
    }
}

extension Trouble.Kind {
    fileprivate init(_ error: ClientError) {
        self =
            switch error {
            case .unknownHost(let host): .unknownHost(host)
            case .refused(let endpoint): .refusesConnection("\(endpoint)")
            case .timedOut(let endpoint): .timedOut("\(endpoint)")
            case .unreachable(let endpoint, let reason): .unreachable("\(endpoint)", reason: reason)
            case .untrusted(let endpoint, let expected, let failure):
                .untrusted(
                    "\(endpoint)",
                    Trouble.Doubt(failure, expecting: "\(expected)"),
                    key: failure.keyToBelieve.map { "\(HostPort(endpoint)) \($0)" }
                )
            case .wrongKey(let endpoint, let change): .wrongKey("\(HostPort(endpoint))", Trouble.KeyFacts(change))
            case .changedKey(let endpoint, let change): .changedKey("\(HostPort(endpoint))", Trouble.KeyFacts(change))
            case .notBelieved(let endpoint): .notBelieved("\(endpoint)")
            case .otherFingerprint(let endpoint): .otherFingerprint("\(endpoint)")
            case .knownHosts(_, let reason): .knownHosts(reason: reason)
            case .identity(_, let reason): .identity(reason: reason)
            case .setup(let error): .setup(reason: "\(error)")
            case .noHandshake(let endpoint, .truncated): .hungUpInHandshake("\(endpoint)")
            case .noHandshake(let endpoint, let error): .noHandshake("\(endpoint)", reason: "\(error)")
            case .notAdmitted(let endpoint, let alert): .notAdmitted("\(endpoint)", reason: alert.text)
            case .cutOff(let endpoint): .cutOff("\(endpoint)")
            case .ended(let endpoint): .ended("\(endpoint)")
            case .notAllSaid: .notAllSaid
            case .noName(let name): .noName(name.text)
            case .noEntry(let room): .noEntry(room)
            case .noStructuredProtocol(let endpoint): .noStructuredProtocol("\(endpoint)")
            case .silent(let endpoint): .silent("\(endpoint)")
            case .closing(let endpoint, let closing):
                .closing("\(endpoint)", Trouble.Goodbye(closing.reason), message: CleanText(closing.message).string)
            case .notUnderstood(let endpoint, let what): .notUnderstood("\(endpoint)", what: what)
            case .givenUp(let endpoint): .givenUp("\(endpoint)")
            }
    }
}

extension Trouble.Goodbye {
    fileprivate init(_ reason: Closing.Reason) {
        self =
            switch reason {
            case .bye: .bye
            case .shutdown: .shutdown
            case .banned: .banned
            case .silent: .silent
            case .full: .full
            case .removed: .removed
            case .takenOver: .takenOver
            case .other: .other
            }
    }
}

extension Trouble.KeyFacts {
    fileprivate init(_ change: KeyChange) {
        let expected = change.expected.map { pin in
            Expected(
                "\(pin.key)",
                since: pin.added?.description,
                next: pin.next?.key.description,
                announced: pin.next?.learned?.description
            )
        }
        self.init(expected: expected, shown: change.shown?.description)
    }
}
