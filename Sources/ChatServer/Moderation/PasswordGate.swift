internal import NIOConcurrencyHelpers
internal import NIOPosix
internal import TLS

/// Where operators show who they are.
///
/// A password takes some 60 milliseconds and 32 MiB to check, so that is done on a thread that may block and not on an
/// event loop, one at a time, and few may wait for it: a crowd that guesses costs one processor at most, and no memory.
final class PasswordGate: Sendable {
    enum Verdict: Sendable, Equatable {
        case accepted
        /// There is no such account, or the password is another. Nobody learns which.
        case refused
        /// Too many attempts from this address have failed; see ``AttemptLimit``.
        case tooMany
        /// Too many wait. This attempt was not looked at, and does not count.
        case busy
        /// The server has no operators with a password.
        case noOperators
    }

    /// How many attempts there may be at once, the one that is being checked among them.
    static let mostWaiting = 8

    fileprivate struct Attempt: Sendable {
        let account: String
        /// In a box, so that there is one copy only, and that is overwritten.
        let password: NIOLockedValueBox<[UInt8]>
        let address: String
        let began: UInt64
        let then: @Sendable (Verdict) -> Void
    }

    private struct State {
        var limit: AttemptLimit
        /// The first is being checked.
        var attempts: [Attempt] = []
        var isStopped = false
        /// They wait until nothing is being checked any more.
        var whenIdle: [CheckedContinuation<Void, Never>] = []
    }

    private let operators: Operators
    private let run: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let state: NIOLockedValueBox<State>

    /// - Parameter run: runs something somewhere else, once, and not before it returns.
    init(
        _ operators: Operators,
        limit: AttemptLimit = AttemptLimit(),
        on run: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = PasswordGate.blockingPool
    ) {
        self.operators = operators
        self.run = run
        state = NIOLockedValueBox(State(limit: limit))
    }

    /// The threads that SwiftNIO keeps for what blocks. They start when they are needed, and need not be stopped.
    static let blockingPool: @Sendable (@escaping @Sendable () -> Void) -> Void = { work in
        NIOThreadPool.singleton.submit { _ in work() }
    }

    /// Checks a password.
    /// - Parameters:
    ///   - password: overwritten afterwards; keep no copy.
    ///   - address: of the one who tries, without the port.
    ///   - now: nanoseconds on a clock that never goes back.
    ///   - then: called exactly once, on any thread, perhaps before this returns.
    func check(
        account: String,
        password: consuming [UInt8],
        from address: String,
        now: UInt64,
        then: @escaping @Sendable (Verdict) -> Void
    ) {
        guard operators.havePasswords else {
            PasswordHash.wipe(&password)
            return then(.noOperators)
        }
        let attempt = Attempt(
            account: account,
            password: NIOLockedValueBox(password),
            address: address,
            began: now,
            then: then
        )
        let (refusal, isFirst) = state.withLockedValue { state -> (Verdict?, Bool) in
            guard !state.isStopped, state.attempts.count < Self.mostWaiting else { return (.busy, false) }
            guard state.limit.begin(address, now: now) else { return (.tooMany, false) }
            state.attempts.append(attempt)
            return (nil, state.attempts.count == 1)
        }
        if let refusal {
            attempt.wipe()
            return then(refusal)
        }
        if isFirst { run { self.checkFirst() } }
    }

    /// Refuses all that wait and all that come, and returns when the last one has its verdict: nothing is called after
    /// that.
    func stop() async {
        let refused = state.withLockedValue { state in
            state.isStopped = true
            let waiting = state.attempts.dropFirst()
            state.attempts.removeLast(waiting.count)
            return waiting
        }
        for attempt in refused {
            attempt.wipe()
            attempt.then(.busy)
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLockedValue { state in
                guard !state.attempts.isEmpty else { return true }
                state.whenIdle.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    private func checkFirst() {
        guard let first = state.withLockedValue({ $0.attempts.first }) else { return }
        let isAccepted = first.password.withLockedValue { operators.accept(first.account, $0) }
        first.wipe()
        if isAccepted { state.withLockedValue { $0.limit.succeed(first.address, began: first.began) } }
        first.then(isAccepted ? .accepted : .refused)
        let whenIdle = state.withLockedValue { state -> [CheckedContinuation<Void, Never>]? in
            state.attempts.removeFirst()
            guard state.attempts.isEmpty else { return nil }
            defer { state.whenIdle = [] }
            return state.whenIdle
        }
        if let whenIdle {
            for continuation in whenIdle { continuation.resume() }
        } else {
            run { self.checkFirst() }  // a work item of its own, so that others get their turn on the thread
        }
    }
}

extension PasswordGate.Attempt {
    fileprivate func wipe() { password.withLockedValue { PasswordHash.wipe(&$0) } }
}
