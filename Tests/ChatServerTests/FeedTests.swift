import Testing

@testable import ChatServer

/// A feed against the simplest thing that could be one: an array of lines.
@Suite struct FeedTests {
    private func text(of line: UInt64, length: Int) -> [UInt8] {
        Array("\(line):".utf8) + Array(repeating: UInt8(ascii: "x"), count: length) + [UInt8(ascii: "\n")]
    }

    private func readAll(_ feed: Feed, from cursor: UInt64, most: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var cursor = cursor
        while cursor < feed.head {
            cursor = feed.read(from: cursor, to: feed.head, most: most) { span in
                span.withUnsafeBytes { bytes += $0 }
            }
        }
        return bytes
    }

    @Test func startsEmpty() {
        let feed = Feed(capacity: 1 << 20)
        #expect(feed.head == 0)
        #expect(feed.tail == 0)
    }

    @Test(arguments: [1, 100, 16 * 1024, 1 << 20])
    func givesBackWhatWasAppended(most: Int) {
        var pool = SegmentPool(bytes: 1 << 30)
        var feed = Feed(capacity: 1 << 20)
        let lines = (0..<3000).map { text(of: UInt64($0), length: $0 % 200) }
        for line in lines { feed.append(line, .plain, &pool) }
        #expect(feed.head == 3000)
        #expect(feed.tail == 0)
        #expect(readAll(feed, from: 0, most: most) == Array(lines.joined()))
        #expect(readAll(feed, from: 2999, most: most) == lines[2999])
    }

    @Test func aStretchHoldsWholeLinesAndAtLeastOne() {
        var pool = SegmentPool(bytes: 1 << 30)
        var feed = Feed(capacity: 1 << 20)
        for line in 0..<10 { feed.append(text(of: UInt64(line), length: 100), .plain, &pool) }
        var count = 0
        let next = feed.read(from: 0, to: 10, most: 350) { count = $0.byteCount }
        #expect(next == 3)
        #expect(count == 3 * 103)
        #expect(feed.read(from: 0, to: 10, most: 1) { count = $0.byteCount } == 1)
        #expect(count == 103)
        #expect(feed.read(from: 0, to: 2, most: 1000) { count = $0.byteCount } == 2)
        #expect(count == 206)
    }

    @Test func keepsTheNewestWithinItsCapacity() {
        var pool = SegmentPool(bytes: 1 << 30)
        var feed = Feed(capacity: 512 * 1024)
        let lines = (0..<20_000).map { text(of: UInt64($0), length: 60) }
        for line in lines { feed.append(line, .plain, &pool) }
        #expect(feed.head == 20_000)
        #expect(feed.tail > 10_000)
        let kept = readAll(feed, from: feed.tail, most: 16 * 1024)
        #expect(kept == Array(lines[Int(feed.tail)...].joined()))
        #expect(kept.count <= 512 * 1024)
        #expect(kept.count > 384 * 1024, "only the oldest segment goes")
    }

    @Test func trimmingKeepsWhatTheSlowestReaderWants() {
        var pool = SegmentPool(bytes: 1 << 30)
        var feed = Feed(capacity: 1 << 20)
        let lines = (0..<5000).map { text(of: UInt64($0), length: 60) }
        for line in lines { feed.append(line, .plain, &pool) }
        feed.trim(before: 2500, &pool)
        #expect(feed.tail <= 2500)
        #expect(feed.tail > 0)
        #expect(readAll(feed, from: 2500, most: 4096) == Array(lines[2500...].joined()))
    }

    @Test func trimmedWholeItGoesOnAtTheSameNumber() {
        var pool = SegmentPool(bytes: 1 << 30)
        var feed = Feed(capacity: 1 << 20)
        for line in 0..<5000 { feed.append(text(of: UInt64(line), length: 60), .plain, &pool) }
        feed.trim(before: feed.head, &pool)
        #expect(feed.tail == 5000)
        #expect(feed.head == 5000)
        feed.append(text(of: 5000, length: 5), .plain, &pool)
        #expect(readAll(feed, from: 5000, most: 100) == text(of: 5000, length: 5))
    }
}
