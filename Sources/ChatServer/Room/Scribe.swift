internal import ChatCore

/// Writes events down as the lines that all in a room see, one after the other into the same memory.
struct Scribe {
    /// How many it has written.
    private(set) var count = 0

    private var minutes: MinuteClock
    private var line: [UInt8] = []

    init(_ clock: ServerClock) {
        minutes = MinuteClock(clock)
    }

    /// - Parameter done: is given the line, and what it is about.
    mutating func write(
        _ event: Event,
        in room: RoomName,
        _ dialect: Dialect,
        _ done: ([UInt8], LineMark) -> Void
    ) {
        count += 1
        line.removeAll(keepingCapacity: true)
        dialect.encode(event, in: room, into: &line)
        done(line, LineMark(event.body, minute: minutes.ofDay(event.at)))
    }
}
