import Histogram

/// All that is noted of what clients hear.
struct Hearing {
    private(set) var tally: Tally
    private(set) var missedNotices = 0
    /// Plaintext of all clients, in bytes.
    private(set) var bytes = 0
    /// Whether latencies are noted.
    var isMeasuring = false

    /// In nanoseconds, to three digits.
    private var latencies = Histogram<UInt64>(highestTrackableValue: 3_600_000_000_000)

    init(receivers: Int, senders: Int) {
        tally = Tally(receivers: receivers, senders: senders)
    }

    /// Takes plaintext that has come for a receiver. The clock is read once for all the lines in it.
    @inline(__always)
    mutating func hear(_ plaintext: RawSpan, with splitter: inout LineSplitter, receiver: Int) {
        let now = MonotonicClock.now
        bytes += plaintext.byteCount
        splitter.feed(plaintext) { line in
            guard let stamp = Stamp(endOf: line) else { return noteNotice(line) }
            tally.note(receiver: receiver, sender: Int(stamp.sender), sequence: stamp.sequence)
            if isMeasuring { latencies.record(now > stamp.nanoseconds ? now - stamp.nanoseconds : 0) }
        }
    }

    var latency: LoadReport.Latency {
        func microseconds(_ percentile: Double) -> Double {
            Double(latencies.valueAtPercentile(percentile)) / 1_000
        }
        return LoadReport.Latency(
            p50: microseconds(50),
            p99: microseconds(99),
            p999: microseconds(99.9),
            max: Double(latencies.max) / 1_000
        )
    }

    private static let notice = Array("* you missed ".utf8)

    private mutating func noteNotice(_ line: RawSpan) {
        if line.withUnsafeBytes({ $0.starts(with: Self.notice) }) { missedNotices += 1 }
    }
}
