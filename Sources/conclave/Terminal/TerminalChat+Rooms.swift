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

    /// - Parameter room: nil: none that its user is in.
    func go(to room: RoomName?) async {
        guard let room else { return await refuse(texts.notInThatRoom) }
        let rows = rooms.show(room, at: LocalTime.now)
        showPrompt()
        await session.print(rows)
    }

    /// Enters a room, and stays in the others; or goes to one that was entered.
    func join(_ room: RoomName) async throws(RequestError) {
        if rooms.list.contains(where: { $0.name == room }) {
            guard room != rooms.shown else { return await take(.answer(.refused(.alreadyIn(room)))) }
            return await go(to: room)
        }
        try await client.enter(room, from: .last(Self.replayed))
        await go(to: room)
    }

    func leaveRoom() async throws(RequestError) {
        guard let room = rooms.shown else { return await take(.answer(.refused(.nowhere))) }
        try await client.leave(room)
        let next = rooms.room(-1, from: room)
        await take(.answer(.outside(room)))
        if let next, next != room { await go(to: next) }
    }
}
