public import ChatCore

/// What the prompt and Tab know of the rooms.
extension Rooms {
    /// The prompt's state. `connection` is the caller's to know.
    public func prompt(_ connection: PromptState.Connection) -> PromptState {
        PromptState(room: shown, author: own, connection: connection, rooms: list)
    }

    /// Completes with the names of the room on the screen, and of who has whispered, wherever they are.
    /// - Parameter others: rooms that one has heard of, besides those that one is in.
    public func completer(knowing others: [RoomName] = []) -> Completer {
        var names = roster(of: shown).byActivity
        let known = Set(names.map(\.member))
        names += whisperers.filter { !known.contains($0.member) }
        let entered = list.map(\.name)
        return Completer(
            names: names,
            rooms: entered + others.filter { !entered.contains($0) },
            own: own,
            texts: look.texts
        )
    }
}
