public import ChatCore
public import ChatWire

extension ChatClient {
    // MARK: Rooms

    /// Enters a room, or wants its events from another place on if it is entered already.
    /// - Parameters:
    ///   - nick: the name to take first; if it cannot be had, the room is not entered.
    ///   - start: from where on its events are wanted.
    @discardableResult
    public func enter(
        _ room: RoomName,
        as nick: Nickname? = nil,
        from start: Entry.Start = .now
    ) async throws(RequestError) -> StructuredEnter {
        guard case .entered(let entered) = try await core.call(.enter(room, Entry(as: nick, from: start))) else {
            throw .notUnderstood
        }
        return entered
    }

    public func leave(_ room: RoomName) async throws(RequestError) {
        _ = try await core.call(.leave(room))
    }

    // MARK: Speech

    /// Says something once, however often the connection is lost, and waits until it is said.
    ///
    /// Only what could not be sent again within ``ClientOptions/resendWithin`` is ``RequestError/interrupted``.
    /// - Parameter isAction: whether it is told in the third person.
    /// - Returns: its number in the room.
    @discardableResult
    public func say(
        _ text: CleanText,
        in room: RoomName,
        isAction: Bool = false
    ) async throws(RequestError) -> UInt64 {
        let reply = try await core.call { state, number, now in
            let id = MessageID(using: &state.session.random)
            state.session.ask(number, .say(room, text, isAction: isAction, id: id), at: now)
        }
        guard case .said(let sequence, _) = reply else { throw .notUnderstood }
        return sequence
    }

    @discardableResult
    public func say(_ text: String, in room: RoomName, isAction: Bool = false) async throws(RequestError) -> UInt64 {
        try await say(CleanText(text), in: room, isAction: isAction)
    }

    /// Says something to one member alone.
    /// - Returns: who was told, and what it has left to be told if it is away.
    @discardableResult
    public func whisper(
        _ text: CleanText,
        to whom: Whom
    ) async throws(RequestError) -> (to: Author, away: CleanText?) {
        guard case .whispered(let author, let away) = try await core.call(.whisper(to: whom, text)) else {
            throw .notUnderstood
        }
        return (author, away)
    }

    // MARK: Oneself

    @discardableResult
    public func rename(to nick: Nickname) async throws(RequestError) -> Author {
        guard case .named(let author) = try await core.call(.rename(nick)) else { throw .notUnderstood }
        return author
    }

    /// - Parameter text: what others are told who whisper to us; nil: we are back.
    public func away(_ text: CleanText?) async throws(RequestError) {
        _ = try await core.call(.away(text))
    }

    /// Becomes an operator.
    public func oper(_ account: String, password: String) async throws(RequestError) {
        _ = try await core.call(.oper(account: account, password: password))
    }

    /// Asks whether the server is there.
    public func ping() async throws(RequestError) {
        _ = try await core.call(.ping)
    }
}

extension MessageID {
    /// 128 random bits as 32 hexadecimal digits.
    init?(using random: inout some RandomNumberGenerator) {
        self.init(SessionSecret(using: &random).text)
    }
}
