import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What commands make happen.
extension CommandDesk {
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
            await refuse(error)
        }
    }

    private func perform(_ action: Action, _ moment: Moment) async throws(RequestError) {
        switch action {
        case .aside(let aside): await show(aside)
        case .status: await showStatus()
        case .join(let room, _): try await join(room, moment)
        case .leave: try await leaveRoom(moment)
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
    func pass(on action: Action) async throws(RequestError) {
        let ignoring = ignoring
        switch try await client.perform(action, in: target, showing: { !ignoring($0.author) }) {
        case .answer(let answer): await take(.answer(answer))
        case .history(let events, let room, let older): await show(events, of: room, after: action, older)
        case .found(let events, let room, let older): await show(events, of: room, after: action, older)
        case .words(let author, let words): await take(.note(texts.words(of: author, words)))
        case .told: break
        }
    }

    private func ignore(_ whom: Whom, _ isIgnored: Bool) async throws(RequestError) {
        guard let room = target else { return await take(.answer(.refused(.nowhere))) }
        guard let author = try await client.member(whom, of: room) else {
            return await take(.answer(.refused(.noSuchMember(whom.text))))
        }
        guard author.member != own?.member else { return await take(.answer(.refused(.thatIsYou))) }
        await take(.answer(.ignoring(author, isIgnored)))
    }

    func show(_ aside: Aside) async {
        switch aside {
        case .show(let change):
            self.change(change)
            await take(.note("\(texts.changed(change))"))
        case .help(let spec): for line in texts.help(spec?.name) { await take(.note("\(line)")) }
        case .problem(let problem): await refuse(problem)
        case .tooLong: await refuse(texts.tooLong(limit: TextCodec.lineLimit))
        }
    }

    // MARK: The client's own

    func perform(_ command: TerminalCommand) async {
        switch command {
        case .room(nil): for entry in places { await take(.note(texts.roomLine(entry))) }
        case .room(let room?): await go(toThat: places.first { $0.name == room })
        case .roomNumber(let number): await go(toThat: places.first { $0.number == number })
        case .moreHistory: await showMoreHistory()
        case .moreFound: await showMoreFound()
        case .status: await showStatus()
        case .help(let name): for line in texts.help(name) { await take(.note("\(line)")) }
        case .problem(let problem): await refuse(problem)
        }
    }

    private func go(toThat entry: Rooms.Entry?) async {
        guard let entry else { return await refuse(texts.notInThatRoom) }
        await go(to: entry.name)
    }
}
