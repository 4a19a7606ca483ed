/// How often a user is called: what others say decides that somebody is called, and must not decide how often it rings.
///
/// A value without a clock: the time is counted from anywhere.
struct Calls: Sendable {
    /// One bell in that time. Who was called just now is called.
    static let bellTime = Duration.seconds(1)
    /// One notification in that time, with how many there would have been.
    static let alertTime = Duration.seconds(5)

    private var lastBell: Duration?
    private var lastAlert: Duration?
    private var waiting: (alert: Showing.Alert, notification: DesktopNotification)?
    /// Whether the window is in front; nil: the terminal has not said.
    private(set) var isInFront: Bool?

    /// - Returns: whether it is to ring now.
    mutating func bell(at now: Duration) -> Bool {
        if let lastBell, now - lastBell < Self.bellTime { return false }
        lastBell = now
        return true
    }

    /// Who looks at the window needs no notification.
    mutating func notify(_ alert: Showing.Alert, by notification: DesktopNotification) {
        guard isInFront != true else { return }
        var alert = alert
        if let waiting { alert.count += waiting.alert.count }
        waiting = (alert, notification)
    }

    mutating func focus(_ isInFront: Bool) {
        self.isInFront = isInFront
        if isInFront { waiting = nil }
    }

    /// Somebody types, so the window is in front, whatever the terminal has said last.
    mutating func keyPressed() {
        if isInFront != nil { focus(true) }
    }

    /// When a notification is due; nil: never.
    var deadline: Duration? { waiting.map { _ in lastAlert.map { $0 + Self.alertTime } ?? .zero } }

    /// What to write if a notification is due; it may be empty.
    mutating func take(at now: Duration) -> String {
        guard let waiting, let deadline, deadline <= now else { return "" }
        self.waiting = nil
        lastAlert = now
        return waiting.notification.sequence(waiting.alert)
    }
}
