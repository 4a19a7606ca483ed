internal import DequeModule

/// A room's events as bytes, ready to be sent, for as long as a reader may still want them.
///
/// Lines are counted from 0 without end; a reader is a cursor, the number of the next line it wants. An event is encoded
/// once and written from here to every reader, so a reader costs one integer. What all readers have passed is let go; what
/// a slow one still wants is kept up to `capacity` bytes, and the oldest goes first when there is more.
struct Feed {
    /// How many bytes are kept at most. Rounded up to whole segments.
    let capacity: Int

    private var segments: Deque<FeedSegment>
    /// Kept to be filled again, so that a busy feed does not allocate.
    private var spare: FeedSegment?

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
    mutating func append(_ line: [UInt8]) {
        if segments[segments.count - 1].append(line) { return }
        var next = spare ?? FeedSegment(first: head)
        spare = nil
        next.restart(at: head)
        let fits = next.append(line)
        precondition(fits, "a line of \(line.count) bytes is longer than a segment")
        segments.append(next)
        if segments.count * FeedSegment.capacity > capacity, segments.count > 2 { dropFirst() }
    }

    /// Gives `body` the lines from `cursor` on, as one piece of whole lines: those before line `end`, up to `most` bytes,
    /// but at least one line.
    /// - Precondition: `tail <= cursor < end <= head`.
    /// - Returns: the cursor behind them.
    func read(from cursor: UInt64, to end: UInt64, most: Int, _ body: (RawSpan) -> Void) -> UInt64 {
        segments[index(of: cursor)].read(from: cursor, to: end, most: most, body)
    }

    /// Lets go of all lines before `cursor` that can be let go of cheaply.
    mutating func trim(before cursor: UInt64) {
        while segments.count > 1, segments[0].end <= cursor { dropFirst() }
        if segments.count == 1, segments[0].end <= cursor { segments[0].restart(at: segments[0].end) }
    }

    private mutating func dropFirst() {
        spare = segments.removeFirst()
    }

    /// The segment that holds line `cursor`. Nearly every reader is in the last one.
    private func index(of cursor: UInt64) -> Int {
        var index = segments.count - 1
        while index > 0, segments[index].first > cursor { index -= 1 }
        return index
    }
}
