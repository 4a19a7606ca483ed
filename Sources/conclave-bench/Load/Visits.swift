/// Clients that come one after the other: connect, shake hands, hear the first line perhaps, and leave properly, before
/// the next one comes.
struct Visits {
    private let count: Int
    private let waitsForWelcome: Bool
    private let crowd: Crowd
    private let meter: ServerMeter

    init(_ count: Int, _ waitsForWelcome: Bool, _ crowd: Crowd, _ meter: ServerMeter) {
        (self.count, self.waitsForWelcome, self.crowd, self.meter) = (count, waitsForWelcome, crowd, meter)
    }

    func run() throws -> LoadReport.Visits {
        let watch = Stopwatch(meter)
        for _ in 0..<count { try visit() }
        let lap = watch.read()
        guard crowd.failedHandshakes < count else {
            throw BenchError.nobodyConnected(reason: crowd.firstFailure ?? "no reason given")
        }
        return LoadReport.Visits(
            visits: count,
            failed: crowd.failedHandshakes,
            seconds: lap.elapsed,
            visitsPerSecond: Double(count) / lap.elapsed,
            serverMicrosecondsPerVisit: lap.serverMicroseconds(per: count)
        )
    }

    private func visit() throws {
        let client = try crowd.connect(as: .member(0))
        try wait("handshake") { client.phase == .handshaking }
        if waitsForWelcome { try wait("welcome") { client.phase == .inside && !client.hasHeard } }
        crowd.leave(client)
        try wait("leave") { client.phase != .gone }
        crowd.clear()
    }

    private func wait(_ phase: String, while isWaiting: () -> Bool) throws {
        var patience = Patience()
        while isWaiting() {
            crowd.pump(nanoseconds: 100_000_000)
            guard !patience.isOver(0) else {
                throw BenchError.stalled(phase: phase, seconds: Int(LoadPlan.patience))
            }
        }
    }
}
