internal import NIOCore

/// How soon after one commit the next may begin.
///
/// Each costs something however little is in it. What is said waits for nothing but the commit before it, and for the
/// event loops to send out what that has brought; who comes and who goes can wait a little longer, if that is all there
/// is.
struct CommitPace {
    private var last: NIODeadline?

    /// How long after the last commit those come and go who are alone in the next.
    static let news = TimeAmount.milliseconds(20)

    mutating func committed(at now: NIODeadline) {
        last = now
    }

    /// For a commit of who has come and gone, and of nothing else.
    func newsWait(at now: NIODeadline) -> TimeAmount {
        last.map { max($0 + Self.news - now, .zero) } ?? .zero
    }
}
