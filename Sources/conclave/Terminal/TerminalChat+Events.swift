import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What the client is told, and how it comes to the screen.
extension TerminalChat {
    /// Takes what came together, and shows it together.
    func take(_ events: [ChatEvent]) async {
        let now = LocalTime.now
        var showing = Showing()
        for event in events {
            switch event {
            case .state(let state): connectionIs(state)
            case .notice(.name(let name, let isKept, _)): keep(name, isKept)
            default: break
            }
            guard let (happening, room) = Happening.of(event) else { continue }
            note(happening, in: room)
            showing += rooms.take(happening, in: room, at: now)
        }
        await show(showing)
    }

    func take(_ happening: Happening, in room: RoomName?) async {
        note(happening, in: room)
        switch happening {
        case .answer(.rooms(let found)): listed = found.shown.map(\.name)
        case .answer(.released(let name)): keep(name, false)
        default: break
        }
        await show(rooms.take(happening, in: room, at: LocalTime.now))
    }

    /// Something that the client itself wants its user to know.
    func tell(_ notice: TrustNotice) async { await take(.note("\(CleanText(texts.news(TrustNews(notice))))")) }

    func show(past: [(body: Event.Body, at: Timestamp)]) async {
        await session.print(rooms.past(past, at: LocalTime.now))
    }

    private func show(_ showing: Showing) async {
        // The prompt first: it says how all is after what is shown.
        showPrompt()
        flushLater()
        if showing.rings, wishes.rings { session.bell() }
        if let alert = showing.alert, let notification = wishes.notification { session.notify(alert, by: notification) }
        await session.print(showing.rows)
    }

    // MARK: What waits to be told together

    private func flushLater() {
        guard flushing == nil, let due = rooms.due else { return }
        // A clock that jumps makes nobody wait longer than a moment.
        let wait = min(max(0, due.milliseconds - LocalTime.now.milliseconds), 2500)
        flushing = Task {
            guard (try? await Task.sleep(for: .milliseconds(wait))) != nil else { return }
            await self.flush()
        }
    }

    private func flush() async {
        flushing = nil
        await session.print(rooms.flush(at: LocalTime.now))
        flushLater()
    }
}
