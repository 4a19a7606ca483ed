internal import NIOCore

/// Notices that a member has said nothing for too long.
///
/// Its timer is set anew only when it goes off, so a member that speaks costs a glance at the clock.
final class Silence {
    private let limit: TimeAmount
    private let loop: any EventLoop
    private let tooLong: () -> Void
    private var heardAt: UInt64
    private var timer: Scheduled<Void>?

    /// - Parameter tooLong: called at most once, on `loop`.
    init(limit: Duration, loop: any EventLoop, tooLong: @escaping () -> Void) {
        self.limit = TimeAmount(limit)
        self.loop = loop
        self.tooLong = tooLong
        heardAt = loop.now.uptimeNanoseconds
        setTimer(self.limit)
    }

    func isBroken(now: UInt64) {
        heardAt = now
    }

    func end() {
        timer?.cancel()
    }

    private func setTimer(_ time: TimeAmount) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: time) { bound.value.look() }
    }

    private func look() {
        let left = limit - (loop.now - .uptimeNanoseconds(heardAt))
        if left > .zero { setTimer(left) } else { tooLong() }
    }
}
