import ChatCore
import Synchronization

/// A log, and numbers for what goes into it.
final class NumberedLog {
    let log: MemoryRoomLog
    private var heads: [RoomID: UInt64] = [:]

    init(_ log: MemoryRoomLog) {
        self.log = log
    }

    /// - Returns: what was committed, and how often that was told.
    @discardableResult
    func append(_ bodies: [(room: RoomID, body: Event.Body)]) -> (events: [Event], commits: Int) {
        let events = bodies.map { room, body in
            heads[room, default: 0] += 1
            return Event(room: room, sequence: heads[room, default: 0], at: Timestamp(milliseconds: 0), body: body)
        }
        let commits = Mutex(0)
        log.append(events) { commits.withLock { $0 += 1 } }
        return (events, commits.withLock { $0 })
    }

    func forget(_ room: RoomID) {
        log.forget(room)
        heads[room] = nil
    }

    func all(in room: RoomID) -> [Event] { log.newest(in: room, 1 ... .max, limit: .max) }
}
