internal import CTerminal
internal import Glibc

/// What the thread does.
extension TerminalLoop {
    /// Reads and draws until there is a reason to end.
    func run() {
        CTerminal_unblock()
        let reason = serve()
        let last = inspect { $0.leave() }
        if reason != .lost { _ = put(last) }
        CTerminal_close()
        finish(reason)
    }

    private func serve() -> TerminalSession.Reason {
        while true {
            let now = Self.now
            guard let ready = wait(until: inspect { $0.deadline(at: now) }, at: now) else { continue }
            if ready.pipe, let reason = readSignals() { return reason }
            if ready.terminal {
                guard readKeys() else { return .lost }
            } else {
                handle(inspect { $0.expire(at: Self.now) })
            }
            let isClosing = isClosing
            guard draw() else { return .lost }
            if isClosing { return .asked }
        }
    }

    static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private func wait(until deadline: Duration?, at now: Duration) -> (terminal: Bool, pipe: Bool)? {
        var timeout: Int32 = -1
        if let deadline {
            let left = max(deadline - now, .zero).components
            // Rounded up, so that it is not asked again too early.
            timeout = Int32(
                clamping: left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            )
        }
        var polled = [
            pollfd(fd: configuration.input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&polled, 2, timeout) >= 0 else { return nil }
        return (polled[0].revents != 0, polled[1].revents != 0)
    }

    /// Returns whether the terminal is still there.
    private func readKeys() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(configuration.input, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
        let now = Self.now
        let (effects, isActive) = inspect { ($0.read(buffer[..<count], at: now), $0.takeActivity()) }
        if isActive, isNewsThatKeysCome(at: now) { tell(.active) }
        handle(effects)
        return true
    }

    private func handle(_ effects: [SessionState.Effect]) {
        for effect in effects {
            switch effect {
            case .event(let event): tell(event)
            case .suspend: suspend(group: true)
            }
        }
    }

    /// Draws what is due. Returns whether the terminal is still there.
    private func draw() -> Bool {
        let now = Self.now
        guard inspect({ $0.isFrameDue(at: now) }) else { return true }
        let size = Self.size(of: configuration.output)
        let (frame, rows) = inspect { state in
            if let size { state.sizeIs(size, isTold: false, at: now) }
            return (state.frame(at: now), state.view.rowsBelowCursor)
        }
        guard let frame else { return true }
        guard put(frame.bytes) else { return false }
        CTerminal_set_rows_below(Int32(clamping: rows))
        if let size = frame.resized { tell(.resized(size)) }
        return true
    }

    /// Writes at once, and again only if the system did not take all. Returns whether the terminal is still there.
    private func put(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var bytes = bytes[...]
            while !bytes.isEmpty {
                let count = write(
                    configuration.output,
                    UnsafeBufferPointer(rebasing: bytes).baseAddress,
                    bytes.count
                )
                if count >= 0 {
                    bytes = bytes.dropFirst(count)
                } else if errno == EAGAIN {
                    // Somebody who has the terminal too made it so.
                    var polled = pollfd(fd: configuration.output, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&polled, 1, 1000)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    /// Does what the signals say, and returns the reason if it is to end.
    private func readSignals() -> TerminalSession.Reason? {
        while let signal = withSignals({ $0.isEmpty ? nil : Int32($0.removeFirst()) }) {
            switch signal {
            case SIGWINCH:
                let size = Self.size(of: configuration.output)
                inspect { state in state.sizeIs(size ?? state.view.size, isTold: true, at: Self.now) }
            case SIGTSTP: suspend(group: false)
            case SIGCONT: resume(isClean: false)
            case SIGTERM, SIGHUP, SIGINT, SIGQUIT: return .signal(signal)
            default: break
            }
        }
        return nil
    }

    private func suspend(group: Bool) {
        _ = put(inspect { $0.leave() })
        CTerminal_restore()
        withSignals { $0.removeAll { Int32($0) == SIGCONT } }
        CTerminal_stop(group ? 1 : 0)
        // We are stopped at once, but perhaps after this thread has gone on. If nobody could wake us again, we are not.
        // The time that we are stopped does not count, and so it is no clock that says when.
        for _ in 0..<4 where !withSignals({ $0.contains { Int32($0) == SIGCONT } }) {
            var polled = pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)
            _ = poll(&polled, 1, 50)
        }
        resume(isClean: true)
    }

    private func resume(isClean: Bool) {
        // In the background, it is here that we are stopped, and a second SIGCONT brings us back.
        _ = CTerminal_raw()
        CTerminal_go_on()
        withSignals { $0.removeAll { Int32($0) == SIGCONT } }
        let size = Self.size(of: configuration.output)
        inspect { state in state.resume(size: size ?? state.view.size, isClean: isClean) }
        tell(.resumed)
    }
}
