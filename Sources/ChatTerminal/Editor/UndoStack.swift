/// The states that a line was in: at most 100, the newest last.
struct UndoStack: Sendable {
    private static let limit = 100

    private var states: [EditBuffer] = []

    mutating func push(_ state: EditBuffer) {
        states.append(state)
        if states.count > Self.limit { states.removeFirst() }
    }

    mutating func pop() -> EditBuffer? { states.popLast() }
}
