internal import NIOCore

/// How soon after one commit the next may begin.
///
/// Each costs something however little is in it. So where things arrive while the log works, or while other event loops
/// send out what it has taken, others are given as long to join them as that took; where nothing does, the next thing is
/// committed at once.
struct CommitPace {
    private var begun: NIODeadline?
    /// For what has arrived during the last commit.
    private(set) var pause = TimeAmount.zero

    /// However slow the log is, nobody waits longer than that for others.
    private static let most = TimeAmount.milliseconds(1)

    mutating func begin(at now: NIODeadline) {
        begun = now
    }

    mutating func end(at now: NIODeadline) {
        pause = begun.map { min(now - $0, Self.most) } ?? .zero
        begun = nil
    }
}
