internal import DequeModule

/// A room's events as bytes, ready to be sent, for as long as a reader may still want them.
///
/// Lines are counted from 0 without end; a reader is a cursor, the number of the next line it wants. An event is encoded
/// once and written from here to every reader, so a reader costs one integer. What all readers have passed is let go; what
/// a slow one still wants is kept up to `capacity` bytes, and the oldest goes first when there is more. Its memory comes
/// from a ``SegmentPool``, and goes back to it when everything has been read.
struct Feed {
    /// How many bytes are kept at most. Rounded up to whole segments.
    let capacity: Int

    private var older = Deque<FeedSegment>()
    /// Stands by itself, because nearly every reader is in it: to look at a field is less than to look into a collection.
    private var newest = FeedSegment(first: 0)

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The number of the next line that will be appended: where a reader stands that has read all.
    var head: UInt64 { newest.end }

    /// The oldest line that is still here.
    var tail: UInt64 { older.first?.first ?? newest.first }

    /// How many bytes a reader at `cursor` is behind.
    /// - Precondition: `tail <= cursor <= head`.
    func lag(of cursor: UInt64) -> Int {
        guard let index = olderIndex(of: cursor) else { return newest.count - newest.offset(of: cursor) }
        return older[index...].reduce(newest.count - older[index].offset(of: cursor)) { $0 + $1.count }
    }

    /// Appends one encoded line.
    mutating func append(_ line: [UInt8], _ mark: LineMark, _ pool: inout SegmentPool) {
        pool.hold(line.count)
        if !newest.hasMemory { newest = pool.take(at: head) }
        if newest.append(line, mark) { return }
        older.append(newest)
        newest = pool.take(at: head)
        let fits = newest.append(line, mark)
        precondition(fits, "a line of \(line.count) bytes is longer than a segment")
        let most = pool.isStrained ? 0 : capacity
        while (older.count + 1) * FeedSegment.capacity > most, older.count > 1 { pool.give(older.removeFirst()) }
    }

    /// Gives `body` the lines from `cursor` on, as one piece of whole lines: those before line `end`, up to `most` bytes,
    /// but at least one line.
    /// - Precondition: `tail <= cursor < end <= head`.
    /// - Returns: the cursor behind them.
    func read(from cursor: UInt64, to end: UInt64, most: Int, _ body: (RawSpan) -> Void) -> UInt64 {
        guard let index = olderIndex(of: cursor) else {
            return newest.read(from: cursor, to: end, most: most, body)
        }
        return older[index].read(from: cursor, to: end, most: most, body)
    }

    /// Appends to `seen` those lines from `cursor` on that a view shows, until it holds `most` bytes or there are no more
    /// in one piece.
    /// - Precondition: `tail <= cursor < end <= head`.
    /// - Returns: the cursor behind the last line that was looked at.
    func read(
        from cursor: UInt64,
        to end: UInt64,
        most: Int,
        through view: View,
        into seen: inout [UInt8]
    ) -> UInt64 {
        guard let index = olderIndex(of: cursor) else {
            return newest.read(from: cursor, to: end, most: most, through: view, into: &seen)
        }
        return older[index].read(from: cursor, to: end, most: most, through: view, into: &seen)
    }

    /// Lets go of all lines before `cursor` that can be let go of cheaply.
    mutating func trim(before cursor: UInt64, _ pool: inout SegmentPool) {
        while let end = older.first?.end, end <= cursor { pool.give(older.removeFirst()) }
        guard older.isEmpty, newest.end <= cursor, newest.hasMemory else { return }
        // Swapped out, not copied: whoever empties shared memory gets new one.
        var emptied = FeedSegment(first: newest.end)
        swap(&emptied, &newest)
        pool.give(emptied)
    }

    /// The older segment that holds line `cursor`; nil: the newest does.
    private func olderIndex(of cursor: UInt64) -> Int? {
        guard cursor < newest.first else { return nil }
        return older.lastIndex { $0.first <= cursor } ?? 0
    }
}
