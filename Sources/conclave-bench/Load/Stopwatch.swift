/// Time that passes, and the CPU time of server and load in it.
struct Stopwatch {
    /// All in seconds.
    struct Lap: Equatable {
        var elapsed: Double
        /// CPU time of the server; nil if it cannot be known.
        var server: Double?
        /// CPU time of the thread that measures.
        var load: Double
    }

    private let meter: ServerMeter
    private let start: UInt64
    private let server: Double?
    private let load: Double

    /// Starts now.
    init(_ meter: ServerMeter) {
        self.meter = meter
        server = meter.processorTime
        load = ServerMeter.ownThreadTime
        start = MonotonicClock.now
    }

    /// What has passed since the start.
    func read() -> Lap {
        let elapsed = Double(MonotonicClock.now - start) / 1e9
        let used = meter.processorTime.flatMap { now in server.map { now - $0 } }
        return Lap(elapsed: elapsed, server: used, load: ServerMeter.ownThreadTime - load)
    }
}

extension Stopwatch.Lap {
    /// The server's CPU time for each of `count` things, in microseconds.
    func serverMicroseconds(per count: Int) -> Double? {
        count > 0 ? server.map { $0 * 1e6 / Double(count) } : nil
    }
}
