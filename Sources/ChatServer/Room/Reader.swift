internal import ChatCore

/// One member's place in one room: a cursor in the room's feed. Confined to its shard's event loop.
///
/// A delivery looks at little more than this object, its outlet and what is behind that.
final class Reader {
    private let outlet: any Outlet
    /// The next line it wants.
    private(set) var cursor: UInt64
    /// Its member is to be sent something else first, and sees to the rest itself.
    var isHeld = false
    /// nil: sees everything.
    var view: View?

    /// It has this reader until it ends, and drops it then.
    unowned let member: Member
    let audience: Audience
    /// The entry by which it follows the room; nil if it does not keep count.
    let entry: UInt64?
    /// How far its member has been promised to be sent, before something of its own.
    var promised: UInt64
    /// Where it stops, once it has left the room; nil before.
    private(set) var end: UInt64?

    // For the audience alone.
    var place = 0
    var isBehind = false
    var isGone = false

    /// How many bytes one member gets before it is the next one's turn: five full TLS records, which go to the kernel in
    /// one call.
    static let share = 80 * 1024

    init(of member: Member, in audience: Audience, at cursor: UInt64, entry: UInt64?) {
        self.member = member
        self.entry = entry
        outlet = member.outlet
        self.audience = audience
        self.cursor = cursor
        promised = cursor
    }

    /// It leaves: it gets no line from `line` on.
    func leave(at line: UInt64) {
        end = line
    }

    /// Sends the lines before `limit`, as far as the connection takes them and `left` bytes go.
    func pump(_ feed: borrowing Feed, to limit: UInt64, left: inout Int) -> Progress {
        var cursor = cursor
        defer { self.cursor = cursor }
        while cursor < limit, left > 0 {
            guard outlet.isWritable else { return .blocked }
            if cursor < feed.tail {
                guard entry == nil || end != nil else { return .fallenOff }
                let next = min(feed.tail, limit)
                let missed = cursor..<next
                cursor = next
                tellOfGap(missed)
            } else if let view {
                cursor = pump(feed, from: cursor, to: limit, through: view, left: &left)
            } else {
                var sent = 0
                cursor = feed.read(from: cursor, to: limit, most: left) { lines in
                    sent = lines.byteCount
                    outlet.send(lines)
                }
                left -= sent
            }
        }
        return cursor < limit ? .unfinished : .caughtUp
    }

    @inline(never)
    private func tellOfGap(_ missed: Range<UInt64>) {
        let before = audience.sequence(before: missed.lowerBound)
        let notice = member.outbound.missed(UInt64(missed.count), in: audience.name, after: before)
        outlet.send(notice.span.bytes)
    }

    @inline(never)
    private func pump(
        _ feed: borrowing Feed,
        from cursor: UInt64,
        to limit: UInt64,
        through view: View,
        left: inout Int
    ) -> UInt64 {
        var seen: [UInt8] = []
        let next = feed.read(from: cursor, to: limit, most: left, through: view, into: &seen)
        // To look at lines costs as well, even at those that are not shown.
        left -= max(seen.count, Int(next - cursor))
        if !seen.isEmpty { outlet.send(seen.span.bytes) }
        return next
    }
}
