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
        let (from, to) = (CalendarDay(seconds: certificate.notBefore), CalendarDay(seconds: certificate.notAfter))
        var lines = [
            "subject      \(Self.clean(certificate.subject))", "for          \(names)", "valid        \(from) to \(to)",
        ]
        if to < today { lines.append("             which is over") }
        if from > today { lines.append("             which has not begun") }
        if let name, !isFor(name) { lines.append("             it is not for \(name)") }
        return lines
    }

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

    private var names: String {
        let names = certificate.subjectAlternativeNames
        guard !names.isEmpty else { return "no name at all" }
        let shown = names.prefix(Self.mostNames).map { Self.clean($0.description) }.joined(separator: ", ")
        return names.count > Self.mostNames ? "\(shown) and \(names.count - Self.mostNames) more" : shown
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
