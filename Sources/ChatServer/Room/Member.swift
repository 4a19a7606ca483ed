internal import ChatCore
internal import ChatWire

/// The way out to one connection, for a member on the same event loop.
protocol Outlet: AnyObject {
    /// Whether more bytes would be sent soon rather than pile up.
    var isWritable: Bool { get }
    /// Sends at once. After the connection has ended it does nothing. If it finds the connection broken, all that follows
    /// from its end happens before this returns.
    func send(_ bytes: RawSpan)
    /// Everything has been said: ends the connection properly.
    func close()
    /// Ends the connection without waiting for anybody.
    func abort()
    /// Reads on, if it was held up by answers that waited.
    func resume()
}

/// One connection as the room sees it: a cursor in the feed, and what the server owes this connection besides.
///
/// Confined to its shard's event loop.
final class Member {
    /// How far a pump came.
    enum Progress {
        /// Nothing is left to send.
        case caughtUp
        /// The connection takes no more for now.
        case blocked
        /// It had its share of this turn, and wants more.
        case unfinished
    }

    let session: SessionID
    /// Where it comes from, as `host:port`; shown to itself alone.
    var address = ""
    /// The outlet keeps this member and lets go of it when the connection ends.
    let outlet: any Outlet

    /// The next line it wants; nil before it has entered and after it has left.
    private(set) var cursor: UInt64?
    /// Whether it has been sent all that it will ever get, and its connection is being closed.
    private(set) var hasLeft = false
    /// Where it leaves: it gets no line from here on.
    private var end: UInt64?
    private var replies: [UInt8] = []

    // For the fan-out alone.
    var place = 0
    var isDue = false
    var isBehind = false
    var isGone = false

    /// How many bytes one member gets before it is the next one's turn: four full TLS records, which go to the kernel in
    /// one call.
    private static let share = 64 * 1024

    init(session: SessionID, outlet: any Outlet) {
        self.session = session
        self.outlet = outlet
    }

    /// How many bytes of replies wait to be sent.
    var owed: Int { replies.count }

    /// Lets it read from `line` on, with a welcome before anything else.
    func enter(at line: UInt64, welcome: String) {
        cursor = line
        replies.insert(contentsOf: welcome.utf8, at: 0)
    }

    /// It will get what is before `line`, and then its connection is closed.
    func leave(at line: UInt64) {
        end = min(end ?? line, line)
    }

    /// Owes the member a line of its own, which goes out before the feed's next ones.
    func reply(_ line: String) {
        replies += line.utf8
    }

    /// Sends what it has not had of the lines before `limit`, as far as the connection takes it.
    func pump(_ feed: borrowing Feed, to limit: UInt64) -> Progress {
        guard cursor != nil else { return .caughtUp }
        guard outlet.isWritable else { return .blocked }
        if !replies.isEmpty { sendReplies() }
        guard let cursor else { return .caughtUp }
        let (reached, progress) = send(feed, from: cursor, to: end ?? limit)
        self.cursor = reached
        if let end, reached >= end {
            self.cursor = nil
            hasLeft = true
            outlet.close()
        }
        return progress
    }

    /// Not part of ``pump(_:to:)``, which would pay for its accesses with each delivery.
    @inline(never)
    private func sendReplies() {
        // Taken out first: a send may find the connection broken, and its end comes back to us from inside.
        let waiting = replies
        replies = []
        outlet.send(waiting.span.bytes)
        outlet.resume()
    }

    private func send(_ feed: borrowing Feed, from cursor: UInt64, to end: UInt64) -> (UInt64, Progress) {
        var cursor = cursor
        var left = Self.share
        while cursor < end, left > 0 {
            guard outlet.isWritable else { return (cursor, .blocked) }
            if cursor < feed.tail {
                let next = min(feed.tail, end)
                let notice = Array(TextCodec.missed(next - cursor).utf8)
                outlet.send(notice.span.bytes)
                cursor = next
            } else {
                cursor = feed.read(from: cursor, to: end, most: left) { lines in
                    left -= lines.byteCount
                    outlet.send(lines)
                }
            }
        }
        return (cursor, cursor < end ? .unfinished : .caughtUp)
    }
}
