/// The terminal, while it is ours: what is typed comes out as ``events``, and lines go in from any task.
///
/// One thread of its own reads, edits, draws and writes, so keys are on the screen at once whatever the rest of the
/// program does; each frame is one write. Lines that are printed stay in the terminal's own memory. The terminal is given
/// back by ``close()``, and also by a crash, by Ctrl-Z, by a signal to end and by exit(3).
///
/// There can be one that handles signals in a process at a time.
public final class TerminalSession: Sendable {
    /// What somebody did, or what happened to the terminal. Keys that edit are no events.
    public enum Event: Sendable, Hashable {
        /// Enter: the line, which is empty now. It has several lines if there is `\n` in it. It is not shown any more:
        /// print it.
        case submitted(String)
        /// Tab: answer with ``TerminalSession/complete(_:with:)``.
        case completionWanted(CompletionRequest)
        case room(LineEditor.RoomSwitch)
        /// Keys were pressed, whatever they did; told at most once a second.
        case active
        /// The terminal's window came to the front, or left it, as far as the terminal tells.
        case focus(Bool)
        /// Ctrl-C with nothing typed.
        case interrupted
        /// Ctrl-D with nothing typed.
        case ended
        case resized(TerminalSize)
        /// The program was stopped for a while, by Ctrl-Z or SIGSTOP, and goes on.
        case resumed
        /// The last event: the terminal is given back, and why.
        case closed(Reason)
    }

    /// Why a session ended.
    public enum Reason: Sendable, Hashable {
        case asked
        /// A signal to end: SIGTERM, SIGHUP, SIGINT or SIGQUIT. A second one ends the program.
        case signal(Int32)
        /// The terminal is gone.
        case lost
    }

    /// In order; for one reader. It ends after ``Event/closed(_:)``.
    public let events: AsyncStream<Event>

    let loop: TerminalLoop

    /// Takes the terminal, and draws the prompt.
    public init(_ configuration: Configuration) throws(TerminalError) {
        let (stream, continuation) = AsyncStream<Event>.makeStream()
        events = stream
        loop = try TerminalLoop(configuration) { event in
            continuation.yield(event)
            if case .closed = event { continuation.finish() }
        }
        try loop.start()
    }

    /// Prints lines above the prompt, in order. Waits while more than a mebibyte of them is not shown yet, because the
    /// terminal takes no more. Lines of one actor come in the order in which it calls this.
    public nonisolated(nonsending) func print(_ lines: [StyledText]) async {
        guard !lines.isEmpty else { return }
        await withCheckedContinuation { continuation in
            loop.print(lines) { continuation.resume() }
        }
    }

    /// Shows another prompt with the next frame. The text stays.
    public func setPrompt(_ prompt: StyledText) {
        loop.change { $0.prompt = prompt }
    }

    /// Rings, but no more than once a second.
    public func bell() {
        let now = TerminalLoop.now
        loop.change { $0.call(at: now) }
    }

    /// Puts a text in the line, such as one that could not be sent.
    public func setText(_ text: String) {
        loop.change { $0.setText(text) }
    }

    /// Puts back a text that could not be sent.
    /// - Returns: false if something else is being typed, which stays.
    public func putBack(_ text: String) -> Bool {
        loop.change { state in
            guard state.editor.text.isEmpty else { return false }
            state.setText(text)
            return true
        }
    }

    /// What is in the line, and how many characters of it are before the cursor.
    public var line: (text: String, cursor: Int) {
        loop.change { ($0.editor.text, $0.editor.cursor) }
    }

    public var size: TerminalSize {
        loop.change { $0.view.size }
    }

    /// Answers ``Event/completionWanted(_:)``; nothing happens if the line has changed since.
    public func complete(_ request: CompletionRequest, with candidates: [Completion]) {
        loop.change { $0.complete(request, with: candidates) }
    }

    /// Asks something in place of the prompt, and returns which of `keys` was pressed, as it is written there; `nil` for
    /// Esc, Ctrl-C and the end of the session. What was typed so far comes back afterwards.
    public func ask(_ question: StyledText, keys: [Character]) async -> Character? {
        await withCheckedContinuation { continuation in
            loop.ask(SessionState.Question(text: question, keys: keys) { continuation.resume(returning: $0) })
        }
    }

    /// Has the terminal tell something to whoever looks elsewhere, once in five seconds: the last, and how many there are.
    public func notify(_ alert: Showing.Alert, by notification: DesktopNotification) {
        loop.change { $0.notify(alert, by: notification) }
    }

    /// Prints what still waits, and gives the terminal back. Returns when that is done.
    public func close() async {
        await withCheckedContinuation { continuation in
            loop.close { continuation.resume() }
        }
    }
}
