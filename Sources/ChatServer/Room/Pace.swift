internal import Synchronization

/// Whether the room is being flooded faster than those who follow it can read.
///
/// All connections share one. While it is slow, whoever says a great deal is held back further, so that readers who are
/// merely slower than the flood lose nothing. A reader that has stopped reading, or has fallen off the feed, does not
/// count: nobody waits for it.
final class Pace: Sendable {
    /// How many shards have a reader that lags.
    private let lagging = Atomic(0)

    var isSlow: Bool { lagging.load(ordering: .relaxed) > 0 }

    /// A shard's readers have come to lag, or do so no more.
    func change(isLagging: Bool) {
        lagging.add(isLagging ? 1 : -1, ordering: .relaxed)
    }
}
