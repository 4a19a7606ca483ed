public import ChatCore
internal import ChatWire

/// What moderators and operators may do, and members who invite.
extension ChatClient {
    /// - Returns: who may enter now.
    @discardableResult
    public func invite(_ whom: Whom, to room: RoomName) async throws(RequestError) -> Author {
        guard case .invited(_, let author) = try await core.call(.invite(room, whom)) else { throw .notUnderstood }
        return author
    }

    public func kick(_ whom: Whom, from room: RoomName, reason: CleanText? = nil) async throws(RequestError) {
        _ = try await core.call(.kick(room, whom, reason: reason))
    }

    /// - Parameter seconds: how long; nil: for good.
    /// - Returns: what ``unban(_:from:)`` takes, and how many seconds it lasts; nil: for good.
    @discardableResult
    public func ban(
        _ target: BanTarget,
        from room: RoomName,
        seconds: Int? = nil,
        reason: CleanText? = nil
    ) async throws(RequestError) -> (label: String, seconds: Int?) {
        let reply = try await core.call(.ban(room, target, seconds: seconds, reason: reason))
        guard case .banned(let label, let seconds) = reply else { throw .notUnderstood }
        return (label, seconds)
    }

    public func unban(_ label: String, from room: RoomName) async throws(RequestError) {
        _ = try await core.call(.unban(room, label))
    }

    public func bans(of room: RoomName) async throws(RequestError) -> Listing<BanSummary> {
        guard case .bans(let bans) = try await core.call(.bans(room)) else { throw .notUnderstood }
        return bans
    }

    public func mute(_ whom: Whom, in room: RoomName, seconds: Int? = nil) async throws(RequestError) {
        _ = try await core.call(.mute(room, whom, seconds: seconds))
    }

    public func unmute(_ whom: Whom, in room: RoomName) async throws(RequestError) {
        _ = try await core.call(.unmute(room, whom))
    }

    public func setModerator(_ whom: Whom, in room: RoomName, _ isOn: Bool) async throws(RequestError) {
        _ = try await core.call(.setModerator(room, whom, isOn))
    }

    /// One line from each member in so many seconds; 0: any number.
    public func slow(_ room: RoomName, seconds: Int) async throws(RequestError) {
        _ = try await core.call(.slow(room, seconds: seconds))
    }

    public func lockdown(_ room: RoomName, _ isOn: Bool) async throws(RequestError) {
        _ = try await core.call(.lockdown(room, isOn))
    }

    public func setPrivate(_ room: RoomName, _ isOn: Bool) async throws(RequestError) {
        _ = try await core.call(.setPrivate(room, isOn))
    }

    /// Says something to every room.
    /// - Returns: how many rooms were told.
    @discardableResult
    public func announce(_ text: CleanText) async throws(RequestError) -> Int {
        guard case .announced(let rooms) = try await core.call(.announce(text)) else { throw .notUnderstood }
        return rooms
    }
}
