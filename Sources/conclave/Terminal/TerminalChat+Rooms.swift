import ChatCore
import ChatTerminal

/// Several rooms of one connection, of which one is on the screen.
extension TerminalChat {
    func go(_ wish: LineEditor.RoomSwitch) async {
        let room =
            switch wish {
            case .number(let number): rooms.room(numbered: number)
            case .previous: rooms.room(-1, from: rooms.shown)
            case .next: rooms.room(1, from: rooms.shown)
            }
        if let room { await go(to: room) } else { await refuse(texts.notInThatRoom) }
    }

    /// The screen goes at once, and the worker when it has done what was typed before.
    func go(to room: RoomName) async {
        switches += 1
        queue(.target(room))
        await show(room)
    }

    /// Who has gone elsewhere since stays there.
    func follow(to room: RoomName, _ moment: Moment) async {
        if switches == moment.switches || rooms.shown == nil { await show(room) }
    }

    private func show(_ room: RoomName) async {
        let rows = rooms.show(room, at: LocalTime.now)
        showPrompt()
        await session.print(rows)
    }
}
