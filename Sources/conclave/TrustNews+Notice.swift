import ChatClient
import ChatCore
import ChatTerminal
import TLS

/// What is known of a server as a user is told of it, in whatever language.
extension TrustNews {
    init(_ notice: TrustNotice) {
        let kind: Kind =
            switch notice {
            case .kept(let host, let key): .kept(server: "\(host)", key: "\(key)")
            case .expired(let endpoint, let day): .expired(server: "\(endpoint)", day: "\(day)")
            case .nextLearned(let host, let key): .nextLearned(server: "\(host)", key: "\(key)")
            case .nextUsed(let host, let old, let key):
                .nextUsed(
                    server: "\(host)",
                    key: "\(key)",
                    old: "\(old.key)",
                    announced: old.next?.learned?.description
                )
            case .nextForged(let host): .nextForged(server: "\(host)")
            case .nextNotForHost(let host): .nextNotForHost(server: "\(host)")
            case .notKept(let reason): .notKept(reason: reason)
            case .guestOverTLS12(let endpoint): .guestOverTLS12(server: "\(endpoint)")
            }
        self.init(kind, english: "\(notice)")
    }
}

extension TrustGround {
    /// - Parameter key: the one that the server has shown.
    init(_ basis: TrustBasis, showing key: KeyFingerprint?) {
        switch basis {
        case .given: self = .pin
        case .authority(.dangerouslyAcceptAny): self = .anybody
        case .authority(.authorities(let file)): self = .authority(file: file)
        case .authority(.pins): self = .pin
        case .authority(.system): self = .authority(file: nil)
        case .known(let host):
            if let pin = host.pins.first(where: { $0.key == key }) {
                self = .known(since: pin.added?.description)
            } else if let pin = host.pins.first(where: { $0.next?.key == key }) {
                self = .announced(on: pin.next?.learned?.description)
            } else {
                self = .known(since: nil)
            }
        }
    }
}

extension UnknownServer {
    init(_ question: TrustQuestion, on today: CalendarDay) {
        let facts = question.facts
        self.init(
            server: "\(question.endpoint)",
            fingerprint: "\(question.key)",
            subject: facts.subject,
            names: facts.names,
            moreNames: facts.moreNames,
            from: "\(facts.from)",
            to: "\(facts.to)",
            isOver: facts.to < today,
            hasNotBegun: facts.from > today,
            missing: facts.missing?.description
        )
    }
}

extension Trouble.Doubt {
    init(_ failure: VerificationFailure, expecting name: String) {
        self =
            switch failure.reason {
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .wrongName: .wrongName(expected: name)
            case .unknownAuthority: .unknownAuthority
            case .revoked: .revoked
            case .wrongKey: .wrongKey(failure.text)
            case .other: .other(failure.text)
            }
    }
}
