import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct ForgettingTests {
    @Test(arguments: 1...5) func whatIsForgottenIsGoneAtOnceForWhoeverAsks(seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        var store = try scratch.open()
        var model = Model(events: invention.events(.lobby, 1...200))
        try await store.append(model.events, .room(invention.record(.lobby, "lobby")))
        if seed % 2 == 0 { try store.settle() }
        for round in 0..<6 {
            let member = MemberID(UInt64(invention.number(1...5)))
            let low = UInt64(invention.number(1...200))
            let range = low...UInt64(invention.number(Int(low)...210))
            try await store.append([], .forgotten(.lobby, member, range))
            model.forget(member, range)
            if round == 2 { try store.settle() }
            if round == 4 {
                await store.close()
                store = try scratch.open()
            }
            #expect(try await store.all(.lobby) == model.events)
            for _ in 0..<30 {
                let question = invention.question(.lobby, head: 200)
                #expect(try await store.fetch(question) == model.answer(question), "\(question)")
            }
        }
        try store.settle()
        #expect(try await store.all(.lobby) == model.events)
        let left = try await store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM erasure") }
        #expect(left == 0)
        await store.close()
    }

    @Test(arguments: [false, true]) func itIsNotInTheFilesAnyMore(isIndexed: Bool) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 1)
        let store = try scratch.open()
        let secret = "xyzzyplughfrobozz"
        var events: [Event] = []
        for number: UInt64 in 1...200 {
            let isSecret = number == 100
            let author = Author(MemberID(isSecret ? 7 : 8))
            let body = Event.Body.said(author, isSecret ? CleanText(secret) : invention.text())
            let id = isSecret ? MessageID("id-\(secret)") : nil
            events.append(Event(room: .lobby, sequence: number, at: Timestamp(milliseconds: 0), body: body, id: id))
        }
        try await store.append(events, .room(invention.record(.lobby, "lobby")))
        if isIndexed { try store.settle() }
        try await store.append([], .forgotten(.lobby, MemberID(7), 1...200))
        try store.settle()
        let places = [scratch.file, scratch.file + "-wal"].map { scratch.bytes($0) }
        for bytes in places { #expect(!bytes.contains(secret.utf8)) }
        // Not even three letters of it, which the index had; what begins a page of it has no prefix in common.
        let terms = try await store.pool.read {
            try String.fetchAll($0, sql: "SELECT term FROM term WHERE term GLOB 'xyz*'")
        }
        #expect(terms == [])
        await store.close()
    }

    @Test func aRoomThatHasEndedIsGoneAtOnceAndThenInFact() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 3)
        var store = try scratch.open()
        for room: UInt64 in 1...3 {
            let record = invention.record(RoomID(room), "r\(room)")
            try await store.append(invention.events(RoomID(room), 1...500), .room(record))
        }
        try store.settle()
        let others = try await store.all(RoomID(3))
        try await store.append([], .ended(RoomID(2)))
        #expect(try await store.all(RoomID(2)) == [])
        await store.close()
        store = try HistoryStore.open(scratch.options())
        #expect(try store.saved(at: Timestamp(milliseconds: 0)).rooms.map(\.record.id) == [RoomID(1), RoomID(3)])
        #expect(try await store.all(RoomID(2)) == [])
        try store.settle()
        let left = try await store.pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM event WHERE key >> 36 = 2")
        }
        #expect(left == 0)
        #expect(try await store.all(RoomID(3)) == others)
        await store.close()
    }
}

extension [UInt8] {
    func contains(_ other: String.UTF8View) -> Bool {
        let other = Array(other)
        guard count >= other.count else { return false }
        return (0...count - other.count).contains { start in
            self[start] == other[0] && self[start..<start + other.count].elementsEqual(other)
        }
    }
}
