import ChatCore
import Testing

@testable import ChatStore

@Suite struct RoundTripTests {
    @Test(arguments: 1...8) func eventsComeBackAsTheyWere(seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        let rooms = [RoomID(1), RoomID(2), RoomID(7)]
        var models: [RoomID: Model] = [:]
        var store = try scratch.open()
        for _ in 0..<12 {
            var batch: [Event] = []
            for _ in 0..<invention.number(0...40) {
                let room = rooms[invention.number(0...2)]
                let sequence = UInt64(models[room, default: Model()].events.count + 1)
                let event = invention.event(room, sequence, at: Int64(invention.number(-5...1 << 40)))
                models[room, default: Model()].events.append(event)
                batch.append(event)
            }
            try await store.append(batch)
            guard invention.number(0...3) == 0 else { continue }
            await store.close()
            store = try scratch.open()
        }
        for room in rooms { #expect(try await store.all(room) == models[room, default: Model()].events) }
        #expect(try await store.all(RoomID(3)) == [])
        await store.close()
    }

    @Test(arguments: [0, 9], 1...4) func questionsAreAnsweredAsOfAList(news: Int, seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        let store = try scratch.open()
        var models: [RoomID: Model] = [:]
        for room in [RoomID(3), RoomID(4)] {
            let events = invention.events(room, 1...UInt64(invention.number(1...300)), news: news)
            models[room] = Model(events: events)
            try await store.append(events)
        }
        for _ in 0..<200 {
            let room = RoomID(UInt64(invention.number(3...5)))
            let model = models[room] ?? Model()
            if invention.number(0...99) == 0 { try store.settle() }
            let question = invention.question(room, head: model.events.count)
            #expect(try await store.fetch(question) == model.answer(question), "\(question)")
        }
        await store.close()
    }

    @Test func numbersAtTheirLimitsAreRefusedOrEmptyButNothingTraps() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let author = Author(MemberID(1))
        let huge = Event(room: RoomID(1 << 27), sequence: 1, at: Timestamp(milliseconds: 0), body: .entered(author))
        await #expect(throws: LogFailure.self) { try await store.append([huge]) }
        let far = Event(room: RoomID(1), sequence: 1 << 36, at: Timestamp(milliseconds: 0), body: .entered(author))
        await #expect(throws: LogFailure.self) { try await store.append([far]) }
        let who = Event(
            room: RoomID(1),
            sequence: 1,
            at: Timestamp(milliseconds: .min),
            body: .left(Author(MemberID(.max)))
        )
        await #expect(throws: LogFailure.self) { try await store.append([who]) }
        let last = Event(
            room: RoomID(1 << 27 - 1),
            sequence: 1 << 36 - 1,
            at: Timestamp(milliseconds: .max),
            body: .left(author)
        )
        try await store.append([last])
        #expect(try await store.all(last.room) == [last])
        #expect(try await store.all(RoomID(.max)) == [])
        #expect(try await store.fetch(.newest(RoomID(1), 0...0, limit: 3)) == [])
        await store.close()
    }
}
