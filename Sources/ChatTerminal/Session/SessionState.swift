internal import DequeModule

/// What a session knows and decides: keys and lines go in, frames and events come out. A value without a terminal, a
/// thread or a clock; the time is counted from anywhere.
struct SessionState: Sendable {
    /// What came of the keys.
    enum Effect: Hashable {
        case event(TerminalSession.Event)
        /// Ctrl-Z.
        case suspend
    }

    /// No more than so many frames a second for what is said. Keys do not wait.
    static let frameTime = Duration.milliseconds(16)
    /// So many bytes of lines are shown at once; keys come in between.
    static let frameBytes = 32768
    /// How many bytes of lines may wait before who prints has to wait too.
    static let waitingLimit = 1 << 20

    var parser = KeyParser()
    var editor: LineEditor
    private(set) var view: InlineView
    /// Another one comes with the next frame: what happens in other rooms changes it as often as they like.
    var prompt: StyledText { didSet { needsFrameSoon = needsFrameSoon || prompt != oldValue } }
    let searchPrompt: @Sendable (String, Bool) -> StyledText

    private var waiting = Deque<StyledText>()
    private(set) var waitingBytes = 0
    var questions = Deque<Question>()
    /// What is asked about several lines before they are sent, and what it says now. It comes before other questions,
    /// which were not there yet when Enter was pressed.
    let lineQuestion: (@Sendable (_ lines: Int) -> StyledText)?
    var asksAboutLines: StyledText?
    private var calls = Calls()
    /// Whether keys were pressed since it was asked last.
    private var hasNewKeys = false
    /// Whether it rings with the next frame.
    private var rings = false
    /// Whether the next frame is not to wait.
    var needsFrame = true
    private var needsFrameSoon = false
    var clearsScreen = false
    private var lastFrame: Duration?
    /// Whether there were lines in the last frame: then more of them are likely to come.
    private var hadLines = false
    /// Whether ``deadline(at:)`` was asked last for a time at which new lines could be shown, if there are any.
    private(set) var looksAgain = false
    private var resizing: Resizing?
    /// Until then the terminal is perhaps of another size than it says: a frame was drawn while it was pulled at.
    private var doubtUntil = Duration.zero

    init(_ configuration: TerminalSession.Configuration, size: TerminalSize) {
        editor = configuration.editor
        prompt = configuration.prompt
        searchPrompt = configuration.searchPrompt
        lineQuestion = configuration.lineQuestion
        editor.confirmsLines = lineQuestion != nil
        view = InlineView(size: size, depth: configuration.depth, reflows: configuration.reflows)
    }

    // MARK: what comes from the keyboard

    mutating func read(_ bytes: some Sequence<UInt8>, at now: Duration) -> [Effect] {
        handle(parser.expire(at: now) + parser.read(bytes, at: now))
    }

    mutating func expire(at now: Duration) -> [Effect] {
        handle(parser.expire(at: now))
    }

    private mutating func handle(_ keys: [Key]) -> [Effect] {
        keys.compactMap { key in
            if case .focus(let isFocused) = key {
                calls.focus(isFocused)
                return .event(.focus(isFocused))
            }
            calls.keyPressed()
            hasNewKeys = true
            needsFrame = true
            return handle(key)
        }
    }

    /// Whether somebody has pressed keys since this was asked last: that a window comes to the front is none.
    mutating func takeActivity() -> Bool {
        defer { hasNewKeys = false }
        return hasNewKeys
    }

    mutating func handle(_ key: Key) -> Effect? {
        if asksAboutLines != nil { return answerAboutLines(key) }
        return questions.isEmpty ? effect(editor.handle(key)) : answer(key)
    }

    mutating func effect(_ outcome: LineEditor.Outcome) -> Effect? {
        switch outcome {
        case .done: return nil
        case .bell: bell()
        case .suspend: return .suspend
        case .clearScreen: clearsScreen = true
        case .submitted(let text): return .event(.submitted(text))
        case .confirmationWanted(let lines): asksAboutLines = lineQuestion?(lines)
        case .completionWanted(let request): return .event(.completionWanted(request))
        case .room(let room): return .event(.room(room))
        case .interrupted: return .event(.interrupted)
        case .ended: return .event(.ended)
        }
        return nil
    }

    // MARK: what is to be shown

    mutating func print(_ lines: [StyledText]) {
        for line in lines {
            waiting.append(line)
            waitingBytes += Self.cost(line)
        }
    }

    /// Answers a key. Several bells of one frame are one.
    mutating func bell() { rings = true }

    /// Somebody else calls the user.
    mutating func call(at now: Duration) {
        if calls.bell(at: now) { bell() }
    }

    mutating func notify(_ alert: Showing.Alert, by notification: DesktopNotification) {
        calls.notify(alert, by: notification)
    }

    mutating func setText(_ text: String) {
        editor.setText(text)
        needsFrame = true
    }

