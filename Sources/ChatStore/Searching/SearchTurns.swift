internal import DequeModule
internal import Synchronization

/// Lets searches read one at a time, a stretch each in turn: whoever pages through a room in the meantime has a reader for
/// itself, however many search.
final class SearchTurns: Sendable {
    private struct State {
        var isTaken = false
        var waiting = Deque<@Sendable () -> Void>()
    }

    private let state = Mutex(State())

    /// Calls `body` when it is its turn, which lasts until ``pass()``.
    func take(_ body: @escaping @Sendable () -> Void) {
        let isMine = state.withLock { state in
            guard state.isTaken else {
                state.isTaken = true
                return true
            }
            state.waiting.append(body)
            return false
        }
        if isMine { body() }
    }

    /// It is the next one's turn.
    func pass() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            if next == nil { state.isTaken = false }
            return next
        }
        next?()
    }
}
