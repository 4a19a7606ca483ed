import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct FailureTests {
    @Test func aFullDiskTakesNothingOfABatchAndRecovers() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 4)
        let store = try scratch.open()
        let first = invention.events(.lobby, 1...10)
        try await store.append(first, last: 3)
        try await store.limit(pages: 1)
        let second = (11...2000).map { invention.event(.lobby, $0, at: 0) }
        let failure = await #expect(throws: LogFailure.self) {
            try await store.append(second, .room(invention.record(.lobby, "lobby")), last: 9)
        }
        #expect(failure?.description == "the disk is full")
        #expect(try await store.all(.lobby) == first)
        #expect(try store.saved(at: Timestamp(milliseconds: 0)).lastMember == MemberID(3))

        try await store.limit(pages: 1 << 30)
        try await store.append([])
        try await store.append(second, last: 9)
        #expect(try await store.all(.lobby) == first + second)
        await store.close()
    }

    @Test func nothingIsNotNothingToADiskThatTakesNothing() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        let failure = await #expect(throws: LogFailure.self) { try await store.append([]) }
        #expect(failure?.description.contains("read-only") == true)
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
        try await store.append([])
        await store.close()
    }

    @Test func numbersThatWereGivenWhileNothingCouldBeWrittenAreNotGivenAgain() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        try await store.append([], last: 3)
        store.note(MemberID(40))
        store.note(MemberID(41))
        await store.close()
        let again = try scratch.open()
        #expect(try again.saved(at: Timestamp(milliseconds: 0)).lastMember == MemberID(41))
        await again.close()
        #expect(scratch.mode(scratch.data + "/members") == 0o600)
    }

    @Test func numbersThatDoNotGoOnAreRefused() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 5)
        let store = try scratch.open()
        try await store.append(invention.events(.lobby, 1...3))
        let next = invention.event(.lobby, 4, at: 0)
        for wrong: UInt64 in [3, 6] {
            await #expect(throws: LogFailure.self) {
                try await store.append([next, invention.event(.lobby, wrong, at: 0)])
            }
        }
        try await store.append([next])
        #expect(try await store.all(.lobby).count == 4)
        await store.close()
    }

    @Test func aRowThatMakesNoSenseIsPassedOver() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 6)
        let store = try scratch.open()
        let events = invention.events(.lobby, 1...6)
        try await store.append(events)
        try await store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "UPDATE event SET kind = 999 WHERE key & 0xFF = 2")
            try database.execute(sql: "UPDATE event SET uid = 'x', back = 'y' WHERE key & 0xFF = 3")
            try database.execute(sql: "UPDATE event SET uid = -5, at = x'00' WHERE key & 0xFF = 4")
        }
        #expect(try await store.all(.lobby).map(\.sequence) == [1, 5, 6])
        #expect(try await store.fetch(.oldest(.lobby, 1...6, limit: 2)).map(\.sequence) == [1, 5])
        await store.close()
    }
}

extension HistoryStore {
    /// Lets the database grow to so many pages only, as a full disk would.
    func limit(pages: Int) async throws {
        try await pool.writeWithoutTransaction { database in
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)")
        }
    }
}