    mutating func complete(_ request: CompletionRequest, with candidates: [Completion]) {
        needsFrame = true
        _ = effect(editor.complete(request, with: candidates))
    }

    var hasLines: Bool { !waiting.isEmpty }

    // MARK: frames

    /// Until when to wait for keys; `nil`: as long as it takes. The past: a frame is due.
    ///
    /// After a frame with lines it is the time of the next one, whether there are any or not: where many come, to look
    /// again is less than to be woken.
    mutating func deadline(at now: Duration) -> Duration? {
        let next = hadLines ? lastFrame.map { $0 + Self.frameTime }.flatMap { $0 > now ? $0 : nil } : nil
        looksAgain = next != nil
        return [parser.deadline, frameDeadline(at: now), next].compactMap(\.self).min()
    }

    func isFrameDue(at now: Duration) -> Bool {
        frameDeadline(at: now).map { $0 <= now } ?? false
    }

    private func frameDeadline(at now: Duration) -> Duration? {
        if let resizing { return resizing.deadline }
        let isSoon = needsFrameSoon || hasLines || rings
        guard needsFrame || isSoon || calls.deadline != nil else { return nil }
        guard !needsFrame, let lastFrame else { return now }
        let next = lastFrame + Self.frameTime
        return isSoon ? next : calls.deadline.map { max($0, next) }
    }

    /// The terminal says that it has this size. Nothing is drawn until it has stayed so for a while.
    mutating func sizeIs(_ size: TerminalSize, isTold: Bool, at now: Duration) {
        guard isTold || size != (resizing?.size ?? view.size) else { return }
        if resizing == nil {
            // Otherwise the last frame has perhaps come to a terminal that had changed before.
            let isCertain = now >= doubtUntil && lastFrame.map { now - $0 >= .milliseconds(30) } ?? true
            resizing = Resizing(size: size, first: now, last: now, isCertain: isCertain)
        } else {
            resizing?.size = size
            resizing?.last = now
        }
    }

    /// The bytes to write now, if anything is due, and the new size if it has one.
    mutating func frame(at now: Duration) -> (bytes: String, resized: TerminalSize?)? {
        guard isFrameDue(at: now) else { return nil }
        var resized: TerminalSize?
        if let resizing {
            if resizing.size != view.size { resized = resizing.size }
            // While it is pulled at still, it is perhaps of another size already.
            let isQuiet = resizing.isQuiet(at: now)
            view.resize(to: resizing.size, isCertain: resizing.isCertain && isQuiet)
            if !isQuiet { doubtUntil = now + .milliseconds(600) }
            self.resizing = nil
        }
        var bytes = ""
        hadLines = hasLines
        if clearsScreen {
            bytes = view.frameOnClearScreen(input: input)
        } else {
            bytes = view.frame(printing: takeLines(), input: input)
        }
        if rings { bytes += "\u{7}" }
        bytes += calls.take(at: now)
        rings = false
        clearsScreen = false
        (needsFrame, needsFrameSoon) = (false, false)
        lastFrame = now
        return (bytes, resized)
    }

    /// The bytes that leave the terminal to others: all lines, and nothing else of ours.
    mutating func leave() -> String {
        let lines = Array(waiting)
        waiting.removeAll()
        waitingBytes = 0
        return view.erase(printing: lines)
    }

    /// The terminal is ours again. `isClean`: after ``leave()``; otherwise somebody may have written over what we drew.
    mutating func resume(size: TerminalSize, isClean: Bool) {
        if !isClean { view.forget() }
        view.resize(to: size, isCertain: false)
        resizing = nil
        needsFrame = true
    }

    private var input: InlineView.Input {
        if let question = asksAboutLines ?? questions.first?.text { return InlineView.Input(prompt: question) }
        let prompt = editor.searching.map { searchPrompt($0.query, $0.isFound) } ?? prompt
        return InlineView.Input(prompt: prompt, text: editor.text, cursor: editor.cursor)
    }

    private mutating func takeLines() -> [StyledText] {
        var taken: [StyledText] = []
        var bytes = 0
        while bytes < Self.frameBytes, let line = waiting.popFirst() {
            taken.append(line)
            bytes += Self.cost(line)
        }
        waitingBytes -= bytes
        return taken
    }

    private static func cost(_ line: StyledText) -> Int {
        line.runs.reduce(32) { $0 + $1.text.utf8.count + 16 }
    }
}

/// A window that is being pulled at.
private struct Resizing {
    var size: TerminalSize
    let first: Duration
    var last: Duration
    let isCertain: Bool

    /// When it has stayed as it is for 300 ms, but not later than after 1.5 s. tmux tells each quarter of a second.
    var deadline: Duration { min(last + .milliseconds(300), first + .milliseconds(1500)) }

    func isQuiet(at now: Duration) -> Bool { now >= last + .milliseconds(300) }
}
