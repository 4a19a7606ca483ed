import ChatCore
import Synchronization
import TestKit
import Testing

@Suite struct MemoryRoomLogTests {
    private static let alice = Author(MemberID(1))
    private static let den = RoomID(2)

    private static func said(_ range: Range<Int64>, in room: RoomID = .lobby) -> [Event.Draft] {
        range.map { number in
            let body = Event.Body.said(alice, CleanText("line \(number)"))
            return Event.Draft(room: room, at: Timestamp(milliseconds: number * 10), body: body)
        }
    }

    private static func append(_ drafts: [Event.Draft], to log: MemoryRoomLog) -> [[Event]] {
        let commits = Mutex<[[Event]]>([])
        log.append(drafts) { events in
            commits.withLock { $0.append(events) }
        }
        return commits.withLock { $0 }
    }

    @Test func `events count from 1 in each room, and go on counting from batch to batch`() {
        let log = MemoryRoomLog()
        let mixed = Self.said(0..<2) + Self.said(2..<3, in: Self.den) + Self.said(3..<4)
        #expect(Self.append(mixed, to: log).map { $0.map(\.sequence) } == [[1, 2, 1, 3]])
        #expect(Self.append(mixed, to: log).map { $0.map(\.sequence) } == [[4, 5, 2, 6]])
    }

    @Test func `an event is its draft with a number`() {
        let drafts = Self.said(5..<7, in: Self.den)
        let events = Self.append(drafts, to: MemoryRoomLog()).flatMap(\.self)
        #expect(events.map { Event.Draft(room: $0.room, at: $0.at, body: $0.body) } == drafts)
    }

    @Test func `an empty batch is committed too, once, and uses up no number`() {
        let log = MemoryRoomLog()
        #expect(Self.append([], to: log) == [[]])
        #expect(log.events(in: .lobby, after: 0, limit: 10).isEmpty)
        #expect(Self.append(Self.said(0..<1), to: log).map { $0.map(\.sequence) } == [[1]])
    }

    @Test func `an event can be read when its commit is told`() {
        let log = MemoryRoomLog(capacity: 4)
        nonisolated(unsafe) let confined = log  // to this function, which the closure does not outlive
        let read = Mutex<[Event]>([])
        log.append(Self.said(0..<2)) { _ in
            read.withLock { $0 = confined.events(in: .lobby, after: 0, limit: 4) }
        }
        #expect(read.withLock { $0 }.map(\.sequence) == [1, 2])
    }

    @Test func `those who come and go do not push out what was said, nor one room another's`() {
        let log = MemoryRoomLog(capacity: 3)
        _ = Self.append(Self.said(0..<5) + Self.said(0..<1, in: Self.den), to: log)
        let crowd = (0..<100).map { number in
            let body: Event.Body = number % 2 == 0 ? .entered(Self.alice) : .left(Self.alice)
            return Event.Draft(room: .lobby, at: Timestamp(milliseconds: 0), body: body)
        }
        _ = Self.append(crowd, to: log)
        #expect(log.messages(in: .lobby, before: .max, limit: 10).map(\.sequence) == [3, 4, 5])
        #expect(log.events(in: .lobby, after: 0, limit: 10).map(\.sequence) == [3, 4, 5, 103, 104, 105])
        #expect(log.messages(in: Self.den, before: .max, limit: 10).map(\.sequence) == [1])
    }

    @Test func `what it promises is what it keeps`() {
        #expect(MemoryRoomLog(capacity: 7).retention == .inMemory(messages: 7))
        #expect(MemoryRoomLog(capacity: 0).retention == .nothing)
        let log = MemoryRoomLog(capacity: 0)
        #expect(Self.append(Self.said(0..<3), to: log).map { $0.map(\.sequence) } == [[1, 2, 3]])
        #expect(Self.append(Self.said(3..<4), to: log).map { $0.map(\.sequence) } == [[4]])
        #expect(log.events(in: .lobby, after: 0, limit: 10).isEmpty)
        #expect(log.messages(in: .lobby, before: .max, limit: 10).isEmpty)
    }

    @Test func `a room that has ended is forgotten, and no other`() {
        let log = MemoryRoomLog()
        _ = Self.append(Self.said(0..<3) + Self.said(0..<3, in: Self.den), to: log)
        log.forget(Self.den)
        log.forget(RoomID(99))
        #expect(log.events(in: Self.den, after: 0, limit: 10).isEmpty)
        #expect(log.events(in: .lobby, after: 0, limit: 10).map(\.sequence) == [1, 2, 3])
    }
}
