/// What was cut out, to be put in elsewhere: at most 32 pieces, the newest last.
struct KillRing: Sendable {
    private static let limit = 32

    private var pieces: [String] = []
    /// Which of them was put in last, counted from the end.
    private var turn = 0

    mutating func add(_ text: String) {
        pieces.append(text)
        if pieces.count > Self.limit { pieces.removeFirst() }
        turn = 0
    }

    /// Adds to the newest piece: what is cut out in one go is one piece.
    mutating func extend(_ text: String, before: Bool) {
        guard let last = pieces.popLast() else { return add(text) }
        pieces.append(before ? text + last : last + text)
        turn = 0
    }

    var newest: String? { pieces.last }

    mutating func yank() -> String? {
        turn = 0
        return pieces.last
    }

    /// The piece before the one that was put in last; after the oldest comes the newest.
    mutating func older() -> String? {
        guard !pieces.isEmpty else { return nil }
        turn = (turn + 1) % pieces.count
        return pieces[pieces.count - 1 - turn]
    }
}
