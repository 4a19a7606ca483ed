internal import NIOCore

/// A connection that can be asked how its peer does.
protocol WatchedPeer: AnyObject {
    /// Where it stands with its ``PeerWatch``; negative if it does not. For the watch alone to set.
    var watchPlace: Int { get set }
    /// - Returns: nil when there is nothing more to be known.
    func transport() -> Transport?
    /// Ends the connection.
    func giveUp(_ verdict: PeerRecord.Verdict)
}

/// Finds the peers of one event loop that are gone, and those that have been stalled for too long.
///
/// The kernel itself finds a peer that is idle and gone (TCP keep-alive), but to one that it has sent something it goes on
/// for a quarter of an hour, and one that takes no more it asks forever. TCP_USER_TIMEOUT would end both alike; yet who
/// stops reading for a while is alive, acknowledges each question, and may stay.
///
/// Whoever is sent something comes on the list, and goes off it with the first look that finds everything acknowledged. So
/// a connection that is idle costs nothing, and no connection has a timer.
final class PeerWatch {
    static let interval = TimeAmount.seconds(10)
    /// How many are looked at before others have their turn: each takes about a microsecond.
    private static let share = 256

    private let loop: any EventLoop
    private let patience: UInt64
    private var watched: [(peer: any WatchedPeer, record: PeerRecord)] = []
    private var isScheduled = false

    init(loop: any EventLoop, limits: ServerLimits) {
        self.loop = loop
        patience = UInt64(max(0, TimeAmount(limits.stalled).nanoseconds))
    }

    /// - Precondition: it is not on the list.
    func add(_ peer: any WatchedPeer) {
        peer.watchPlace = watched.count
        watched.append((peer, PeerRecord()))
        schedule()
    }

    func remove(_ peer: any WatchedPeer) {
        let place = peer.watchPlace
        guard place >= 0 else { return }
        peer.watchPlace = -1
        // The last one takes its place.
        let last = watched.removeLast()
        guard place < watched.count else { return }
        watched[place] = last
        last.peer.watchPlace = place
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: Self.interval) {
            bound.value.isScheduled = false
            bound.value.look(before: bound.value.watched.count)
        }
    }

    /// Looks at those before `end`, from the last to the first: who goes off the list then changes places with one that has
    /// had its look, or has come since.
    private func look(before end: Int) {
        let now = loop.now.uptimeNanoseconds
        let end = min(end, watched.count)
        let start = max(0, end - Self.share)
        for place in (start..<end).reversed() where place < watched.count { look(at: place, now: now) }
        if start > 0 {
            let bound = NIOLoopBound(self, eventLoop: loop)
            loop.execute { bound.value.look(before: start) }
        } else if watched.isEmpty {
            watched = []
        } else {
            schedule()
        }
    }

    private func look(at place: Int, now: UInt64) {
        let peer = watched[place].peer
        guard let transport = peer.transport() else { return remove(peer) }
        let verdict = watched[place].record.judge(transport, now: now, patience: patience)
        switch verdict {
        case .waiting: break
        case .settled: remove(peer)
        case .gone, .stalled:
            remove(peer)
            // Its end may come back to us from inside.
            peer.giveUp(verdict)
        }
    }
}
