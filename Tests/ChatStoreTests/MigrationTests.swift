import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct MigrationTests {
    @Test(arguments: 1...Schema.newest) func everyEarlierVersionBecomesTheNewest(version: Int) async throws {
        let scratch = Scratch()
        try DataDirectory(scratch.data).create()
        try DataDirectory(scratch.data).createFile()
        // As that version wrote it: what stands here is not to be changed.
        try await scratch.change { database in
            try Schema.migrate(database, to: version)
            try database.execute(
                sql: """
                    INSERT INTO room (id, name, epoch, topic, private, locked, slow, kept, head)
                        VALUES (1, 'lobby', '00000000000000ff', 'all things', 0, 1, 5, 1, 0);
                    INSERT INTO event (key, at, kind, back, uid, name) VALUES ((1 << 36) + 1, 1000, 11, NULL, 3, 'alice');
                    INSERT INTO event (key, at, kind, back, uid, name, text, id)
                        VALUES ((1 << 36) + 2, 2000, 1, NULL, 3, 'alice', 'Hello World', 'id-1');
                    INSERT INTO event (key, at, kind, back, uid, name, uid2, number, text)
                        VALUES ((1 << 36) + 3, 3000, 22, 1, 3, 'alice', 4, 60, 'spam');
                    INSERT INTO sanction (room, kind, label, uid, by, until) VALUES (1, 'ban', '4', 4, 'alice', 63000);
                    INSERT INTO meta (name, value) VALUES ('lastMember', 4);
                    """
            )
        }
        let alice = Author(MemberID(3), name: try? Nickname("alice"))
        let events = [
            Event(room: .lobby, sequence: 1, at: Timestamp(milliseconds: 1000), body: .entered(alice)),
            Event(
                room: .lobby,
                sequence: 2,
                at: Timestamp(milliseconds: 2000),
                body: .said(alice, CleanText("Hello World")),
                id: MessageID("id-1")
            ),
            Event(
                room: .lobby,
                sequence: 3,
                at: Timestamp(milliseconds: 3000),
                body: .ruled(.banned(Author(MemberID(4)), seconds: 60, reason: CleanText("spam")), by: alice)
            ),
        ]
        let store = try HistoryStore.open(scratch.options())
        let saved = try store.saved(at: Timestamp(milliseconds: 4000))
        #expect(saved.lastMember == MemberID(4))
        #expect(saved.rooms.first?.head == 3)
        #expect(saved.rooms.first?.bans.first?.member == MemberID(4))
        #expect(saved.rooms.first?.record.rights == RoomRights())
        #expect(saved.messagesWithID == [events[1]])
        try store.settle()
        #expect(try await store.all(.lobby) == events)
        #expect(try await store.fetch(.search(.lobby, words: ["world"], through: 9, limit: 9)) == [events[1]])
        await store.close()
    }

    @Test func allVersionsMakeTheSameTables() async throws {
        func tables(_ version: Int) async throws -> [String] {
            let queue = try DatabaseQueue()
            return try await queue.writeWithoutTransaction { database in
                try Schema.migrate(database, to: version)
                try Schema.migrate(database)
                return try String.fetchAll(
                    database,
                    sql: "SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name"
                )
            }
        }
        let newest = try await tables(Schema.newest)
        for version in 0..<Schema.newest { #expect(try await tables(version) == newest) }
    }
}
