import ChatClient
import ChatCore
import ChatTerminal

/// Several rooms of one connection, of which one is on the screen.
extension TerminalChat {
    func go(_ wish: LineEditor.RoomSwitch) async {
        switch wish {
        case .number(let number): await go(to: rooms.room(numbered: number))
        case .previous: await go(to: rooms.room(-1, from: rooms.shown))
        case .next: await go(to: rooms.room(1, from: rooms.shown))
        }
    }

    /// Its user wants to be there: the screen goes at once, and the worker when it has done what was typed before.
    /// - Parameter room: nil: none that its user is in.
    func go(to room: RoomName?) async {
        guard let room else { return await refuse(texts.notInThatRoom) }
        switches += 1
        queue(.target(room))
        await show(room)
    }

    private func show(_ room: RoomName) async {
        let rows = rooms.show(room, at: LocalTime.now)
        showPrompt()
        await session.print(rows)
    }

    // MARK: The worker's

    /// Enters a room, and stays in the others; or goes to one that was entered.
    func join(_ room: RoomName, _ moment: Moment) async throws(RequestError) {
        if rooms.list.contains(where: { $0.name == room }) {
            guard room != target else { return await take(.answer(.refused(.alreadyIn(room)))) }
        } else {
            try await client.enter(room, from: .last(Self.replayed))
        }
        target = room
        // Who has gone elsewhere since stays there.
        if switches == moment.switches { await show(room) }
    }

    func leaveRoom() async throws(RequestError) {
        guard let room = target else { return await take(.answer(.refused(.nowhere))) }
        try await client.leave(room)
        let next = rooms.room(-1, from: room)
        await take(.answer(.outside(room)))
        target = next == room ? nil : next
        if let target, rooms.shown == nil { await show(target) }
    }
}
