internal import ChatCore

/// The rooms that are read on one event loop in one protocol.
struct Hall {
    private var audiences: [RoomID: Audience] = [:]
    /// The room of the last line, which most often is that of the next.
    private var latest: Audience?

    mutating func audience(_ room: RoomID) -> Audience? {
        if let latest, latest.room == room { return latest }
        latest = audiences[room]
        return latest
    }

    mutating func add(_ audience: Audience) {
        audiences[audience.room] = audience
    }

    mutating func remove(_ audience: Audience) {
        guard audiences[audience.room] === audience else { return }
        audiences[audience.room] = nil
        if latest === audience { latest = nil }
    }
}
