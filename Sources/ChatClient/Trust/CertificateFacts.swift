internal import ChatCore
public import TLS

/// What a certificate says of itself, for a person to look at.
public struct CertificateFacts: Sendable {
    private let certificate: TLSCertificate
    private let name: TLSPeerName?

    /// How much of what its author wrote is shown.
    private static let (mostNames, longest) = (8, 120)

    /// - Parameter name: what it should be for.
    public init(_ certificate: TLSCertificate, expecting name: TLSPeerName? = nil) {
        self.certificate = certificate
        self.name = name
    }

    /// One fact a line. Whoever made the certificate chose what it says: nobody vouches for it.
    public func lines(on today: CalendarDay) -> [String] {
        var lines = [
            "subject      \(subject)", "for          \(allNames)", "valid        \(from) to \(to)",
        ]
        if to < today { lines.append("             which is over") }
        if from > today { lines.append("             which has not begun") }
        if let missing { lines.append("             it is not for \(missing)") }
        return lines
    }

    /// Clean, and not longer than a person reads.
    public var subject: String { Self.clean(certificate.subject) }

    /// The first names that it is for, as clean.
    public var names: [String] {
        certificate.subjectAlternativeNames.prefix(Self.mostNames).map { Self.clean($0.description) }
    }

    /// How many there are besides.
    public var moreNames: Int { max(0, certificate.subjectAlternativeNames.count - Self.mostNames) }

    public var from: CalendarDay { CalendarDay(seconds: certificate.notBefore) }
    public var to: CalendarDay { CalendarDay(seconds: certificate.notAfter) }

    /// The name that it should be for, if it is not.
    public var missing: TLSPeerName? { name.flatMap { isFor($0) ? nil : $0 } }

    /// The server's key, and how long the certificate holds that this connection was shown, in one line.
    /// - Parameter now: seconds since 1970.
    func summary(at now: Int64) -> String {
        let key = KeyFingerprint(certificate.publicKeyFingerprint).map { "\($0)" } ?? "none that can be read"
        let (left, day) = (certificate.notAfter - now, CalendarDay(seconds: certificate.notAfter))
        let end = left < 0 ? "has expired, on \(day)" : "holds until \(day)"
        return "the server's key: \(key); its certificate \(end)"
            + (left < Self.notice ? ": whoever runs it has to renew it" : "")
    }

    /// As long before its end a certificate is due to be renewed, in seconds: 14 days, as the server has it too.
    private static let notice: Int64 = 14 * 86_400

    private var allNames: String {
        guard !names.isEmpty else { return "no name at all" }
        let shown = names.joined(separator: ", ")
        return moreNames > 0 ? "\(shown) and \(moreNames) more" : shown
    }

    /// As far as a person wants to know: it is OpenSSL that judges.
    private func isFor(_ name: TLSPeerName) -> Bool {
        let wanted = name.description.lowercased()
        return certificate.subjectAlternativeNames.contains { one in
            let one = one.description.lowercased()
            if one == wanted { return true }
            guard one.hasPrefix("*."), let dot = wanted.firstIndex(of: ".") else { return false }
            return wanted[dot...] == one.dropFirst()
        }
    }

    private static func clean(_ text: String) -> String {
        let clean = CleanText(text).string
        return clean.count > longest ? clean.prefix(longest) + "…" : clean
    }
}
