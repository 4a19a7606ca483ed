import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct SearchTests {
    /// In the index, not in it, and half of it.
    @Test(arguments: [0, 150, 300], 1...3) func findsWhatAWordSearchFinds(settledAt: Int, seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        let store = try scratch.open()
        let events = invention.events(.lobby, 1...300)
        try await store.append(Array(events[..<settledAt]), .room(invention.record(.lobby, "lobby")))
        try store.settle()
        try await store.append(Array(events[settledAt...]))
        // Another room's messages are nobody's business here.
        try await store.append(invention.events(RoomID(2), 1...300), .room(invention.record(RoomID(2), "b")))
        let model = Model(events: events)
        for _ in 0..<150 {
            let words = (0...invention.number(0...2)).map { _ in
                invention.isTrue() ? invention.word() : invention.piece(of: invention.word())
            }
            let through = invention.isTrue() ? UInt64(invention.number(0...310)) : .max
            let question = LogQuestion.search(.lobby, words: words, through: through, limit: invention.number(0...20))
            #expect(try await store.fetch(question) == model.answer(question), "\(question)")
        }
        await store.close()
    }

    @Test func shortWordsAreFoundInTheIndex() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var invention = Invention(seed: 1)
        let texts = ["東京都の天気", "京", "大阪", "都", "a", "ab", "xab", "x"]
        let events = texts.enumerated().map { index, text in
            Event(
                room: .lobby,
                sequence: UInt64(index + 1),
                at: Timestamp(milliseconds: 0),
                body: .said(Author(MemberID(1)), CleanText(text))
            )
        }
        try await store.append(events, .room(invention.record(.lobby, "lobby")))
        try store.settle()
        for word in ["京", "東京", "都", "の天", "a", "ab", "b", "A", "x", "気", "阪", "z", "天気"] {
            let query = try await store.pool.read {
                try IndexQuery([WordSearch.folded(word)], in: $0, patience: .seconds(600))
            }
            #expect(query != nil)
            let question = LogQuestion.search(.lobby, words: [word], through: .max, limit: 10)
            #expect(try await store.fetch(question) == Model(events: events).answer(question), "\(word)")
        }
        await store.close()
    }

    @Test func whatIsIndexedIsKnownAfterARestart() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 2)
        var store = try scratch.open()
        let events = invention.events(.lobby, 1...40)
        try await store.append(Array(events[..<20]), .room(invention.record(.lobby, "lobby")))
        try store.settle()
        try await store.append(Array(events[20...]))
        await store.close()
        store = try scratch.open()
        try store.settle()
        #expect(try await store.pool.read { try WordIndex.mark(of: .lobby, in: $0) } == 40)
        for word in Invention.words {
            let question = LogQuestion.search(.lobby, words: [word], through: .max, limit: 50)
            #expect(try await store.fetch(question) == Model(events: events).answer(question), "\(word)")
        }
        await store.close()
    }
}

extension Invention {
    mutating func piece(of word: String) -> String {
        let characters = Array(word)
        let start = number(0...characters.count - 1)
        return String(characters[start...number(start...characters.count - 1)])
    }
}
