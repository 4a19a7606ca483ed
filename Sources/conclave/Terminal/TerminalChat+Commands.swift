import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What commands make happen.
extension TerminalChat {
    func perform(_ request: Request, _ moment: Moment) async {
        do throws(RequestError) {
            switch request {
            case .act(let action): try await perform(action, moment)
            case .becomeOperator(let account, let password):
                try await client.oper(account, password: password)
                await take(.answer(.isOperator))
            case .quit: break
            }
        } catch {
            await refuse(texts.trouble(Trouble(error)))
        }
    }

    private func perform(_ action: Action, _ moment: Moment) async throws(RequestError) {
        switch action {
        case .join(let room, _): try await join(room, moment)
        case .leave: try await leaveRoom()
        case .answer(let text):
            guard let other = moment.whisperer else { return await take(.answer(.refused(.nobodyToAnswer))) }
            try await pass(on: .whisper(to: .number(other.member), text))
        case .ignore(let whom, let isIgnored): try await ignore(whom, isIgnored)
        case .verify(nil):
            // Ours come from this end of the connection; what the server says of it has come through it.
            if let own = client.words { await take(.note(texts.ownWords((try? own.get())?.description))) }
            try await pass(on: action)
        default: try await pass(on: action)
        }
    }

    /// What the server does, and answers.
    private func pass(on action: Action) async throws(RequestError) {
        let rooms = rooms
        switch try await client.perform(action, in: target, showing: { !rooms.ignores($0.author) }) {
        case .answer(let answer):
            switch answer {
            case .rooms(let found): listed = found.shown.map(\.name)
            case .released(let name): keep(name, false)
            default: break
            }
            await take(.answer(answer))
        case .history(let events, _): await show(events, orElse: texts.nothingKept)
        case .found(let events, _): await show(events, orElse: texts.nothingFound)
        case .words(let author, let words): await take(.note(texts.words(of: author, words)))
        case .told: break
        }
    }

    private func show(_ events: [RoomEvent], orElse nothing: String) async {
        guard !events.isEmpty else { return await take(.note("\(nothing)")) }
        await session.print(rooms.past(events.map { ($0.body, $0.at) }, at: LocalTime.now))
    }

    private func ignore(_ whom: Whom, _ isIgnored: Bool) async throws(RequestError) {
        guard let room = target else { return await take(.answer(.refused(.nowhere))) }
        guard let author = try await client.member(whom, of: room) else {
            return await take(.answer(.refused(.noSuchMember(whom.text))))
        }
        guard author.member != rooms.own?.member else { return await take(.answer(.refused(.thatIsYou))) }
        await take(.answer(.ignoring(author, isIgnored)))
    }

    func show(_ aside: Aside) async {
        switch aside {
        case .show(let change):
            rooms.look.change(change)
            await take(.note("\(texts.changed(change))"))
        case .help(let spec): for line in texts.help(spec?.name) { await take(.note("\(line)")) }
        case .problem(let problem): await refuse(texts.problem(problem))
        case .tooLong: await refuse(texts.tooLong(limit: TextCodec.lineLimit))
        }
    }

    // MARK: The terminal's own

    func perform(_ command: TerminalCommand) async {
        switch command {
        case .room(nil): for entry in rooms.list { await take(.note(texts.roomLine(entry))) }
        case .room(let room?): await go(to: rooms.list.first { $0.name == room }?.name)
        case .roomNumber(let number): await go(to: rooms.room(numbered: number))
        // It asks the server how far away it is.
        case .status: Task { await showStatus() }
        case .help(let name): for line in texts.help(name) { await take(.note("\(line)")) }
        case .problem(let problem): await refuse("\(problem)")
        }
    }
}
