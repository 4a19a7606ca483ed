/// When the messages of an open loop are due: at even intervals from the start, however the server does.
struct Schedule {
    private let start: UInt64
    private let rate: Double
    private var count: UInt64 = 0

    /// - Parameters:
    ///   - start: when the first is due, in nanoseconds.
    ///   - rate: messages a second.
    init(start: UInt64, rate: Double) {
        self.start = start
        self.rate = rate
    }

    /// When the next message is due. It is counted for each anew, so that no rounding adds up.
    var next: UInt64 { start + UInt64(Double(count) * 1e9 / rate) }

    /// Takes the next message, if it is due.
    /// - Returns: when it was due. A load that is late says that time all the same, or its own delay would go unseen.
    mutating func take(at now: UInt64) -> UInt64? {
        let due = next
        guard due <= now else { return nil }
        count += 1
        return due
    }
}
