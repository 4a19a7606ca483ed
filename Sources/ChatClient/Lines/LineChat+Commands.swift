internal import ChatCore
internal import ChatWire
internal import TLS

/// How commands are answered in lines, and what of them is about the lines.
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
        case .join(let room, _): try await join(room)
        case .leave: try await leave()
        case .answer(let text):
            guard let whisperer else { return await write(.refused(.nobodyToAnswer)) }
            await show(try await client.perform(.whisper(to: .number(whisperer.member), text), in: room))
        case .ignore(let whom, let isIgnored):
            guard let room else { return await write(.refused(.nowhere)) }
            try await ignore(whom, isIgnored, in: room)
        case .status: try await status()
        default:
            // Ours come from this end of the connection; what the server says of it has come through it.
            if case .verify(nil) = action, let own = client.words { await write("* \(own.line)\n") }
            let view = view
            await show(try await client.perform(action, in: room) { !view.ignores($0.author) })
        }
    }

    private func show(_ reply: CommandReply) async {
        switch reply {
        case .answer(let answer):
            // With a key it may be the place, and the number, of another connection.
            if case .named(let author) = answer { view.own = author.member }
            await write(answer)
        case .history(let events, let room): await show(events, of: room, orElse: TextCodec.nothingToReplay)
        case .found(let events, let room): await show(events, of: room, orElse: TextCodec.nothingFound)
        case .words(let author, let words):
            let sets = words.joined(separator: "; or: ")
            await write("* the words of `\(author.label)`, as the server sees them: \(sets)\n")
        case .told: break
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

    /// As the server sees it; and how this end sees the server.
    private func status() async throws(RequestError) {
        guard let own = view.own else { return await write(.refused(.nowhere)) }
        await show(try await client.perform(.whois(.number(own)), in: room))
        if let certificate = client.agreement?.peerCertificate {
            let now = WallClock.now().milliseconds / 1000
            await write("* \(CertificateFacts(certificate).summary(at: now))\n")
        }
    }

    private func show(_ events: [RoomEvent], of room: RoomName, orElse nothing: String) async {
        if events.isEmpty { return await write(nothing) }
        var shown = view
        shown.heads[room] = .max
        await write(events.compactMap { shown.line($0) })
    }

    private func ignore(_ whom: Whom, _ isIgnored: Bool, in room: RoomName) async throws(RequestError) {
        guard let author = try await client.member(whom, of: room) else {
            return await write(.refused(.noSuchMember(whom.text)))
        }
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
