/// The line that somebody types: a text, a cursor, and what the keys do to them.
///
/// A value without a terminal. Keys go in with ``handle(_:)``; what it cannot do itself it returns. The keys are those
/// of Emacs, as nearly all lines at a terminal have them; <doc:ChatTerminal> lists them.
public struct LineEditor: Sendable {
    /// What a key asks of whoever owns the line.
    public enum Outcome: Sendable, Hashable {
        case done
        /// Nothing could be done, or not all of it.
        case bell
        /// The line was sent, and is empty now.
        case submitted(String)
        /// Enter, and the text has so many lines: ask whether they are meant, and then ``LineEditor/submit()``. The text
        /// stays.
        case confirmationWanted(lines: Int)
        case completionWanted(CompletionRequest)
        case room(RoomSwitch)
        /// Ctrl-C with nothing to throw away.
        case interrupted
        /// Ctrl-D in an empty line.
        case ended
        /// Ctrl-Z.
        case suspend
        /// Ctrl-L.
        case clearScreen
    }

    public enum RoomSwitch: Sendable, Hashable {
        /// Alt-1 to Alt-9
        case number(Int)
        /// Alt with an arrow
        case previous, next
    }

    /// How many bytes of UTF-8 a line may have. What does not fit is cut off, with a bell.
    public let limit: Int

    /// Whether Enter asks before it sends several lines.
    public var confirmsLines = false

    var buffer = EditBuffer()
    var history: History
    var killed = KillRing()
    var undo = UndoStack()
    var search: HistorySearch?
    var cycle: CompletionCycle?
    /// What the last key did, where it matters to the next.
    var last = Last.other
    /// Grows with each change.
    var revision = 0
    /// What was searched for last.
    var lastQuery = ""
    var keepsOutOfHistory: @Sendable (String) -> Bool

    enum Last: Sendable, Hashable {
        case other, typing, deleting, killing
        case yank(Range<Int>)
    }

    /// - Parameters:
    ///   - limit: how many bytes of UTF-8 a line may have
    ///   - historyLimit: how many lines are remembered
    ///   - keepsOutOfHistory: which lines are not, such as those with a password
    public init(
        limit: Int = 32768,
        historyLimit: Int = 500,
        keepsOutOfHistory: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.limit = limit
        history = History(limit: historyLimit)
        self.keepsOutOfHistory = keepsOutOfHistory
    }

    public var text: String { buffer.string }

    /// How many characters stand before the cursor.
    public var cursor: Int { buffer.cursor }

    /// What is searched for in the history, while it is, and whether it is there.
    public var searching: (query: String, isFound: Bool)? {
        search.map { ($0.query, $0.isFound) }
    }

    /// Puts a text in the line, with the cursor behind it; what was there comes back by undo.
    public mutating func setText(_ text: String) {
        search = nil
        cycle = nil
        let fitting = EditBuffer.cut(EditBuffer.clean(text), to: limit)
        change { $0.set(fitting) }
        last = .other
    }

    public mutating func handle(_ key: Key) -> Outcome {
        if search != nil, let outcome = handleSearching(key) { return outcome }
        if cycle != nil {
            if case .press(.tab, let modifiers) = key { return turnCycle(by: modifiers.contains(.shift) ? -1 : 1) }
            cycle = nil
        }
        let before = last
        last = .other
        switch key {
        case .text(let text):
            last = .typing
            return insert(text, joining: before == .typing)
        case .paste(let text, let isCut):
            let outcome = insert(text, joining: false)
            return isCut ? .bell : outcome
        case .control(let scalar): return control(scalar, after: before)
        case .alt(let scalar): return alt(scalar, after: before)
        case .press(let name, let modifiers): return press(name, modifiers, after: before)
        case .focus:
            last = before
            return .done
        }
    }

    /// Changes the text so that it can be undone.
    mutating func change(joining: Bool = false, _ body: (inout EditBuffer) -> Void) {
        let before = buffer
        body(&buffer)
        guard buffer.characters != before.characters else { return }
        revision += 1
        if !joining { undo.push(before) }
    }

    mutating func insert(_ text: String, joining: Bool) -> Outcome {
        // What is cleaned can be longer.
        let text = EditBuffer.clean(text)
        let fitting = EditBuffer.cut(text, to: limit - buffer.bytes)
        // A word at a time is undone, not a letter.
        let startsWord = buffer.cursor > 0 && buffer.characters[buffer.cursor - 1] == " " && text != " "
        change(joining: joining && !startsWord) { $0.replace($0.cursor..<$0.cursor, with: fitting) }
        return fitting == text ? .done : .bell
    }

    /// Enter, unless there is something to ask first.
    mutating func enter() -> Outcome {
        guard confirmsLines else { return submit() }
        let lines = buffer.string.split(separator: "\n").count
        return lines > 1 ? .confirmationWanted(lines: lines) : submit()
    }

    /// Sends the line, however many lines it has.
    public mutating func submit() -> Outcome {
        guard !buffer.isEmpty else { return .done }
        let text = buffer.string
        if keepsOutOfHistory(text) { history.forgetChanges() } else { history.add(text) }
        buffer = EditBuffer()
        undo = UndoStack()
        revision += 1
        return .submitted(text)
    }
}
