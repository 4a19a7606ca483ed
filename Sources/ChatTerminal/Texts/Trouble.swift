public import ChatCore

/// Something that went wrong outside of this target: with the connection, or with what was asked for.
///
/// Its English words are those of whoever has found it out, and stand there: for the languages into which they are not put
/// here, and for what is not known here. Whoever connects makes these values of its own errors.
public struct Trouble: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The server has not done it. By its code in conclave/1, and how long to wait.
        case refused(code: String, seconds: Int?)
        /// The connection was lost before the answer came.
        case interrupted
        case closed
        case cancelled
        case unread
        case answerNotUnderstood

        case unknownHost(String)
        case refusesConnection(String)
        case timedOut(String)
        case unreachable(String, reason: String)
        /// - Parameter key: of which one could say that it is the right one: `HOST sha256:…`.
        case untrusted(String, Doubt, key: String?)
        case wrongKey(String, KeyFacts)
        case changedKey(String, KeyFacts)
        case notBelieved(String)
        case otherFingerprint(String)
        case knownHosts(reason: String)
        case identity(reason: String)
        case setup(reason: String)
        case hungUpInHandshake(String)
        case noHandshake(String, reason: String)
        case notAdmitted(String, reason: String)
        case cutOff(String)
        case ended(String)
        case notAllSaid
        case noName(String)
        case noEntry(RoomName)
        case noStructuredProtocol(String)
        case silent(String)
        case closing(String, Goodbye, message: String)
        case notUnderstood(String, what: String)
        case givenUp(String)

        /// What has no words here.
        case other
    }

    /// Why nobody believes a certificate.
    public enum Doubt: Sendable, Equatable {
        case expired, notYetValid
        case wrongName(expected: String)
        case unknownAuthority
        case revoked
        case wrongKey(String)
        case other(String)
    }

    /// The keys that a server should have, and the one that it shows.
    public struct KeyFacts: Sendable, Equatable {
        public var expected: [Expected]
        public var shown: String?

        public struct Expected: Sendable, Equatable {
            public var key: String
            /// Days: `2026-11-30`.
            public var since: String?
            public var next, announced: String?

            public init(_ key: String, since: String? = nil, next: String? = nil, announced: String? = nil) {
                (self.key, self.since, self.next, self.announced) = (key, since, next, announced)
            }
        }

        public init(expected: [Expected], shown: String?) {
            (self.expected, self.shown) = (expected, shown)
        }
    }

    /// Why a server ends a connection.
    public enum Goodbye: Sendable, CaseIterable {
        case bye, shutdown, banned, silent, full, removed, takenOver, other
    }

    public let kind: Kind
    /// Of several lines where one is not enough.
    public let english: String

    public init(_ kind: Kind, english: String) {
        (self.kind, self.english) = (kind, english)
    }

    /// What is said in these words, in whatever language.
    public init(_ words: String) { self.init(.other, english: words) }
}
