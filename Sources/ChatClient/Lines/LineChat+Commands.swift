internal import ChatCore
internal import ChatWire

/// What commands of the text protocol are over conclave/1, and how their answers are written.
extension LineChat {
    func perform(_ request: Request) async {
        do throws(RequestError) {
            switch request {
            case .act(let action): try await perform(action)
            case .becomeOperator(let account, let password):
                try await client.oper(account, password: password)
                await write(.isOperator)
            case .quit: break
            }
        } catch {
            await write("* \(error)\n")
        }
    }

    private func perform(_ action: Action) async throws(RequestError) {
        switch action {
        case .aside(let aside): await show(aside)
        case .name(let name):
            let author = try await client.rename(to: name)
            // With a key it may be the place, and the number, of another connection.
            view.own = author.member
            await write(.named(author))
        case .join(let room, _): try await join(room)
        case .leave: try await leave()
        case .listRooms(let prefix): await write(.rooms(try await client.rooms(prefix: prefix)))
        case .away(let text):
            try await client.away(text)
            await write(text.map(Answer.away) ?? .back)
        case .whisper(let whom, let text): try await whisper(text, to: whom)
        case .answer(let text):
            guard let whisperer else { return await write(.refused(.nobodyToAnswer)) }
            try await whisper(text, to: .number(whisperer.member))
        case .forget: await write(.forgot(rooms: try await client.forget()))
        case .whois, .status, .verify, .release, .makeCode, .useCode, .admit: try await identify(action)
        case .announce(let text):
            guard case .announced(let rooms) = try await client.begin(.announce(text)).reply() else { return }
            await write(.announced(rooms: rooms))
        default:
            guard let room else { return await write(.refused(.nowhere)) }
            try await perform(action, in: room)
        }
    }

    private func perform(_ action: Action, in room: RoomName) async throws(RequestError) {
        switch action {
        case .listMembers(let prefix, _):
            await write(.who(room, Listing(try await client.who(in: room, prefix: prefix), more: 0)))
        case .topic(nil): await write(.topic(room, try await client.topic(of: room)))
        case .history(let count): try await history(count, of: room)
        case .past(let past):
            let text = CleanText(past.words.joined(separator: " "))
            let found = try await client.search(room, for: text, limit: past.limit)
            await show(found.events, of: room, orElse: TextCodec.nothingFound)
        case .ignore(let whom, let isIgnored): try await ignore(whom, isIgnored, in: room)
        default:
            guard let operation = StructuredRequest.Operation(action, in: room) else { return }
            switch try await client.begin(operation).reply() {
            case .invited(let room, let guest): await write(.invited(guest, room))
            case .bans(let bans): await write(.bans(room, bans))
            case .banned(let label, let seconds): await write(.banned(label, room, seconds: seconds))
            case .unbanned(let label): await write(.unbanned(label, room))
            default: break  // everybody in the room is told, we too
            }
        }
    }

    private func join(_ room: RoomName) async throws(RequestError) {
        guard room != self.room else { return await write(.refused(.alreadyIn(room))) }
        try await client.enter(room, from: .last(Self.replayed))
        let old = self.room
        self.room = room
        if let old { try await client.leave(old) }
    }

    private func leave() async throws(RequestError) {
        guard let room else { return await write(.refused(.nowhere)) }
        try await client.leave(room)
        forget(room)
        await write(.outside(room))
    }

    private func whisper(_ text: CleanText, to whom: Whom) async throws(RequestError) {
        let (other, away) = try await client.whisper(text, to: whom)
        await write(.whispered(to: other, text, away: away))
    }

    private func history(_ count: Int, of room: RoomName) async throws(RequestError) {
        var messages: [RoomEvent] = []
        var past = Past(limit: Past.most)
        // Other events are among them, which are not shown, so more than one page may be needed.
        for _ in 0..<Self.mostPages {
            let page = try await client.history(of: room, past)
            messages = page.events.filter { $0.body.isSpeech && !view.ignores($0.body.author) } + messages
            guard messages.count < count, page.hasMore, let first = page.events.first else { break }
            past.before = first.sequence
        }
        await show(messages.suffix(count), of: room, orElse: TextCodec.nothingToReplay)
    }

    private func show(_ events: some Sequence<RoomEvent>, of room: RoomName, orElse nothing: String) async {
        let lines = events.filter { !view.ignores($0.body.author) }
        if lines.isEmpty { return await write(nothing) }
        var shown = view
        shown.heads[room] = .max
        await write(lines.compactMap { shown.line($0) })
    }

    /// How far back `/history` looks: each page is a list that the server counts for ten messages.
    private static let mostPages = 8

    private func ignore(_ whom: Whom, _ isIgnored: Bool, in room: RoomName) async throws(RequestError) {
        let prefix = if case .name(let name) = whom { name.text } else { "" }
        let found = try await client.who(in: room, prefix: prefix).first { member in
            switch whom {
            case .number(let number): member.author.member == number
            case .name(let name): member.author.name == name
            case .nobody: false
            }
        }
        guard let author = found?.author else { return await write(.refused(.noSuchMember(whom.text))) }
        guard author.member != view.own else { return await write(.refused(.thatIsYou)) }
        view.ignore(author, isIgnored)
        await write(.ignoring(author, isIgnored))
    }

    private func show(_ aside: Aside) async {
        switch aside {
        case .show(let change):
            view.change(change)
            await write(TextCodec.changed(change))
        case .help(nil): await write(TextCodec.help(lineLimit: TextCodec.lineLimit))
        case .help(let spec?): await write(TextCodec.help(spec))
        case .problem(let problem): await write(TextCodec.problem(problem))
        case .tooLong: await write(TextCodec.tooLong(limit: TextCodec.lineLimit))
        }
    }
}

extension StructuredRequest.Operation {
    /// What a moderator's command, and all else that a room is asked for and answers by telling everybody, is called.
    fileprivate init?(_ action: Action, in room: RoomName) {
        switch action {
        case .topic(let text): self = .topic(room, text)
        case .invite(let whom): self = .invite(room, whom)
        case .setPrivate(let isOn): self = .setPrivate(room, isOn)
        case .kick(let whom, let reason): self = .kick(room, whom, reason: reason)
        case .ban(let target, let seconds, let reason): self = .ban(room, target, seconds: seconds, reason: reason)
        case .unban(let label): self = .unban(room, label)
        case .listBans: self = .bans(room)
        case .mute(let whom, let seconds): self = .mute(room, whom, seconds: seconds)
        case .unmute(let whom): self = .unmute(room, whom)
        case .setModerator(let whom, let isOne): self = .setModerator(room, whom, isOne)
        case .slow(let seconds): self = .slow(room, seconds: seconds)
        case .lockdown(let isOn): self = .lockdown(room, isOn)
        default: return nil
        }
    }
}
