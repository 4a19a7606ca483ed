internal import NIOCore

/// How soon after one commit the next may begin.
///
/// Each costs something however little is in it. What is said waits for nothing but the commit before it, until the event
/// loops have sent out what that has brought and read what came meanwhile; who comes and who goes can wait a little longer,
/// if that is all there is. Whoever comes where nobody came or went just before waits for nothing.
struct CommitPace {
    private var last: NIODeadline?

    /// How long after the last commit those come and go who are alone in the next; in a storm, more than a handshake takes.
    static let news = TimeAmount.milliseconds(20)

    /// Something that has happened in a room was committed. A connection alone, which has entered none, is not that: it would
    /// have its own entering wait.
    mutating func committed(at now: NIODeadline) {
        last = now
    }

    /// For a commit of who has come and gone, and of nothing else.
    func newsWait(at now: NIODeadline) -> TimeAmount {
        last.map { max($0 + Self.news - now, .zero) } ?? .zero
    }
}
