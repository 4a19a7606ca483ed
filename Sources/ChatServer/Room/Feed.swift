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

    private var segments: Deque<FeedSegment>

    init(capacity: Int) {
        self.capacity = capacity
        segments = [FeedSegment(first: 0)]
    }

    /// The number of the next line that will be appended: where a reader stands that has read all.
    var head: UInt64 { segments[segments.count - 1].end }

    /// The oldest line that is still here.
    var tail: UInt64 { segments[0].first }

    /// How many bytes a reader at `cursor` is behind.
    /// - Precondition: `tail <= cursor <= head`.
    func lag(of cursor: UInt64) -> Int {
        let index = index(of: cursor)
        return segments[index...].reduce(-segments[index].offset(of: cursor)) { $0 + $1.count }
    }

    /// Appends one encoded line.
    mutating func append(_ line: [UInt8], _ mark: LineMark, _ pool: inout SegmentPool) {
        pool.hold(line.count)
        let last = segments.count - 1
        if !segments[last].hasMemory { segments[last] = pool.take(at: head) }
        if segments[last].append(line, mark) { return }
        var next = pool.take(at: head)
        let fits = next.append(line, mark)
        precondition(fits, "a line of \(line.count) bytes is longer than a segment")
        segments.append(next)
        let most = pool.isStrained ? 0 : capacity
        while segments.count * FeedSegment.capacity > most, segments.count > 2 { pool.give(segments.removeFirst()) }
    }

    /// Gives `body` the lines from `cursor` on, as one piece of whole lines: those before line `end`, up to `most` bytes,
    /// but at least one line.
    /// - Precondition: `tail <= cursor < end <= head`.
    /// - Returns: the cursor behind them.
    func read(from cursor: UInt64, to end: UInt64, most: Int, _ body: (RawSpan) -> Void) -> UInt64 {
        segments[index(of: cursor)].read(from: cursor, to: end, most: most, body)
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
        segments[index(of: cursor)].read(from: cursor, to: end, most: most, through: view, into: &seen)
    }

    /// Lets go of all lines before `cursor` that can be let go of cheaply.
    mutating func trim(before cursor: UInt64, _ pool: inout SegmentPool) {
        while segments.count > 1, segments[0].end <= cursor { pool.give(segments.removeFirst()) }
        guard segments.count == 1, segments[0].end <= cursor, segments[0].hasMemory else { return }
        // Swapped out, not copied: whoever empties shared memory gets new one.
        var emptied = FeedSegment(first: segments[0].end)
        swap(&emptied, &segments[0])
        pool.give(emptied)
    }

    /// The segment that holds line `cursor`. Nearly every reader is in the last one.
    private func index(of cursor: UInt64) -> Int {
        var index = segments.count - 1
        while index > 0, segments[index].first > cursor { index -= 1 }
        return index
    }
}
