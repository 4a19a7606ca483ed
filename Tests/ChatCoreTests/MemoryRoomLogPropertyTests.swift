import ChatCore
import Synchronization
import TestKit
import Testing

@Suite struct MemoryRoomLogPropertyTests {
    private static func append(_ draft: Event.Draft, to log: MemoryRoomLog) -> Event? {
        let committed = Mutex<[Event]>([])
        log.append([draft]) { events in committed.withLock { $0 += events } }
        return committed.withLock { $0.first }
    }

    private static func draft(_ room: RoomID, _ time: Int64, using random: inout SeededGenerator) -> Event.Draft {
        let author = Author(MemberID(UInt64.random(in: 1...3, using: &random)))
        let text = CleanText(String(repeating: "x", count: Int.random(in: 0...400, using: &random)))
        let bodies: [Event.Body] = [
            .said(author, text), .acted(author, text), .announced(text, by: author), .entered(author), .left(author),
            .renamed(from: author, to: author), .topic(text, by: author), .ruled(.lockdown(true), by: author),
        ]
        let body = bodies.randomElement(using: &random) ?? .left(author)
        return Event.Draft(room: room, at: Timestamp(milliseconds: time), body: body)
    }

    private static func isMessage(_ event: Event) -> Bool {
        switch event.body {
        case .said, .acted, .announced: true
        case .entered, .left, .renamed, .topic, .ruled: false
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `any question is answered as by lists of all events`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...12, using: &random)
        let log = MemoryRoomLog(capacity: capacity)
        #expect(log.capacity == capacity)
        var all: [RoomID: [Event]] = [:]
        for time in 0..<120 {
            let room = RoomID(UInt64.random(in: 1...3, using: &random))
            if random.once(in: 40) {
                log.forget(room)
                all[room] = nil
            }
            let draft = Self.draft(room, Int64(time), using: &random)
            let event = try #require(Self.append(draft, to: log))
            #expect(event.sequence == UInt64(all[room, default: []].count) + 1)
            all[room, default: []].append(event)

            let asked = RoomID(UInt64.random(in: 1...4, using: &random))
            let events = all[asked, default: []]
            let messages = events.filter(Self.isMessage).suffix(capacity)
            let others = events.filter { !Self.isMessage($0) }.suffix(capacity)
            let kept = (messages + others).sorted { $0.sequence < $1.sequence }
            let count = UInt64(events.count)
            for sequence in [0, 1, count, count + 1, .max, UInt64.random(in: 0...count + 3, using: &random)] {
                for limit in [-1, 0, 1, .max, Int.random(in: 0...2 * capacity + 3, using: &random)] {
                    let after = kept.filter { $0.sequence > sequence }.suffix(max(limit, 0))
                    #expect(log.events(in: asked, after: sequence, limit: limit) == Array(after))
                    let before = messages.filter { $0.sequence < sequence }.suffix(max(limit, 0))
                    #expect(log.messages(in: asked, before: sequence, limit: limit) == Array(before))
                }
            }
        }
    }

    private static func bytes(_ events: [Event]) -> Int {
        events.map { event in
            switch event.body {
            case .said(_, let text), .acted(_, let text), .announced(let text, _): text.string.utf8.count
            case .topic(let text, _): text?.string.utf8.count ?? 0
            case .entered, .left, .renamed, .ruled: 0
            }
        }.reduce(0, +)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `all rooms together take no more than they may, and it is the one that speaks that forgets its oldest`(
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        let total = Int.random(in: 2000...10_000, using: &random)
        let log = MemoryRoomLog(capacity: 1000, totalBytes: total)
        let rooms = (1...4).map { RoomID($0) }
        var forgot = 0
        for time in 0..<200 {
            let room = rooms.randomElement(using: &random) ?? .lobby
            if random.once(in: 50) { log.forget(room) }
            let before = rooms.map { log.events(in: $0, after: 0, limit: .max) }
            let event = try #require(Self.append(Self.draft(room, Int64(time), using: &random), to: log))
            let after = rooms.map { log.events(in: $0, after: 0, limit: .max) }
            for index in rooms.indices {
                guard rooms[index] == room else {
                    #expect(after[index] == before[index], "another room has changed")
                    continue
                }
                let expected = before[index] + [event]
                #expect(!after[index].isEmpty && after[index] == expected.suffix(after[index].count))
                guard after[index].count < expected.count else { continue }
                forgot += 1
                // It was needed: text alone is not all that an event takes, but most of it with so few.
                #expect(Self.bytes(before.flatMap(\.self)) + Self.bytes([event]) + 256 * 400 > total)
            }
            let isDownToOne = after.contains { $0.count == 1 }
            #expect(Self.bytes(after.flatMap(\.self)) <= total || isDownToOne)
        }
        #expect(forgot > 20, "the limit was hardly reached")
    }

    @Test func `what a room gave back others can take, and so can what a room had that has ended`() throws {
        let text = CleanText(String(repeating: "x", count: 1000))
        let log = MemoryRoomLog(totalBytes: 20_000)
        func fill(_ room: RoomID, _ count: Int) -> Int {
            for _ in 0..<count {
                let body = Event.Body.said(Author(MemberID(1)), text)
                log.append([Event.Draft(room: room, at: Timestamp(milliseconds: 0), body: body)]) { _ in }
            }
            return log.events(in: room, after: 0, limit: .max).count
        }
        let most = fill(.lobby, 50)
        #expect((10...20).contains(most))
        #expect(fill(RoomID(2), 50) == 1, "the lobby has it all")
        log.forget(.lobby)
        #expect((most - 1...most).contains(fill(RoomID(2), 50)))
        #expect(fill(RoomID(3), 50) == 1)
        log.forget(RoomID(2))
        #expect((most - 1...most).contains(fill(RoomID(3), 50)))
    }
}
