internal import ChatCore

/// The rooms that are read on one event loop in one protocol.
final class Hall {
    private var audiences: [RoomID: Audience] = [:]
    /// The room of the last line, which most often is that of the next.
    private var latest: Audience?

    func audience(_ room: RoomID) -> Audience? {
        if let latest, latest.room == room { return latest }
        guard let audience = audiences[room] else { return nil }
        latest = audience
        return audience
    }

    func add(_ audience: Audience) {
        audiences[audience.room] = audience
    }

    func remove(_ audience: Audience) {
        guard audiences[audience.room] === audience else { return }
        audiences[audience.room] = nil
        if latest === audience { latest = nil }
    }
}
