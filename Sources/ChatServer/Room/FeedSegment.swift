/// A run of whole lines in one piece of memory.
struct FeedSegment {
    static let capacity = 128 * 1024

    /// The number of the first line.
    private(set) var first: UInt64
    private var bytes: [UInt8] = []
    /// Where each line ends in `bytes`.
    private var ends: [Int32] = []
    private var marks: [LineMark] = []

    init(first: UInt64) {
        self.first = first
    }

    /// The number behind the last line.
    var end: UInt64 { first + UInt64(ends.count) }

    /// How many bytes the lines have.
    var count: Int { bytes.count }

    /// Whether it has memory of its own, to be filled or filled already.
    var hasMemory: Bool { bytes.capacity > 0 }

    /// Where line `cursor` begins.
    func offset(of cursor: UInt64) -> Int {
        cursor == first ? 0 : Int(ends[Int(cursor - first) - 1])
    }

    /// - Returns: false if there is no room for the line.
    mutating func append(_ line: [UInt8], _ mark: LineMark) -> Bool {
        guard bytes.count + line.count <= Self.capacity else { return false }
        bytes += line
        ends.append(Int32(bytes.count))
        marks.append(mark)
        return true
    }

    /// Forgets all lines; the next will be number `line`.
    mutating func restart(at line: UInt64) {
        first = line
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
    }

    /// See ``Feed/read(from:to:most:_:)``.
    func read(from cursor: UInt64, to end: UInt64, most: Int, _ body: (RawSpan) -> Void) -> UInt64 {
        let from = Int(cursor - first)
        let start = offset(of: cursor)
        var to = Int(min(end, self.end) - first)
        if Int(ends[to - 1]) - start > most {
            to = max(lastLine(in: from..<to, endingBy: start + most), from + 1)
        }
        body(bytes.span.bytes.extracting(start..<Int(ends[to - 1])))
        return first + UInt64(to)
    }

    /// See ``Feed/read(from:to:most:through:into:)``.
    func read(
        from cursor: UInt64,
        to end: UInt64,
        most: Int,
        through view: View,
        into seen: inout [UInt8]
    ) -> UInt64 {
        var line = Int(cursor - first)
        var start = offset(of: cursor)
        let last = Int(min(end, self.end) - first)
        while line < last, seen.count < most {
            if view.shows(marks[line]) {
                if view.showsTime { marks[line].appendClock(to: &seen) }
                seen += bytes[start..<Int(ends[line])]
            }
            start = Int(ends[line])
            line += 1
        }
        return first + UInt64(line)
    }

    /// The end, exclusive, of the lines in `range` that end at or before byte `limit`.
    private func lastLine(in range: Range<Int>, endingBy limit: Int) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(ends[middle]) <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
