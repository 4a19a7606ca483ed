/// The states that a line was in, the newest last: at most 100, and of long lines fewer.
struct UndoStack: Sendable {
    private static let limit = 100
    private static let characterLimit = 1 << 18

    private var states: [EditBuffer] = []
    private var characters = 0

    mutating func push(_ state: EditBuffer) {
        states.append(state)
        characters += state.characters.count
        while states.count > Self.limit || characters > Self.characterLimit, states.count > 1 {
            characters -= states.removeFirst().characters.count
        }
    }

    mutating func pop() -> EditBuffer? {
        guard let state = states.popLast() else { return nil }
        characters -= state.characters.count
        return state
    }
}
