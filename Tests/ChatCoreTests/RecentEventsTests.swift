import ChatCore
import TestKit
import Testing

@Suite struct RecentEventsTests {
    private static let alice = Author(MemberID(1))
    private static let den = RoomID(2)

    private static func said(_ count: Int, in room: RoomID = .lobby) -> [(room: RoomID, body: Event.Body)] {
        (0..<count).map { (room, .said(alice, CleanText("line \($0)"))) }
    }

    @Test func `what is kept is what was appended`() {
        let log = NumberedEvents()
        let events = log.append(Self.said(2, in: Self.den))
        #expect(log.all(in: Self.den) == events)
        #expect(log.all(in: .lobby).isEmpty)
    }

    @Test func `those who come and go do not push out what was said, nor one room another's`() {
        let log = NumberedEvents(messages: 3)
        log.append(Self.said(5) + Self.said(1, in: Self.den))
        log.append((0..<100).map { (.lobby, $0 % 2 == 0 ? .entered(Self.alice) : .left(Self.alice)) })
        #expect(log.messages(in: .lobby).map(\.sequence) == [3, 4, 5])
        #expect(log.all(in: .lobby).map(\.sequence) == [3, 4, 5, 103, 104, 105])
        #expect(log.messages(in: Self.den).map(\.sequence) == [1])
    }

    @Test func `a log in memory promises what is remembered`() {
        #expect(MemoryRoomLog(RecentEvents.Limits(messages: 7, bytes: 9)).retention == .inMemory(messages: 7, bytes: 9))
        #expect(MemoryRoomLog(RecentEvents.Limits(messages: 0)).retention == .nothing)
        let log = NumberedEvents(messages: 0)
        log.append(Self.said(3))
        #expect(log.all(in: .lobby).isEmpty)
        #expect(log.messages(in: .lobby).isEmpty)
    }

    @Test func `what a member wants to be forgotten is, up to a number, and nothing else`() {
        let bob = Author(MemberID(2))
        let log = NumberedEvents()
        log.append([(.lobby, .said(bob, CleanText("mine"))), (.lobby, .entered(Self.alice))] + Self.said(2))
        log.append([(.lobby, .announced(CleanText("all"), by: Self.alice))] + Self.said(1))
        log.recent.forget(MemberID(1), in: .lobby, 1...5)
        #expect(
            log.all(in: .lobby).map(\.body) == [
                .said(bob, CleanText("mine")), .entered(Self.alice), .forgotten(Self.alice), .forgotten(Self.alice),
                .announced(CleanText("all"), by: Self.alice), .said(Self.alice, CleanText("line 0")),
            ]
        )
    }

    @Test func `a room that has ended is forgotten, and no other`() {
        let log = NumberedEvents()
        log.append(Self.said(3) + Self.said(3, in: Self.den))
        log.forget(Self.den)
        log.forget(RoomID(99))
        #expect(log.all(in: Self.den).isEmpty)
        #expect(log.all(in: .lobby).map(\.sequence) == [1, 2, 3])
    }
}
