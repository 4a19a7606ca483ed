public import ChatCore
public import TLS

/// A server that nobody vouches for, shown to its user before anything was sent to it.
public struct TrustQuestion: Sendable, Equatable {
    public let endpoint: Endpoint
    /// What its certificate should be for.
    public let name: TLSPeerName
    public let certificate: TLSCertificate
    /// The key that is kept if the answer is yes.
    public let key: KeyFingerprint
    /// Why the authority does not vouch for it.
    public let reason: String

    public init(
        _ endpoint: Endpoint,
        expecting name: TLSPeerName,
        _ certificate: TLSCertificate,
        _ key: KeyFingerprint,
        because reason: String
    ) {
        self.endpoint = endpoint
        self.name = name
        self.certificate = certificate
        self.key = key
        self.reason = reason
    }

    /// What to show, line by line: clean, whatever the certificate says.
    public func lines(on today: CalendarDay) -> [String] {
        [
            "The server \(endpoint) is not known, and nobody this machine trusts vouches for it (\(reason)).",
            "Nothing was sent to it.",
            "",
            "  fingerprint  \(key)",
        ] + facts.lines(on: today).map { "  \($0)" } + [
            "",
            "Whoever runs the server can say whether that is its fingerprint: conclaved prints it when it starts.",
        ]
    }

    /// What the certificate says.
    public var facts: CertificateFacts { CertificateFacts(certificate, expecting: name) }

    /// What to ask then, and again as long as the answer is ``TrustAnswer/unclear``.
    public static let prompt = "Believe it from now on? Type yes, no, or the fingerprint that you were told: "
}

/// What a user says to a ``TrustQuestion``.
public enum TrustAnswer: Sendable, Equatable {
    case yes, no
    /// The fingerprint that was typed is another one.
    case otherKey
    /// It is to be asked again.
    case unclear

    /// - Parameter text: what was typed.
    public init(_ text: String, to key: KeyFingerprint) {
        let word = text.filter { !$0.isWhitespace }.lowercased()
        let isHexadecimal = word.utf8.allSatisfy {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        switch word {
        case "yes", "是": self = .yes
        case "no", "n", "否": self = .no
        case _ where word.hasPrefix("sha256:"): self = KeyFingerprint(word) == key ? .yes : .otherKey
        // Without what stands before it, and never just a part of it: many keys begin alike, if one tries for long enough.
        case _ where isHexadecimal && word.utf8.count >= 16:
            self = KeyFingerprint("sha256:" + word) == key ? .yes : .otherKey
        default: self = .unclear
        }
    }
}
