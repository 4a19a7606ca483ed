internal import ChatCore

/// One room on one event loop, as those who speak one protocol see it: its lines, and the readers that they go out to.
///
/// A send may find a connection broken, and all that follows from its end comes back to us from inside. So this is a class
/// and, while it sends, holds no access to what its methods change.
final class Audience {
    let room: RoomID
    let name: RoomName
    let dialect: Dialect
    private unowned let fanOut: FanOut
    private(set) var feed: Feed
    /// How far everybody may read. Beyond it is news that waits.
    private(set) var told: UInt64 = 0
    /// Those in the room, about in the order in which they came, which is that of their memory: it makes a lone line to a
    /// thousand members cheaper than any other order.
    private var row: [Reader] = []
    /// Who has not had all that it might, be it that it has left: nearly always nobody.
    private var behind: [ObjectIdentifier: Reader] = [:]

    // For the fan-out alone.
    var isDue = false
    var isLookedAt = false
    var isNewsWaiting = false

    /// The number of the newest event, as far as this loop knows.
    private var head: UInt64

    /// - Parameter head: the number of the room's event before the first line.
    init(room: RoomID, name: RoomName, dialect: Dialect, after head: UInt64, feedBytes: Int, fanOut: FanOut) {
        self.fanOut = fanOut
        self.room = room
        self.name = name
        self.dialect = dialect
        self.head = head
        feed = Feed(capacity: feedBytes)
    }

    /// Nobody is in it, and nobody has still to read of it.
    var isOver: Bool { row.isEmpty && behind.isEmpty }

    /// How many lines of news wait.
    var untold: UInt64 { feed.head - told }

    /// How many bytes the slowest reader is behind that has not fallen off.
    var lag: Int {
        guard !behind.isEmpty else { return 0 }
        let slowest = behind.values.lazy.map(\.cursor).filter { $0 >= self.feed.tail }.min()
        return feed.lag(of: max(min(slowest ?? told, told), feed.tail))
    }

    /// - Parameter sequence: the event's number, the one after that of the last.
    func append(_ line: [UInt8], _ mark: LineMark, _ sequence: UInt64, _ pool: inout SegmentPool) {
        head = sequence
        feed.append(line, mark, &pool)
    }

    /// The number of the event before this line.
    func sequence(before line: UInt64) -> UInt64 { head - (feed.head - line) }

    /// A reader that gets what comes from now on.
    /// - Parameter entry: by which it can go on if it falls off; nil if it cannot.
    func enter(_ member: Member, entry: UInt64?) -> Reader {
        let reader = Reader(of: member, in: self, at: feed.head, entry: entry)
        reader.place = row.count
        row.append(reader)
        return reader
    }

    /// From here on it is in the room no more; what came before it may still read.
    func leave(_ reader: Reader) {
        guard reader.end == nil else { return }
        reader.leave(at: feed.head)
        // The last one takes its place.
        let last = row.removeLast()
        if last !== reader {
            row[reader.place] = last
            last.place = reader.place
        }
        note(reader)
    }

    /// Nothing is kept for it any more.
    func drop(_ reader: Reader) {
        leave(reader)
        reader.isGone = true
        behind[ObjectIdentifier(reader)] = nil
        fanOut.look(at: self)
    }

    /// Sends everybody all lines that there are.
    func tell(_ unfinished: (Reader) -> Void) {
        let feed = feed  // looked up once, and not for each reader
        told = feed.head
        for reader in row where reader.end == nil {
            if !reader.isHeld {
                var left = Reader.share
                let progress = reader.pump(feed, to: told, left: &left)
                // One whose connection broke in there is gone, and so is its member.
                if progress == .unfinished || progress == .fallenOff, !reader.isGone { unfinished(reader) }
            }
            if reader.isBehind != (reader.cursor < told) { note(reader) }
        }
    }

    /// Sends one reader what it has not had before `line`, or of all it may read.
    func pump(_ reader: Reader, to line: UInt64? = nil, left: inout Int) -> Progress {
        defer { note(reader) }
        return reader.pump(feed, to: line ?? reader.end ?? told, left: &left)
    }

    /// Lets go of what all have read.
    func settle(_ pool: inout SegmentPool) {
        // One that has fallen off will go on from the tail.
        let slowest = behind.values.lazy.map { max($0.cursor, self.feed.tail) }.min()
        feed.trim(before: max(min(slowest ?? told, told), feed.tail), &pool)
    }

    private func note(_ reader: Reader) {
        guard !reader.isGone else { return }
        let isBehind = reader.cursor < reader.end ?? told
        guard isBehind != reader.isBehind else { return }
        reader.isBehind = isBehind
        behind[ObjectIdentifier(reader)] = isBehind ? reader : nil
        fanOut.look(at: self)
    }
}
