internal import Logging

/// Says once a day that a certificate is about to end, or has.
struct ExpiryAlarm {
    /// When it was said last, in seconds since 1970.
    private var last: Int64?

    /// - Returns: whether it is to be said now.
    mutating func rings(_ status: CertificateStatus, at now: Int64) -> Bool {
        guard status.isDue else {
            // Whoever renews a certificate is warned of the next one without delay.
            last = nil
            return false
        }
        // A clock that was set back must not keep it quiet.
        if let last, now >= last, now - last < 86_400 { return false }
        last = now
        return true
    }
}

extension CertificateStatus {
    func log(to logger: Logger) {
        logger.warning(
            "\(isExpired ? "a certificate has expired: clients refuse it" : "a certificate is about to expire")",
            metadata: ["file": "\(file)", "until": "\(end.date)", "seconds-left": "\(secondsLeft)"]
        )
    }
}
