internal import ChatCore

/// Members that are on their way through a room's past, from where they were to the newest.
extension Shard {
    /// One enters a room from some number on.
    func follow(
        _ following: Following,
        from page: Page,
        _ events: Lookup,
        of room: RoomID,
        _ own: Member,
        _ retention: Retention
    ) {
        let outbound = own.outbound
        func answer(_ found: Found, isLate: Bool) -> (Stretch, lines: [UInt8]) {
            let events = found.events
            var (page, missed) = (page, UInt64(0))
            if case .last = following.start, let first = events.first {
                page = page.beginning(after: first.sequence - 1)
            }
            let stretch = Stretch(page, events, isLate: isLate)
            if case .after = following.start { missed = stretch.leadingGap }
            let lines = outbound.followed(following, stretch, missed: missed, retention)
            return (stretch, lines + outbound.stretch(stretch, gap: false))
        }
        switch events {
        case .here(let events):
            let (stretch, lines) = answer(.success(events), isLate: false)
            own.reply(lines, isAnswer: true)
            goOn(after: stretch, of: room, own)
        case .onItsWay(let ticket):
            own.wait(
                for: Waiting(ticket: ticket, isAnswer: true) { found in
                    let (stretch, lines) = answer(found, isLate: true)
                    return [.say(lines), stretch.nextPage]
                }
            )
        }
    }

    /// One has had a stretch, and gets the next.
    func turn(_ page: Page, _ events: Lookup, of room: RoomID, _ own: Member) {
        switch events {
        case .here(let events):
            let stretch = Stretch(page, events, isLate: false)
            own.reply(own.outbound.stretch(stretch, gap: true), isAnswer: true)
            goOn(after: stretch, of: room, own)
        case .onItsWay(let ticket):
            let outbound = own.outbound
            own.wait(
                for: Waiting(ticket: ticket, isAnswer: false) { found in
                    let stretch = Stretch(page, found.events, isLate: true)
                    return [.say(outbound.stretch(stretch, gap: true)), stretch.nextPage]
                }
            )
        }
    }

    /// What comes next it gets by itself, or asks for.
    private func goOn(after stretch: Stretch, of room: RoomID, _ own: Member) {
        if stretch.isLast {
            fanOut.enter(room, stretch.room, own, after: stretch.through, entry: stretch.entry)
        } else {
            own.willTurnPage(of: stretch.room, after: stretch.through, entry: stretch.entry)
        }
    }
}

extension Stretch {
    fileprivate var nextPage: AgendaItem { .turnPage(room, after: through, entry: entry) }
}

extension Page {
    fileprivate func beginning(after sequence: UInt64) -> Page {
        Page(room: room, after: sequence, head: head, entry: entry)
    }
}

extension Found {
    /// None, if the log could not be read: who knows what to expect is told that it has missed something.
    var events: [Event] { (try? get()) ?? [] }
}
