/// Until when a step may go on, so that an append never waits for it for long.
struct Deadline {
    private let end: ContinuousClock.Instant?

    static let never = Deadline(end: nil)

    private init(end: ContinuousClock.Instant?) {
        self.end = end
    }

    init(in duration: Duration) {
        end = .now + duration
    }

    var hasPassed: Bool {
        if let end { ContinuousClock.now >= end } else { false }
    }
}
