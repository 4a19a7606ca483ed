import ChatCore
import Testing

@testable import ChatStore

@Suite struct SavedTests {
    private static let now = Timestamp(milliseconds: 1_000_000_000)

    @Test(arguments: 1...6) func whatHasToBeKnownAgainIs(seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        var store = try scratch.open()
        var rooms: [SavedChat.Room] = []
        for number in 1...4 {
            let record = invention.record(RoomID(UInt64(number)), number == 1 ? "lobby" : "room-\(number)")
            let events = invention.events(record.id, 1...UInt64(invention.number(1...20)))
            try await store.append(events, .room(record), last: UInt64(number))
            var room = SavedChat.Room(record, head: UInt64(events.count))
            for label in ["a", "b", "c"] {
                let until = [nil, Self.now, Self.now.adding(seconds: 1)][invention.number(0...2)]
                let sanction = invention.sanction(label, until: until)
                try await store.append(
                    [],
                    .sanctioned(record.id, .ban, sanction),
                    .sanctioned(record.id, .mute, sanction)
                )
                if sanction.isInForce(at: Self.now) {
                    room.bans.append(sanction)
                    room.mutes.append(sanction)
                }
            }
            if let first = room.bans.first {
                try await store.append([], .pardoned(record.id, .ban, first))
                room.bans.removeFirst()
            }
            room.record.topic = invention.maybe(invention.text())
            try await store.append([], .room(room.record))
            rooms.append(room)
        }
        var accounts = (1...6).map { invention.account($0) }
        for account in accounts { try await store.append([], .account(account), last: 4) }
        accounts[2] = invention.account(3)
        try await store.append([], .accountEnded(6), .account(accounts[2]), .accountEnded(7), last: 4)
        accounts.removeLast()
        await store.close()
        store = try HistoryStore.open(scratch.options())
        let saved = try store.saved(at: Self.now)
        #expect(saved.accounts == accounts)
        #expect(saved.rooms == rooms)
        #expect(saved.lastMember == MemberID(4))
        await store.close()
    }

    @Test func aKeyGoesFromOneAccountToAnotherInWhicheverOrderThatIsWritten() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 2)
        let store = try scratch.open()
        let (old, new) = (invention.account(5), invention.account(3))
        let keys = new.keys + old.keys
        let joined = AccountRecord(number: 3, keys: keys, names: new.names, seen: new.seen, isAdmitted: new.isAdmitted)
        try await store.append([], .account(old), .account(new), last: 1)
        try await store.append([], .account(joined), .accountEnded(5), last: 1)
        #expect(try store.saved(at: Self.now).accounts == [joined])
        await store.close()
        #expect(try HistoryCheck(of: DataDirectory(scratch.data)).run() == [])
    }

    @Test func aSanctionTakesThePlaceOfOneOnTheSame() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 1)
        let store = try scratch.open()
        let one = Sanction(
            label: "bob",
            member: MemberID(2),
            name: nil,
            addresses: nil,
            by: "x",
            until: nil,
            reason: nil
        )
        let same = Sanction(
            label: "bob",
            member: MemberID(2),
            name: nil,
            addresses: nil,
            by: "y",
            until: nil,
            reason: CleanText("why")
        )
        let other = Sanction(label: "bob", member: nil, name: nil, addresses: nil, by: "z", until: nil, reason: nil)
        try await store.append(
            [],
            .room(invention.record(.lobby, "lobby")),
            .sanctioned(.lobby, .ban, one),
            .sanctioned(.lobby, .ban, other),
            .sanctioned(.lobby, .ban, same)
        )
        #expect(try store.saved(at: Self.now).rooms.first?.bans == [same, other])
        await store.close()
    }

    @Test func roomsInWhichNothingWasSaidEndWithTheServer() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 2)
        let lobby = invention.record(.lobby, "lobby", isKept: false)
        let (kept, gone) = (invention.record(RoomID(2), "kept"), invention.record(RoomID(3), "gone", isKept: false))
        var store = try scratch.open()
        try await store.append(
            invention.events(RoomID(3), 1...5),
            .room(lobby),
            .room(kept),
            .room(gone),
            .sanctioned(RoomID(3), .ban, invention.sanction("x", until: nil))
        )
        await store.close()
        store = try HistoryStore.open(scratch.options())
        #expect(try store.saved(at: Self.now).rooms == [SavedChat.Room(lobby, head: 0), SavedChat.Room(kept, head: 0)])
        #expect(try await store.all(RoomID(3)) == [])
        // A number that is given again has nothing of its former room.
        let events = invention.events(RoomID(3), 1...3)
        try await store.append(events, .room(gone))
        #expect(try await store.all(RoomID(3)) == events)
        await store.close()
    }

    @Test func messagesWithAnIDAreThoseOfTheLastTenMinutes() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 3)
        let store = try scratch.open()
        var expected: [Event] = []
        for room in [RoomID(1), RoomID(2)] {
            let record = invention.record(room, "r\(room.number)")
            let events = (1...90).map { number in
                let at = Timestamp(
                    milliseconds: Self.now.milliseconds - Int64(90 - number) * 10_000 + Int64(room.number)
                )
                return Event(
                    room: room,
                    sequence: UInt64(number),
                    at: at,
                    body: invention.body(),
                    id: number % 3 == 0 ? MessageID("m\(number)") : nil
                )
            }
            // Only what can have one.
            .map { $0.body.isSpeech ? $0 : Event(room: room, sequence: $0.sequence, at: $0.at, body: $0.body) }
            try await store.append(events, .room(record))
            expected += events.filter {
                $0.id != nil && $0.at >= Self.now.adding(seconds: -600)
            }
        }
        expected.sort { ($0.at, $0.room.number) < ($1.at, $1.room.number) }
        #expect(try store.saved(at: Self.now).messagesWithID == expected)
        await store.close()
    }

    @Test func aNewHistoryIsEmpty() async throws {
        let scratch = Scratch()
        let store = try HistoryStore.open(scratch.options(KeepPolicy(events: 5, days: 6, bytes: 7)))
        #expect(try store.saved(at: Self.now) == SavedChat())
        #expect(store.retention == .stored(events: 5, days: 6, bytes: 7))
        await store.close()
    }
}
