internal import CTerminal
internal import Glibc

/// The thread of a session, and what others share with it.
final class TerminalLoop: Sendable {
    private struct Shared: Sendable {
        var state: SessionState
        /// Who printed more than may wait.
        var printers: [@Sendable () -> Void] = []
        /// Who waits for the end.
        var closers: [@Sendable () -> Void] = []
        var isClosing = false
        var isClosed = false
        /// Whether there is a byte in the pipe that nobody has read yet.
        var isWoken = false
        /// Signals that were read, and are not handled yet.
        var signals: [UInt8] = []
        /// When ``TerminalSession/Event/active`` was told last.
        var active: Duration?
    }

    let configuration: TerminalSession.Configuration
    let tell: @Sendable (TerminalSession.Event) -> Void
    /// Read end and write end.
    let pipe: (read: Int32, write: Int32)
    private let shared: Guarded<Shared>

    init(
        _ configuration: TerminalSession.Configuration,
        tell: @escaping @Sendable (TerminalSession.Event) -> Void
    ) throws(TerminalError) {
        guard isatty(configuration.input) == 1, isatty(configuration.output) == 1 else {
            throw .notATerminal
        }
        self.configuration = configuration
        self.tell = tell
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw .failed(what: "pipe", errno: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        pipe = (ends[0], ends[1])
        let size = Self.size(of: configuration.output) ?? TerminalSize(columns: 80, rows: 24)
        shared = Guarded(Shared(state: SessionState(configuration, size: size)))
    }

    deinit {
        Glibc.close(pipe.read)
        Glibc.close(pipe.write)
    }

    /// Takes the terminal and runs until the session is closed.
    func start() throws(TerminalError) {
        let refused = CTerminal_open(configuration.input, configuration.output, pipe.write)
        guard refused == 0 else { throw refused == EBUSY ? .inUse : .failed(what: "tcgetattr", errno: refused) }
        if configuration.handlesSignals { CTerminal_watch() }
        let failed = CTerminal_raw()
        guard failed == 0 else {
            CTerminal_close()
            throw .failed(what: "tcsetattr", errno: failed)
        }
        var thread = pthread_t()
        let unstarted = pthread_create(
            &thread,
            nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<TerminalLoop>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        guard unstarted == 0 else {
            Unmanaged.passUnretained(self).release()
            CTerminal_close()
            throw .failed(what: "pthread_create", errno: unstarted)
        }
        pthread_detach(thread)
    }

    /// Changes what is shown. The thread draws it.
    func change<Result: Sendable>(_ body: (inout SessionState) -> Result) -> Result {
        let (result, mustWake) = shared.withLock { shared in
            (body(&shared.state), Self.wake(&shared))
        }
        if mustWake { wake() }
        return result
    }

    /// Calls `isTaken` when there is room for more.
    func print(_ lines: [StyledText], isTaken: @escaping @Sendable () -> Void) {
        let (isRoom, mustWake) = shared.withLock { shared in
            guard !shared.isClosed else { return (true, false) }
            // Where lines wait already, or did just now, the thread knows when to draw them.
            let isNews = !shared.state.hasLines && !shared.state.looksAgain
            shared.state.print(lines)
            let isRoom = shared.state.waitingBytes <= SessionState.waitingLimit
            if !isRoom { shared.printers.append(isTaken) }
            return (isRoom, isNews && Self.wake(&shared))
        }
        if mustWake { wake() }
        if isRoom { isTaken() }
    }

    func ask(_ question: SessionState.Question) {
        let (isLate, mustWake) = shared.withLock { shared in
            guard !shared.isClosing, !shared.isClosed else { return (true, false) }
            shared.state.ask(question)
            return (false, Self.wake(&shared))
        }
        if mustWake { wake() }
        if isLate { question.answer(nil) }
    }

    func close(isDone: @escaping @Sendable () -> Void) {
        let (isLate, mustWake) = shared.withLock { shared in
            guard !shared.isClosed else { return (true, false) }
            shared.isClosing = true
            shared.closers.append(isDone)
            return (false, Self.wake(&shared))
        }
        if mustWake { wake() }
        if isLate { isDone() }
    }

    /// For the thread: looks at the state, and lets printers go on if there is room again.
    func inspect<Result: Sendable>(_ body: (inout SessionState) -> Result) -> Result {
        let (result, printers) = shared.withLock { shared -> (Result, [@Sendable () -> Void]) in
            let result = body(&shared.state)
            guard shared.state.waitingBytes <= SessionState.waitingLimit / 2 else { return (result, []) }
            defer { shared.printers.removeAll() }
            return (result, shared.printers)
        }
        for isTaken in printers { isTaken() }
        return result
    }

    /// For the thread: reads what is in the pipe, and changes the list of signals that are not handled yet.
    func withSignals<Result: Sendable>(_ body: (inout [UInt8]) -> Result) -> Result {
        shared.withLock { shared in
            shared.isWoken = false
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = read(pipe.read, &bytes, bytes.count)
            shared.signals += bytes[..<max(count, 0)].filter { $0 != 0 }
            return body(&shared.signals)
        }
    }

    /// For the thread.
    func isNewsThatKeysCome(at now: Duration) -> Bool {
        shared.withLock { shared in
            if let active = shared.active, now - active < .seconds(1) { return false }
            shared.active = now
            return true
        }
    }

    var isClosing: Bool { shared.withLock { $0.isClosing } }

    /// For the thread: the terminal is given back.
    func finish(_ reason: TerminalSession.Reason) {
        let waiting = shared.withLock { shared in
            shared.isClosed = true
            defer {
                shared.printers.removeAll()
                shared.closers.removeAll()
            }
            shared.state.dropQuestions()
            return shared.printers + shared.closers
        }
        tell(.closed(reason))
        for each in waiting { each() }
    }

    private static func wake(_ shared: inout Shared) -> Bool {
        defer { shared.isWoken = true }
        return !shared.isWoken
    }

    private func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes it as well.
        _ = write(pipe.write, &byte, 1)
    }

    static func size(of terminal: Int32) -> TerminalSize? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard CTerminal_size(terminal, &columns, &rows) == 0 else { return nil }
        return TerminalSize(columns: Int(columns), rows: Int(rows))
    }
}
