internal import ChatCore
internal import ChatWire
internal import TLS

/// How long the certificates of a server hold: of the one that ends first.
public struct CertificateStatus: Sendable, Equatable {
    /// The host that it is for, if it is for one only.
    public let host: String?
    /// Where it is.
    public let file: String
    /// When it ends, in seconds since 1970.
    public let end: Int64
    /// How long it is until then; negative once it has expired.
    public let secondsLeft: Int64

    /// From how many seconds before the end on it is due to be renewed: 14 days.
    public static let notice: Int64 = 14 * 86_400

    /// - Returns: nil if there is no certificate.
    init?(of context: TLSContext, at now: Int64) {
        guard let first = context.shown.min(by: { $0.certificate.notAfter < $1.certificate.notAfter }) else {
            return nil
        }
        host = first.host
        file = first.file
        end = first.certificate.notAfter
        secondsLeft = end - now
    }

    public var isExpired: Bool { secondsLeft < 0 }
    public var isDue: Bool { secondsLeft < Self.notice }
}

extension CertificateStatus: CustomStringConvertible {
    /// A line for members: it names no file.
    public var description: String {
        let subject = "the server's certificate" + (host.map { " for \($0)" } ?? "")
        let days = secondsLeft / 86_400
        let left = days == 0 ? "less than a day" : days == 1 ? "1 day" : "\(days) days"
        if isExpired { return "\(subject) has expired, on \(end.date): it has to be renewed" }
        return "\(subject) holds until \(end.date), \(left)" + (isDue ? ": it has to be renewed" : "")
    }
}

extension Int64 {
    /// The date of seconds since 1970, in UTC.
    var date: String {
        // What no calendar has is as far away as a date can be.
        let (milliseconds, overflow) = multipliedReportingOverflow(by: 1000)
        return String(Timestamp(milliseconds: overflow ? (self < 0 ? .min : .max) : milliseconds).iso8601.prefix(10))
    }
}

extension KeyFingerprint {
    /// The text of some SHA-256; nothing for what is none.
    static func text(_ bytes: [UInt8]) -> String { KeyFingerprint(bytes)?.description ?? "" }
}
