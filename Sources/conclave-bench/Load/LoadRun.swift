/// One load, from the first connection until the last is gone.
struct LoadRun {
    private let plan: LoadPlan
    private let meter: ServerMeter
    private let crowd: Crowd

    init(_ plan: LoadPlan, against address: SocketAddress, measuredBy meter: ServerMeter) throws {
        self.plan = plan
        self.meter = meter
        crowd = try Crowd(plan, connectingTo: address)
    }

    /// Runs all phases on the calling thread.
    /// - Throws: ``BenchError``, if nobody gets in or nothing happens any more.
    func run() throws -> LoadReport {
        var report = LoadReport()
        report.isServerInProcess = meter == .inProcess
        let before = meter.residentKiB
        let connections: Int
        if case .visits(let waitsForWelcome) = plan.activity {
            report.visits = try Visits(plan.clients, waitsForWelcome, crowd, meter).run()
            connections = plan.clients
        } else {
            report.connect = try connect()
            settle()
            connections = crowd.members + crowd.stopped
            report.idle = memory(over: before, per: connections)
            if plan.activity == .talk {
                let talk = Talk(plan, crowd, meter)
                report.talk = talk.run()
                report.faults.lost = talk.lost
            }
            leave()
        }
        // A server that has seen a crowd go may take a moment until it gives its memory back.
        settle(atLeast: connections >= Self.crowd ? 3 : 0)
        report.left = memory(over: before, per: connections)
        report.faults.outOfOrder = crowd.hearing.tally.outOfOrder
        report.faults.doubled = crowd.hearing.tally.doubled
        report.faults.missedNotices = crowd.hearing.missedNotices
        report.faults.connectionsLost = crowd.lostMembers.count
        return report
    }

    private func connect() throws -> LoadReport.Connect {
        let members = (0..<plan.clients).lazy.map { LoadClient.Role.member($0) }
        let roles = (Array(members) + Array(repeating: .stopped, count: plan.stopped))[...]
        let watch = Stopwatch(meter)
        try enter(roles)
        let lap = watch.read()
        let count = crowd.members + crowd.stopped
        guard count > 0 else { throw BenchError.nobodyConnected(reason: crowd.firstFailure ?? "no reason given") }
        return LoadReport.Connect(
            clients: count,
            failed: crowd.failedHandshakes,
            seconds: lap.elapsed,
            handshakesPerSecond: Double(count) / lap.elapsed,
            serverMicrosecondsPerHandshake: lap.serverMicroseconds(per: count)
        )
    }

    /// So many handshakes are in flight at any time.
    private func enter(_ roles: ArraySlice<LoadClient.Role>) throws {
        var roles = roles
        var patience = Patience()
        while !roles.isEmpty || crowd.handshaking > 0 {
            while crowd.handshaking < plan.handshakesInFlight, let role = roles.popFirst() {
                try crowd.connect(as: role)
            }
            crowd.pump(nanoseconds: 100_000_000)
            guard !patience.isOver(crowd.members + crowd.stopped + crowd.failedHandshakes) else {
                throw BenchError.stalled(phase: "connect", seconds: Int(LoadPlan.patience))
            }
        }
    }

    /// Waits until nothing has come for a while: who enters is announced to all, and that takes its time.
    /// So many connections are a crowd.
    private static let crowd = 5000

    private func settle(atLeast seconds: Double = 0) {
        var quiet = Patience(seconds: max(plan.settle, seconds))
        var patience = Patience()
        while !quiet.isOver(crowd.hearing.bytes), !patience.isOver(0) { crowd.pump(nanoseconds: 10_000_000) }
    }

    /// All leave at once. Whoever gets no answer for five seconds is closed without.
    private func leave() {
        for client in crowd.clients { crowd.leave(client) }
        var patience = Patience(seconds: 5)
        while crowd.leaving > 0, !patience.isOver(crowd.leaving) { crowd.pump(nanoseconds: 100_000_000) }
        for client in crowd.clients where client.phase != .gone { crowd.drop(client) }
        crowd.clear()
    }

    private func memory(over before: Int?, per connections: Int) -> LoadReport.Memory {
        let now = meter.residentKiB
        let more = now.flatMap { now in before.map { Double(now - $0) / Double(max(1, connections)) } }
        return LoadReport.Memory(serverResidentKiB: now, kibPerConnection: more)
    }
}
