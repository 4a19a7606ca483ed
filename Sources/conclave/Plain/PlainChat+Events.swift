import ChatClient
import ChatCore
import ChatTerminal

/// What happens, as lines.
extension PlainChat {
    func listen() async -> ClientError? {
        for await event in client.events {
            switch event {
            // What ends the program is told at its end.
            case .state(.failed(let error)): return error
            case .state(let now):
                state.now = now
                if case .waiting(let wait, _) = now { state.end = .now + wait }
            default: break
            }
            if let (happening, room) = Happening.of(event) { await take(happening, in: room) }
        }
        return nil
    }

    func take(_ happening: Happening, in room: RoomName?) async {
        note(happening, in: room)
        await write(plain.lines(of: happening, in: room, at: LocalTime.now))
    }

    func show(past: [(body: Event.Body, at: Timestamp)]) async {
        await write(plain.past(past, at: LocalTime.now))
    }

    // MARK: Rooms

    func go(to room: RoomName) async {
        target = room
        await take(.note(texts.linesGo(to: room)))
    }

    func follow(to room: RoomName, _ moment: Moment) async { await take(.note(texts.linesGo(to: room))) }
}
