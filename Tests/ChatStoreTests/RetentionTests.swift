import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct RetentionTests {
    @Test func soManyEventsOfEachRoomAreKept() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 1)
        let store = try scratch.open(KeepPolicy(events: 30))
        let (many, few) = (invention.events(RoomID(1), 1...100), invention.events(RoomID(2), 1...20))
        try await store.append(many, .room(invention.record(RoomID(1), "a")))
        try await store.append(few, .room(invention.record(RoomID(2), "b")))
        try store.settle()
        #expect(try await store.all(RoomID(1)) == many.suffix(30))
        #expect(try await store.all(RoomID(2)) == few)
        let model = Model(events: many.suffix(30))
        for _ in 0..<100 {
            let question = invention.question(RoomID(1), head: 100)
            #expect(try await store.fetch(question) == model.answer(question), "\(question)")
        }
        await store.close()
    }

    @Test func whatIsTooOldGoes() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 2)
        let day: Int64 = 86_400_000
        let events = (1...100).map { invention.event(.lobby, $0, at: Int64($0) * day) }
        var store = try scratch.open(KeepPolicy(days: 40), at: 100 * day)
        try await store.append(events, .room(invention.record(.lobby, "lobby")))
        try store.settle()
        #expect(try await store.all(.lobby) == events.suffix(41))
        await store.close()
        store = try scratch.open(KeepPolicy(days: 40), at: 120 * day)
        try store.settle()
        #expect(try await store.all(.lobby) == events.suffix(21))
        await store.close()
    }

    @Test func numbersGoOnWhenNothingIsLeft() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 3)
        let day: Int64 = 86_400_000
        var store = try scratch.open(KeepPolicy(days: 1), at: 100 * day)
        let record = invention.record(.lobby, "lobby")
        try await store.append((1...50).map { invention.event(.lobby, $0, at: 0) }, .room(record))
        try store.settle()
        #expect(try await store.all(.lobby) == [])
        await store.close()
        store = try scratch.open(KeepPolicy(days: 1), at: 100 * day)
        #expect(try store.saved(at: Timestamp(milliseconds: 0)).rooms == [SavedChat.Room(record, head: 50)])
        let next = invention.event(.lobby, 51, at: 100 * day)
        try await store.append([next])
        #expect(try await store.all(.lobby) == [next])
        await store.close()
    }

    @Test func theOldestOfAllRoomsGoesWhenThereIsTooMuch() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 4)
        let limit = 1 << 20
        let store = try scratch.open(KeepPolicy(bytes: limit))
        let text = CleanText(String(repeating: "lorem ipsum ", count: 20))
        for room: UInt64 in 1...3 { try await store.append([], .room(invention.record(RoomID(room), "r\(room)"))) }
        var heads: [UInt64] = [0, 0, 0]
        for number in 0..<6000 {
            let room = number % 7 == 0 ? 2 : number % 3 == 0 ? 1 : 0
            heads[room] += 1
            try await store.append([
                Event(
                    room: RoomID(UInt64(room + 1)),
                    sequence: heads[room],
                    at: Timestamp(milliseconds: Int64(number)),
                    body: .said(Author(MemberID(1)), text)
                )
            ])
            if number % 1500 == 0 { try store.settle() }
        }
        try store.settle()
        let pages = try await store.pool.read { try Pages($0) }
        #expect(pages.usedBytes <= limit)
        // Not much more than had to go.
        #expect(pages.usedBytes > limit / 2)
        #expect(pages.free <= 512)
        var firsts: [Int64] = []
        for room in 0..<3 {
            let events = try await store.all(RoomID(UInt64(room + 1)))
            #expect(events.last?.sequence == heads[room])
            #expect(events.count == Int(heads[room] - (events.first?.sequence ?? 0)) + 1)
            firsts.append(events.first?.at.milliseconds ?? 0)
        }
        #expect((firsts.max() ?? 0) - (firsts.min() ?? 0) < 800, "\(firsts)")
        await store.close()
    }
}
