internal import Synchronization

/// What all shards have to know of each other to keep a flood within bounds, be it of messages or of newcomers.
final class Traffic: Sendable {
    /// How many commands and events may be on their way between shards and hub. Above that no more is read from anybody
    /// who speaks, so that no queue between two threads can grow without end.
    static let most = 4096

    private let underway = Atomic(0)
    private let lagging = Atomic(0)
    private let waiting = Atomic(0)

    /// How many commands and events are on their way, each event once for each shard.
    var count: Int { underway.load(ordering: .relaxed) }

    func depart(_ count: Int) {
        underway.add(count, ordering: .relaxed)
    }

    func arrive(_ count: Int) {
        underway.subtract(count, ordering: .relaxed)
    }

    /// Whether a shard has a reader that lags, and patience left for it: then floods are slowed down.
    var isSlow: Bool { lagging.load(ordering: .relaxed) > 0 }

    /// How many connections wait for a turn of their handshake.
    var handshakes: Int { waiting.load(ordering: .relaxed) }

    func change(handshakesBy step: Int) {
        waiting.add(step, ordering: .relaxed)
    }

    func change(isSlow: Bool) {
        lagging.add(isSlow ? 1 : -1, ordering: .relaxed)
    }
}
