import ChatCore
import TestKit
import Testing

@Suite struct RecentEventsPropertyTests {
    private static func body(using random: inout SeededGenerator) -> Event.Body {
        let author = Author(MemberID(UInt64.random(in: 1...3, using: &random)))
        let text = CleanText(String(repeating: "x", count: Int.random(in: 0...400, using: &random)))
        let bodies: [Event.Body] = [
            .said(author, text), .acted(author, text), .announced(text, by: author), .entered(author), .left(author),
            .renamed(from: author, to: author), .topic(text, by: author), .ruled(.lockdown(true), by: author),
        ]
        return bodies.randomElement(using: &random) ?? .left(author)
    }

    private static func isMessage(_ event: Event) -> Bool {
        switch event.body {
        case .said, .acted, .announced, .forgotten: true
        case .entered, .left, .renamed, .topic, .ruled, .forgot: false
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `any question is answered as by lists of all events`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...12, using: &random)
        let log = NumberedEvents(messages: capacity)
        var all: [RoomID: [Event]] = [:]
        for _ in 0..<120 {
            let room = RoomID(UInt64.random(in: 1...3, using: &random))
            if random.once(in: 40) {
                log.forget(room)
                all[room] = nil
            }
            let event = try #require(log.append([(room, Self.body(using: &random))]).first)
            all[room, default: []].append(event)

            let asked = RoomID(UInt64.random(in: 1...4, using: &random))
            let events = all[asked, default: []]
            let messages = events.filter(Self.isMessage).suffix(capacity)
            let others = events.filter { !Self.isMessage($0) }.suffix(capacity)
            let kept = (messages + others).sorted { $0.sequence < $1.sequence }
            let count = UInt64(events.count)
            let places = [1, count, count + 1, .max, UInt64.random(in: 1...count + 3, using: &random)]
            for (first, last) in places.flatMap({ first in places.map { (first, $0) } })
            where first > 0 && first <= last {
                for limit in [0, 1, .max, Int.random(in: 0...2 * capacity + 3, using: &random)] {
                    let inside = kept.filter { first...last ~= $0.sequence }
                    let recent = log.recent
                    #expect(recent.recall(.oldest(asked, first...last, limit: limit)) == Array(inside.prefix(limit)))
                    #expect(recent.recall(.newest(asked, first...last, limit: limit)) == Array(inside.suffix(limit)))
                    let before = messages.filter { $0.sequence <= last }.suffix(limit)
                    #expect(recent.recall(.messages(asked, through: last, limit: limit)) == Array(before))
                }
            }
        }
    }

    /// Where a log has the rest, what is remembered is either the whole answer, or none.
    @Test(arguments: SeededGenerator.seeds(30))
    func `what may be incomplete is not told`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...12, using: &random)
        let log = NumberedEvents(messages: capacity, isAll: false)
        // Of a room that is older than the memory.
        let unseen = UInt64.random(in: 0...5, using: &random)
        var all = (0..<unseen).map {
            Event(room: .lobby, sequence: $0 + 1, at: Timestamp(milliseconds: 0), body: Self.body(using: &random))
        }
        var answered = 0
        for number in unseen + 1...unseen + 60 {
            let body = Self.body(using: &random)
            let event = Event(room: .lobby, sequence: number, at: Timestamp(milliseconds: 0), body: body)
            all.append(event)
            log.recent.append([event])
            let last = random.once(in: 2) ? number : UInt64.random(in: 1...number, using: &random)
            let first = UInt64.random(in: 1...last, using: &random)
            let limit = Int.random(in: 0...capacity + 3, using: &random)
            let messages = all.filter(Self.isMessage).filter { $0.sequence <= last }
            let newest = messages.suffix(limit)
            let since = newest.first.map { first in all.filter { first.sequence...last ~= $0.sequence } } ?? []
            let inside = all.filter { first...last ~= $0.sequence }
            let expected: [(LogQuestion, [Event])] = [
                (.oldest(.lobby, first...last, limit: limit), Array(inside.prefix(limit))),
                (.newest(.lobby, first...last, limit: limit), inside.suffix(limit)),
                (.messages(.lobby, through: last, limit: limit), Array(newest)),
                (.since(.lobby, messages: limit, through: last, limit: 7), Array(since.prefix(7))),
                (
                    .search(.lobby, words: ["X"], through: last, limit: limit),
                    messages.filter { $0.body.text?.isEmpty == false }.suffix(limit)
                ),
            ]
            for (question, answer) in expected {
                guard let told = log.recent.recall(question) else { continue }
                answered += 1
                #expect(told == answer, "\(question)")
            }
        }
        #expect(answered > 20, "hardly anything was remembered")
    }

    private static func bytes(_ events: [Event]) -> Int {
        events.map { event in
            switch event.body {
            case .said(_, let text), .acted(_, let text), .announced(let text, _): text.string.utf8.count
            case .topic(let text, _): text?.string.utf8.count ?? 0
            case .entered, .left, .renamed, .ruled, .forgotten, .forgot: 0
            }
        }.reduce(0, +)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `all rooms together take no more than they may, and it is the one that speaks that forgets its oldest`(
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        let total = Int.random(in: 2000...10_000, using: &random)
        let log = NumberedEvents(bytes: total)
        let rooms = (1...4).map { RoomID($0) }
        var forgot = 0
        for _ in 0..<200 {
            let room = rooms.randomElement(using: &random) ?? .lobby
            if random.once(in: 50) { log.forget(room) }
            let before = rooms.map { log.all(in: $0) }
            let event = try #require(log.append([(room, Self.body(using: &random))]).first)
            let after = rooms.map { log.all(in: $0) }
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
        let log = NumberedEvents(bytes: 20_000)
        func fill(_ room: RoomID, _ count: Int) -> Int {
            for _ in 0..<count { log.append([(room, .said(Author(MemberID(1)), text))]) }
            return log.all(in: room).count
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
