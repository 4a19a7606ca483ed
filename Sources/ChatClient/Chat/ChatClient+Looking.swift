public import ChatCore
public import ChatWire

extension ChatClient {
    /// Who is in a room, by number: all of them, however many requests that takes.
    /// - Parameter prefix: how the names begin that are wanted.
    public func who(in room: RoomName, prefix: String = "") async throws(RequestError) -> [MemberSummary] {
        var all: [MemberSummary] = []
        while true {
            let reply = try await core.call(.who(room, prefix: prefix, after: all.last?.author.member))
            guard case .who(_, let page) = reply else { throw .notUnderstood }
            all += page.shown
            guard page.more > 0, !page.shown.isEmpty else { return all }
        }
    }

    /// The rooms that are listed, the fullest first, and how many more there are.
    public func rooms(prefix: String = "") async throws(RequestError) -> Listing<RoomSummary> {
        guard case .rooms(let rooms) = try await core.call(.rooms(prefix: prefix)) else { throw .notUnderstood }
        return rooms
    }

    /// What a room is about.
    public func topic(of room: RoomName) async throws(RequestError) -> CleanText? {
        guard case .topic(_, let topic) = try await core.call(.topic(room, nil)) else { throw .notUnderstood }
        return topic
    }

    /// - Parameter text: nil takes the topic away.
    public func setTopic(of room: RoomName, to text: CleanText?) async throws(RequestError) {
        _ = try await core.call(.topic(room, text ?? CleanText("")))
    }

    /// A part of a room's past.
    public func history(of room: RoomName, _ past: Past = Past()) async throws(RequestError) -> RoomHistory {
        guard case .history(_, let epoch, let events, let more) = try await core.call(.history(room, past)) else {
            throw .notUnderstood
        }
        return RoomHistory(epoch: epoch, events: events, hasMore: more)
    }

    /// The newest messages of a room in which all words of a text are found, inside of longer words too.
    /// - Parameters:
    ///   - text: at most ``WordSearch/mostWords`` words.
    ///   - before: only messages with smaller numbers; nil: all.
    public func search(
        _ room: RoomName,
        for text: CleanText,
        before: UInt64? = nil,
        limit: Int = Past.usual
    ) async throws(RequestError) -> RoomHistory {
        let operation = StructuredRequest.Operation.search(room, text, before: before, limit: limit)
        guard case .history(_, let epoch, let events, let more) = try await core.call(operation) else {
            throw .notUnderstood
        }
        return RoomHistory(epoch: epoch, events: events, hasMore: more)
    }

    /// Takes back all that has been said on this connection, in all rooms.
    /// - Returns: in how many rooms that was.
    @discardableResult
    public func forget() async throws(RequestError) -> Int {
        guard case .forgot(let rooms) = try await core.call(.forget) else { throw .notUnderstood }
        return rooms
    }
}

/// Events of before, oldest first.
public struct RoomHistory: Sendable, Equatable {
    public let epoch: Epoch
    public let events: [RoomEvent]
    /// Whether there is more in the direction that was asked for.
    public let hasMore: Bool
}
