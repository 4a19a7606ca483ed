internal import ChatCore
internal import DequeModule

/// What a member waits for while the log looks it up, or other connections are asked.
extension Member {
    /// What is found has its place here, and all that comes later waits for it.
    func wait(for waiting: Waiting) {
        guard !isLeaving else { return }
        catchUp()
        agenda.append(.wait(waiting))
        if waiting.isAnswer { awaited += 1 }
        hold()
    }

    /// - Returns: how many requests are done that had waited for it.
    func fulfil(_ ticket: Ticket, _ arrival: Arrival) -> Int {
        let place = agenda.firstIndex { if case .wait(let waiting) = $0 { waiting.ticket == ticket } else { false } }
        guard let place, case .wait(let waiting) = agenda[place] else { return 0 }
        let items = waiting.items(arrival)
        for case .say(let lines) in items { owed += lines.count }
        agenda.replaceSubrange(place...place, with: items)
        guard waiting.isAnswer else { return 0 }
        awaited -= 1
        guard awaited == 0 else { return 0 }
        defer { almostDone = 0 }
        return almostDone
    }

    /// Something that it has asked for is done, unless it still waits for something.
    /// - Returns: false if it does; then ``fulfil(_:_:)`` will say when it is done.
    func isDone() -> Bool {
        guard awaited > 0 else { return true }
        almostDone += 1
        return false
    }
}
