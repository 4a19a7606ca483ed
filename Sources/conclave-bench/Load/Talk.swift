/// The talking phase of a load: some members speak, all listen.
final class Talk {
    private let plan: LoadPlan
    private let crowd: Crowd
    private let meter: ServerMeter
    private var message: Message
    /// The last sequence number of each sender.
    private var sequences: [UInt32]
    private var turn = 0
    private var sent = 0
    /// Deliveries that what was sent should make.
    private var expected = 0
    /// How many of the crowd's lost members are no longer waited for. Nothing was ever expected for those who were lost
    /// before the talking.
    private var forgotten: Int

    init(_ plan: LoadPlan, _ crowd: Crowd, _ meter: ServerMeter) {
        (self.plan, self.crowd, self.meter) = (plan, crowd, meter)
        sequences = Array(repeating: 0, count: plan.senders)
        forgotten = crowd.lostMembers.count
        let burst = if case .closed(_, let burst) = plan.pace { burst } else { 1 }
        message = Message(size: plan.size, count: burst)
    }

    /// Talks, and waits for what was said to be heard.
    func run() -> LoadReport.Talk {
        let start = MonotonicClock.now
        switch plan.length {
        case .time(let warmup, let duration):
            let begin = start + MonotonicClock.nanoseconds(warmup)
            var pacer = Pacer(plan.pace, start: start)
            talk(&pacer) { MonotonicClock.now < begin }
            let measurement = Measurement(self)
            let end = MonotonicClock.now + MonotonicClock.nanoseconds(duration)
            talk(&pacer) { MonotonicClock.now < end }
            let report = measurement.end(self)
            drain(patience: 5)
            return report
        case .messages(let count):
            let measurement = Measurement(self)
            var pacer = Pacer(plan.pace, start: start, limit: count)
            talk(&pacer) { self.sent < count && self.nextSender != nil }
            drain(patience: LoadPlan.patience)
            return measurement.end(self)
        }
    }

    /// Deliveries that never came. Those to members whose connection was lost do not count.
    var lost: Int { expected - crowd.hearing.tally.delivered }

    private var outstanding: Int { expected - crowd.hearing.tally.settled }

    private func talk(_ pacer: inout Pacer, while isTime: () -> Bool) {
        while isTime() {
            while let sender = nextSender,
                let (lines, time) = pacer.next(
                    at: MonotonicClock.now,
                    outstanding: outstanding,
                    receivers: crowd.members,
                    sent: sent
                )
            {
                speak(lines, as: sender, at: time)
            }
            crowd.pump(nanoseconds: pacer.pause(at: MonotonicClock.now))
            forgetTheLost()
        }
    }

    /// Waits until all has been heard, or nothing has come for so many seconds.
    private func drain(patience seconds: Double) {
        var patience = Patience(seconds: seconds)
        while outstanding > 0, !patience.isOver(outstanding) {
            crowd.pump(nanoseconds: 50_000_000)
            forgetTheLost()
        }
    }

    /// The sender whose turn it is: the next one that is still there.
    private var nextSender: Int? {
        (turn..<turn + plan.senders).lazy.map { $0 % self.plan.senders }
            .first { self.crowd.clients[$0].phase == .inside }
    }

    /// Lets a sender say so many lines at once.
    private func speak(_ lines: Int, as sender: Int, at time: UInt64) {
        turn = sender + 1
        for index in 0..<lines {
            sequences[sender] += 1
            let stamp = Stamp(sender: UInt16(sender), sequence: sequences[sender], nanoseconds: time)
            message.stamp(index, stamp)
        }
        sent += lines
        expected += lines * crowd.members
        message.withLines(lines) { crowd.say($0, as: crowd.clients[sender]) }
    }

    private func forgetTheLost() {
        while forgotten < crowd.lostMembers.count {
            expected -= crowd.hearing.tally.outstanding(of: crowd.lostMembers[forgotten], sent: sequences)
            forgotten += 1
        }
    }
}

extension Talk {
    /// What is counted while it is measured.
    private struct Measurement {
        private let watch: Stopwatch
        private let sent: Int
        private let delivered: Int
        private let bytes: Int

        init(_ talk: Talk) {
            talk.crowd.hearing.isMeasuring = true
            (sent, delivered, bytes) = (talk.sent, talk.crowd.hearing.tally.delivered, talk.crowd.hearing.bytes)
            watch = Stopwatch(talk.meter)
        }

        func end(_ talk: Talk) -> LoadReport.Talk {
            let lap = watch.read()
            talk.crowd.hearing.isMeasuring = false
            let hearing = talk.crowd.hearing
            var report = LoadReport.Talk()
            report.seconds = lap.elapsed
            report.sent = talk.sent - sent
            report.delivered = hearing.tally.delivered - delivered
            report.sentPerSecond = Double(report.sent) / lap.elapsed
            report.deliveriesPerSecond = Double(report.delivered) / lap.elapsed
            report.bytesPerSecond = Double(hearing.bytes - bytes) / lap.elapsed
            report.latency = hearing.latency
            report.serverMicrosecondsPerDelivery = lap.serverMicroseconds(per: report.delivered)
            report.serverCores = lap.server.map { $0 / lap.elapsed }
            report.loadCores = lap.load / lap.elapsed
            report.serverResidentKiB = talk.meter.residentKiB
            return report
        }
    }
}
