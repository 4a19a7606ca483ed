public import ChatCore
internal import ChatWire

/// What commands of the text protocol are over conclave/1.
extension ChatClient {
    /// Does what a command asks for, and says what came of it.
    ///
    /// What depends on what is on the screen is for who has the screen: entering and leaving rooms, whom `/reply` is for,
    /// whom not to show, how things look. Of these nothing is done.
    /// - Parameters:
    ///   - room: which room it is about, if it is about one; nil: its user is in none.
    ///   - shows: which of the messages of before are to be shown, and so count.
    public func perform(
        _ action: Action,
        in room: RoomName?,
        showing shows: @Sendable (Event.Body) -> Bool = { _ in true }
    ) async throws(RequestError) -> CommandReply {
        switch action {
        case .name(let name): return .answer(.named(try await rename(to: name)))
        case .listRooms(let prefix): return .answer(.rooms(try await rooms(prefix: prefix)))
        case .away(let text):
            try await away(text)
            return .answer(text.map(Answer.away) ?? .back)
        case .whisper(let whom, let text):
            let (other, away) = try await whisper(text, to: whom)
            return .answer(.whispered(to: other, text, away: away))
        case .forget: return .answer(.forgot(rooms: try await forget()))
        case .announce(let text): return .answer(.announced(rooms: try await announce(text)))
        case .whois, .verify, .release, .makeCode, .useCode, .admit: return try await identify(action)
        default:
            guard let room else { return .answer(.refused(.nowhere)) }
            return try await perform(action, in: room, shows)
        }
    }

    private func identify(_ action: Action) async throws(RequestError) -> CommandReply {
        switch action {
        case .whois(let whom): return .answer(.whois(try await whois(whom)))
        case .verify(let whom):
            let (author, words) = try await verify(whom)
            return .words(author, words)
        case .release(let name):
            try await release(name)
            return .answer(.released(name))
        case .makeCode:
            let (code, seconds) = try await linkCode()
            return .answer(.code(code, seconds: seconds))
        case .useCode(let code): return .answer(.linked(try await link(code)))
        case .admit(let key, let name):
            try await admit(key, as: name)
            return .answer(.admitted(key, name))
        default: return .told
        }
    }

    private func perform(
        _ action: Action,
        in room: RoomName,
        _ shows: @Sendable (Event.Body) -> Bool
    ) async throws(RequestError) -> CommandReply {
        switch action {
        case .listMembers(let prefix, _):
            return .answer(.who(room, Listing(try await who(in: room, prefix: prefix), more: 0)))
        case .topic(nil): return .answer(.topic(room, try await topic(of: room)))
        case .history(let count): return try await messages(of: room, count, shows)
        case .past(let past) where past.words.isEmpty:
            return try await messages(of: room, past.limit, before: past.before, shows)
        case .past(let past):
            let text = CleanText(past.words.joined(separator: " "))
            let page = try await search(room, for: text, before: past.before, limit: past.limit)
            let older = page.hasMore ? page.events.first?.sequence : nil
            return .found(page.events.filter { shows($0.body) }, of: room, older: older)
        default:
            guard let operation = StructuredRequest.Operation(action, in: room) else { return .told }
            switch try await begin(operation).reply() {
            case .invited(let room, let guest): return .answer(.invited(guest, room))
            case .bans(let bans): return .answer(.bans(room, bans))
            case .banned(let label, let seconds): return .answer(.banned(label, room, seconds: seconds))
            case .unbanned(let label): return .answer(.unbanned(label, room))
            default: return .told  // everybody in the room is told, we too
            }
        }
    }

    /// The last messages of a room.
    /// - Parameter before: only those with smaller numbers.
    private func messages(
        of room: RoomName,
        _ count: Int,
        before: UInt64? = nil,
        _ shows: @Sendable (Event.Body) -> Bool
    ) async throws(RequestError) -> CommandReply {
        var messages: [RoomEvent] = []
        var past = Past(before: before, limit: Past.most)
        var older: UInt64?
        // Other events are among them, which are not shown, so more than one page may be needed.
        for _ in 0..<Self.mostPages {
            let page = try await history(of: room, past)
            messages = page.events.filter { $0.body.isSpeech && shows($0.body) } + messages
            older = page.hasMore ? page.events.first?.sequence : nil
            guard messages.count < count, older != nil else { break }
            past.before = older
        }
        let shown = Array(messages.suffix(count))
        return .history(shown, of: room, older: shown.count < messages.count ? shown.first?.sequence : older)
    }

    /// How far back `/history` looks: each page is a list that the server counts for ten messages.
    private static let mostPages = 8

    /// Somebody in a room.
    /// - Returns: nil if nobody there is called so.
    public func member(_ whom: Whom, of room: RoomName) async throws(RequestError) -> Author? {
        let prefix = if case .name(let name) = whom { name.text } else { "" }
        return try await who(in: room, prefix: prefix).first { member in
            switch whom {
            case .number(let number): member.author.member == number
            case .name(let name): member.author.name == name
            case .nobody: false
            }
        }?.author
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
