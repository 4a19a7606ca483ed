internal import ChatCore
internal import Logging
internal import NIOCore

/// Tells the operator that the log takes nothing, and that it does again.
struct LogTrouble {
    private let logger: Logger
    private var last: LogFailure?
    private var toldAt = NIODeadline.distantPast
    /// The next try.
    var retry: Scheduled<Void>?

    /// How long until the next try.
    static let pause: TimeAmount = .seconds(1)
    /// How often the same is told.
    private static let patience: TimeAmount = .seconds(60)

    init(logger: Logger) {
        self.logger = logger
    }

    mutating func tell(_ failure: LogFailure) {
        let now = NIODeadline.now()
        // Once a minute is enough to be seen, and does not fill what is full already.
        guard failure != last || now > toldAt + Self.patience else { return }
        (last, toldAt) = (failure, now)
        logger.error(
            "what is said cannot be kept, so nothing can be said until it can; trying again every second",
            metadata: ["error": "\(failure)"]
        )
    }

    mutating func isOver() {
        guard last != nil else { return }
        last = nil
        toldAt = .distantPast
        logger.notice("what is said can be kept again")
    }
}
