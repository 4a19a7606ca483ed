internal import Dispatch
internal import Synchronization

/// When the next step of upkeep is due: soon after something was appended, when no append waits, and never for more than
/// a share of the time.
final class Upkeep: Sendable {
    private struct State {
        var isScheduled = false
        var isClosed = false
        /// Appends that were asked for and are not done.
        var waiting = 0
        /// How often a step has made way for them.
        var deferrals = 0
        /// Whether something was appended since the last step.
        var isBusy = false
    }

    /// After what was appended last; so that what comes in a second is worked on together.
    private static let delay = Duration.milliseconds(200)
    /// After a failure, such as a full disk.
    private static let pauseAfterFailure = Duration.seconds(10)
    /// Steps give way to appends, but so often in a row only, as in a busy chat there may always be one.
    private static let mostDeferrals = 10
    /// How many times as long as a step takes nothing is done after it: where nothing is appended, and where something is,
    /// which keeps all but a thirtieth of the time for itself, and all but a hundredth if only the index of words is left.
    private static let pause = (usual: 3, busy: 29, indexing: 99)

    private static let hour = DispatchTimeInterval.seconds(3600)

    private let state = Mutex(State())
    typealias Completion = @Sendable (Result<Chores.Rest, any Error>) -> Void

    /// Runs a step in the writer's turn, and calls what it is given with what is left.
    private let run: @Sendable (_ completion: @escaping Completion) -> Void

    init(_ run: @escaping @Sendable (_ completion: @escaping Completion) -> Void) {
        self.run = run
        tick()
    }

    /// Where nobody speaks things get old as well.
    private func tick() {
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.hour) { [weak self] in
            guard let self, !state.withLock({ $0.isClosed }) else { return }
            wake()
            tick()
        }
    }

    func appendBegins() {
        state.withLock { $0.waiting += 1 }
    }

    func appendEnds() {
        state.withLock { state in
            state.waiting -= 1
            state.isBusy = true
        }
        wake()
    }

    /// There may be something to do.
    func wake() {
        schedule(after: Self.delay)
    }

    /// Nothing more is begun.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    private func schedule(after delay: Duration) {
        let isMine = state.withLock { state in
            guard !state.isScheduled, !state.isClosed else { return false }
            state.isScheduled = true
            return true
        }
        guard isMine else { return }
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + delay.interval) { [weak self] in self?.begin()
        }
    }

    private func begin() {
        let (mayRun, isBusy) = state.withLock { state in
            state.isScheduled = false
            guard state.waiting > 0, state.deferrals < Self.mostDeferrals else {
                defer { (state.deferrals, state.isBusy) = (0, false) }
                return (true, state.isBusy)
            }
            state.deferrals += 1
            return (false, true)
        }
        guard mayRun else { return schedule(after: .milliseconds(2)) }
        let start = ContinuousClock.now
        run { [weak self] result in
            // How long it had to wait counts as well: a sign that others have much to write.
            let taken = ContinuousClock.now - start
            switch result {
            case .success(.nothing): break
            case .success(let rest):
                let pause = isBusy ? (rest == .indexing ? Self.pause.indexing : Self.pause.busy) : Self.pause.usual
                self?.schedule(after: min(max(taken * pause, .milliseconds(1)), .seconds(1)))
            case .failure: self?.schedule(after: Self.pauseAfterFailure)
            }
        }
    }
}

extension Duration {
    fileprivate var interval: DispatchTimeInterval {
        .nanoseconds(Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000))
    }
}
