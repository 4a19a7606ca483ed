import ChatCore
import Synchronization
import TestKit
import Testing

@Suite struct MemoryRoomLogTests {
    private static func drafts(_ range: Range<Int64>) -> [Event.Draft] {
        range.map { number in
            Event.Draft(
                at: Timestamp(milliseconds: number * 10),
                body: .said(MemberID(UInt64(number)), CleanText("line \(number)"))
            )
        }
    }

    private static func append(_ drafts: [Event.Draft], to log: MemoryRoomLog) -> [[Event]] {
        let commits = Mutex<[[Event]]>([])
        log.append(drafts) { events in
            commits.withLock { $0.append(events) }
        }
        return commits.withLock { $0 }
    }

    @Test func `events count from 1 and go on counting from batch to batch`() {
        let log = MemoryRoomLog()
        #expect(Self.append(Self.drafts(0..<3), to: log).map { $0.map(\.sequence) } == [[1, 2, 3]])
        #expect(Self.append(Self.drafts(3..<4), to: log).map { $0.map(\.sequence) } == [[4]])
    }

    @Test func `an event is its draft with a number`() {
        let drafts = Self.drafts(5..<7)
        let events = Self.append(drafts, to: MemoryRoomLog()).flatMap(\.self)
        #expect(events.map(\.at) == drafts.map(\.at))
        #expect(events.map(\.body) == drafts.map(\.body))
    }

    @Test func `an empty batch is committed too, once, and uses up no number`() {
        let log = MemoryRoomLog()
        #expect(Self.append([], to: log) == [[]])
        #expect(log.events(after: 0, limit: 10).isEmpty)
        #expect(Self.append(Self.drafts(0..<1), to: log).map { $0.map(\.sequence) } == [[1]])
        #expect(Self.append([], to: log) == [[]])
        #expect(log.events(after: 0, limit: 10).map(\.sequence) == [1])
    }

    @Test func `the newest are kept, also when one batch is more than fits`() {
        let log = MemoryRoomLog(capacity: 3)
        #expect(Self.append(Self.drafts(0..<10), to: log).map(\.count) == [10])
        #expect(log.events(after: 0, limit: 100).map(\.sequence) == [8, 9, 10])
        _ = Self.append(Self.drafts(10..<12), to: log)
        #expect(log.events(after: 0, limit: 100).map(\.sequence) == [10, 11, 12])
    }

    @Test func `an event can be read when its commit is told`() {
        let log = MemoryRoomLog(capacity: 4)
        // The log is confined to this function, which the closure does not outlive.
        nonisolated(unsafe) let confined = log
        let read = Mutex<[Event]>([])
        log.append(Self.drafts(0..<2)) { _ in
            read.withLock { $0 = confined.events(after: 0, limit: 4) }
        }
        #expect(read.withLock { $0 }.map(\.sequence) == [1, 2])
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `any question is answered as by a list of all events`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...12, using: &random)
        let log = MemoryRoomLog(capacity: capacity)
        #expect(log.capacity == capacity)
        var all: [Event] = []
        for _ in 0..<30 {
            let start = Int64(all.count)
            let count = Int64.random(in: 0...Int64(capacity) + 5, using: &random)
            let committed = Self.append(Self.drafts(start..<start + count), to: log).flatMap(\.self)
            all += committed
            #expect(all.map(\.sequence) == Array(1..<UInt64(all.count) + 1))

            let sequences = [0, .max, UInt64(all.count), UInt64.random(in: 0...UInt64(all.count) + 3, using: &random)]
            let limits = [-1, 0, 1, .max, Int.random(in: 0...capacity + 3, using: &random)]
            for sequence in sequences {
                for limit in limits {
                    let expected = all.suffix(capacity).filter { $0.sequence > sequence }.suffix(max(limit, 0))
                    #expect(log.events(after: sequence, limit: limit) == Array(expected))
                }
            }
        }
    }
}
