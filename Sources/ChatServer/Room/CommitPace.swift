internal import NIOCore

/// How soon after one commit the next may begin.
///
/// Each costs something however little is in it. So where things arrive while the log works, or while other event loops
/// send out what it has taken, others are given as long to join them as that took; where nothing does, the next thing is
/// committed at once. Who comes and who goes can wait a little longer, if that is all there is.
struct CommitPace {
    private var begun: NIODeadline?
    private var ended: NIODeadline?
    /// For what has arrived during the last commit.
    private(set) var pause = TimeAmount.zero

    /// However slow the log is, nobody waits longer than that for others.
    private static let most = TimeAmount.milliseconds(1)
    /// How long after the last commit those come and go who are alone in the next.
    static let news = TimeAmount.milliseconds(20)

    mutating func begin(at now: NIODeadline) {
        begun = now
    }

    mutating func end(at now: NIODeadline) {
        pause = begun.map { min(now - $0, Self.most) } ?? .zero
        (begun, ended) = (nil, now)
    }

    /// For a commit of who has come and gone, and of nothing else.
    func newsWait(at now: NIODeadline) -> TimeAmount {
        ended.map { max($0 + Self.news - now, .zero) } ?? .zero
    }
}
