import ChatCore
import Synchronization
import TestKit
import Testing

@Suite struct MemoryRoomLogTests {
    private static let alice = Author(MemberID(1))
    private static let den = RoomID(2)

    private static func said(_ count: Int, in room: RoomID = .lobby) -> [(room: RoomID, body: Event.Body)] {
        (0..<count).map { (room, .said(alice, CleanText("line \($0)"))) }
    }

    @Test func `a batch is committed once, an empty one too`() {
        let log = NumberedLog(MemoryRoomLog())
        #expect(log.append([]).commits == 1)
        #expect(log.append(Self.said(3)).commits == 1)
        #expect(log.all(in: .lobby).map(\.sequence) == [1, 2, 3])
    }

    @Test func `what is kept is what was appended`() {
        let log = NumberedLog(MemoryRoomLog())
        let events = log.append(Self.said(2, in: Self.den)).events
        #expect(log.all(in: Self.den) == events)
        #expect(log.all(in: .lobby).isEmpty)
    }

    @Test func `an event can be read when its commit is told`() {
        let log = MemoryRoomLog(capacity: 4)
        nonisolated(unsafe) let confined = log  // to this function, which the closure does not outlive
        let read = Mutex<[Event]>([])
        let event = Event(room: .lobby, sequence: 1, at: Timestamp(milliseconds: 0), body: .entered(Self.alice))
        log.append([event]) {
            read.withLock { $0 = confined.oldest(in: .lobby, 1...9, limit: 4) }
        }
        #expect(read.withLock { $0 } == [event])
    }

    @Test func `those who come and go do not push out what was said, nor one room another's`() {
        let log = NumberedLog(MemoryRoomLog(capacity: 3))
        log.append(Self.said(5) + Self.said(1, in: Self.den))
        log.append((0..<100).map { (.lobby, $0 % 2 == 0 ? .entered(Self.alice) : .left(Self.alice)) })
        #expect(log.log.messages(in: .lobby, through: .max, limit: 10).map(\.sequence) == [3, 4, 5])
        #expect(log.all(in: .lobby).map(\.sequence) == [3, 4, 5, 103, 104, 105])
        #expect(log.log.messages(in: Self.den, through: .max, limit: 10).map(\.sequence) == [1])
    }

    @Test func `what it promises is what it keeps`() {
        #expect(MemoryRoomLog(capacity: 7, totalBytes: 9).retention == .inMemory(messages: 7, bytes: 9))
        #expect(MemoryRoomLog(capacity: 0).retention == .nothing)
        let log = NumberedLog(MemoryRoomLog(capacity: 0))
        #expect(log.append(Self.said(3)).commits == 1)
        #expect(log.all(in: .lobby).isEmpty)
        #expect(log.log.messages(in: .lobby, through: .max, limit: 10).isEmpty)
    }

    @Test func `a room that has ended is forgotten, and no other`() {
        let log = NumberedLog(MemoryRoomLog())
        log.append(Self.said(3) + Self.said(3, in: Self.den))
        log.forget(Self.den)
        log.forget(RoomID(99))
        #expect(log.all(in: Self.den).isEmpty)
        #expect(log.all(in: .lobby).map(\.sequence) == [1, 2, 3])
    }
}
