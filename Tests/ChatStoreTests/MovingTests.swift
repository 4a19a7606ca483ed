import ChatCore
import GRDB
import Testing

@testable import ChatStore

@Suite struct MovingTests {
    private static let now = Timestamp(milliseconds: 0)

    @Test(arguments: 1...4) func whatIsImportedIsWhatWasExported(seed: UInt64) async throws {
        let (from, to) = (Scratch(), Scratch())
        var invention = Invention(seed: seed)
        let store = try await from.filled(&invention)
        try await store.append([], .forgotten(RoomID(2), MemberID(1), 3...20))
        if seed % 2 == 0 { try store.settle() }
        // While it is open.
        let lines = try export(from)
        let report = try take(lines, into: to)
        let copy = try HistoryStore.open(to.options())
        #expect(try copy.saved(at: Self.now) == store.saved(at: Self.now))
        var events = 0
        for room: UInt64 in 1...3 {
            let there = try await store.all(RoomID(room))
            #expect(try await copy.all(RoomID(room)) == there)
            events += there.count
        }
        #expect(report.rooms == 3 && report.events == events)
        try copy.settle()
        #expect(try export(to) == lines)
        #expect(try HistoryCheck(of: DataDirectory(to.data)).run() == [])
        await store.close()
        await copy.close()
    }

    @Test func anExportMayBeOfOneRoomAndOfLateOnly() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 5)
        let store = try await scratch.filled(&invention)
        let name = try RoomName("r2")
        let since = Timestamp(milliseconds: 50_000)
        let lines = try export(scratch, HistoryExport(.jsonl, room: name, since: since))
        let other = Scratch()
        _ = try take(lines, into: other)
        let copy = try other.open()
        #expect(try await copy.all(RoomID(2)) == store.all(RoomID(2)).filter { $0.at >= since })
        #expect(try await copy.all(RoomID(1)) == [])
        let text = try export(scratch, HistoryExport(.text, room: name))
        #expect(try await text.count == store.all(RoomID(2)).count)
        #expect(throws: StoreError.self) {
            try export(scratch, HistoryExport(.text, room: RoomName("nowhere")))
        }
        await store.close()
        await copy.close()
    }

    @Test func anImportIsAllOrNothing() async throws {
        let (from, to) = (Scratch(), Scratch())
        var invention = Invention(seed: 6)
        let store = try await from.filled(&invention)
        await store.close()
        let lines = try export(from)
        for (place, wrong) in [
            (lines.count - 2, "{"), (20, #"{"type":"event","room":"r2"}"#), (0, "{}"), (9, lines[9]),
        ] {
            var broken = lines
            broken[place] = wrong
            if place == 9 { broken.insert(wrong, at: 9) }
            let error = #expect(throws: StoreError.self) { try take(broken, into: to) }
            #expect("\(error!)".contains("line \(place + (place == 9 ? 2 : 1))"), "\(error!)")
        }
        #expect(throws: StoreError.self) { try take(lines.dropLast(), into: to) }
        var copy = try HistoryStore.open(to.options())
        #expect(try copy.saved(at: Self.now) == SavedChat())
        #expect(throws: StoreError.inUse(directory: to.data)) { try take(lines, into: to) }
        await copy.close()

        _ = try take(lines, into: to)
        // Those rooms are there now.
        #expect(throws: StoreError.self) { try take(lines, into: to) }
        copy = try to.open()
        #expect(try await copy.all(RoomID(2)).count == 100)
        await copy.close()
    }

    @Test func anImportTakesNoNumberThatLeavesNoneForOthers() throws {
        let header = #"{"type":"conclave-history","version":1}"#
        let room =
            #"{"type":"room","room":"tea","id":2,"epoch":"0123456789abcdef","private":false,"#
            + #""locked":false,"slow":0,"kept":true,"head":"#
        for (line, what) in [
            (#"{"type":"end","lastMember":9223372036854775807}"#, "'lastMember' is 9223372036854775807"),
            (#"{"type":"end","lastMember":281474976710656}"#, "'lastMember' is 281474976710656"),
            (room + "68719476735}", "'head' is 68719476735"), (room + "9223372036854775807}", "'head' is"),
        ] {
            let error = #expect(throws: StoreError.self) { try take([header, line], into: Scratch()) }
            #expect("\(error!)".contains("line 2") && "\(error!)".contains(what), "\(error!)")
        }
        _ = try take([header, #"{"type":"end","lastMember":281474976710655}"#], into: Scratch())
    }

    @Test func anImportTakesNoAccountTwice() async throws {
        let key = "sha256:" + String(repeating: "a1", count: 32)
        let other = "sha256:" + String(repeating: "b2", count: 32)
        func account(_ id: Int, _ key: String, _ name: String) -> String {
            #"{"type":"account","id":\#(id),"keys":["\#(key)"],"names":["\#(name)"],"seen":5,"admitted":false}"#
        }
        let header = #"{"type":"conclave-history","version":1}"#
        let end = #"{"type":"end","lastMember":0}"#
        for (line, what) in [
            (account(2, key, "bob"), "there is an account with the key"), (account(2, other, "ALICE"), "is kept for"),
            (account(0, other, "bob"), "cannot be that of an account"), (account(2, "sha256:00", "bob"), "is no key"),
            (account(2, other, "a b"), "cannot be a name"),
        ] {
            let lines = [header, account(1, key, "alice"), line, end]
            let error = #expect(throws: StoreError.self) { try take(lines, into: Scratch()) }
            #expect("\(error!)".contains("line 3") && "\(error!)".contains(what), "\(error!)")
        }
        let scratch = Scratch()
        let lines = [header, account(1, key, "alice"), account(1, other, "bob"), end]
        #expect(try take(lines, into: scratch).accounts == 2)
        let store = try scratch.open()
        let numbers = try store.saved(at: Self.now).accounts.map(\.number)
        #expect(numbers == [1, 2], "a number that is taken is given anew")
        await store.close()
    }

    @Test func aBackupWhileItIsWrittenToIsComplete() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 7)
        let store = try await scratch.filled(&invention)
        let before = try await store.all(RoomID(2))
        let target = Scratch()
        try DataDirectory(target.data).create()
        async let more: Void = store.append((101...3000).map { invention.event(RoomID(2), $0, at: 0) })
        try HistoryBackup(of: DataDirectory(scratch.data)).run(to: target.file)
        try await more
        #expect(target.mode(target.file) == 0o600)
        #expect(throws: StoreError.self) { try HistoryBackup(of: DataDirectory(scratch.data)).run(to: target.file) }
        #expect(try HistoryCheck(of: DataDirectory(target.data)).run() == [])
        let copy = try target.open()
        let there = try await copy.all(RoomID(2))
        #expect(there.count == 100 || there.count == 3000)
        #expect(Array(there.prefix(100)) == before)
        try copy.settle()
        #expect(try await copy.pool.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") } == 2)
        await store.close()
        await copy.close()
    }

    @Test func aCheckFindsWhatIsWrong() async throws {
        let faults = [
            "DELETE FROM event WHERE key = (2 << 36) + 50": "it follows event 49",
            "UPDATE event SET kind = 77 WHERE key = (2 << 36) + 7": "its columns make no sense",
            "UPDATE room SET head = 1000 WHERE id = 2": "its events end at 100, and should at 1000",
            "UPDATE room SET indexed = 1000 WHERE id = 2": "the index should end at 1000",
            "DELETE FROM room WHERE id = 2": "there are events, but no such room",
            "UPDATE room SET epoch = 'x' WHERE id = 2": "room 2: its columns make no sense",
            "UPDATE event SET name = 'not a name' WHERE key = (2 << 36) + 9": "no proper name",
            "DELETE FROM account WHERE id = 2": "account 2: there are keys, but no such account",
            "UPDATE account_key SET key = 'x' || account || place": "account 2: it has no proper key",
            "INSERT INTO account_name VALUES (2, 9, 'a b')": "account 2: it has no proper name",
            "INSERT INTO account_name VALUES (2, 9, 'Xyz'), (3, 9, 'xyz')": "is kept for account",
            "INSERT INTO room_key VALUES (9, 'owner', 0, 'sha256:\(String(repeating: "0", count: 64))')":
                "room 9: somebody has rights in it",
            "INSERT INTO room_key VALUES (2, 'king', 0, 'sha256:\(String(repeating: "0", count: 64))')":
                "room 2: rights of somebody make no sense",
            "UPDATE event SET back = 40 WHERE key = (2 << 36) + 90": "the message before it is not where it says",
        ]
        for (fault, finding) in faults {
            let scratch = Scratch()
            var invention = Invention(seed: 8)
            let store = try await scratch.filled(&invention)
            try store.settle()
            #expect(try HistoryCheck(of: DataDirectory(scratch.data)).run() == [])
            await store.close()
            try await scratch.change { try $0.execute(sql: fault) }
            let findings = try HistoryCheck(of: DataDirectory(scratch.data)).run()
            #expect(findings.contains { $0.contains(finding) }, "\(fault): \(findings)")
        }
    }

    @Test func aCheckOfADamagedFileSaysSo() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 9)
        try await scratch.filled(&invention).close()
        var bytes = scratch.bytes(scratch.file)
        for place in stride(from: 4096, to: bytes.count, by: 512) { bytes[place] ^= 0xFF }
        scratch.write(bytes, to: scratch.file)
        #expect(try HistoryCheck(of: DataDirectory(scratch.data)).run() != [])
    }

    private func export(
        _ scratch: Scratch,
        _ export: HistoryExport = HistoryExport(.jsonl)
    ) throws -> [String] {
        var bytes: [UInt8] = []
        try export.run(on: DataDirectory(scratch.data)) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @discardableResult
    private func take(_ lines: some Sequence<String>, into scratch: Scratch) throws -> HistoryImport.Report {
        var lines = lines.makeIterator()
        return try HistoryImport(into: DataDirectory(scratch.data)).run { lines.next().map { Array($0.utf8) } }
    }
}

extension Scratch {
    /// A store with three rooms, of which one has a hundred events.
    func filled(_ invention: inout Invention) async throws -> HistoryStore {
        let store = try open()
        for room: UInt64 in 1...3 {
            let record = invention.record(RoomID(room), room == 1 ? "lobby" : "r\(room)")
            let ban = invention.sanction("x", until: nil)
            try await store.append(
                invention.events(RoomID(room), 1...(room == 2 ? 100 : 30)),
                .room(record),
                .sanctioned(RoomID(room), .ban, ban),
                .sanctioned(RoomID(room), .mute, ban),
                last: 17
            )
        }
        for number: UInt64 in 1...5 { try await store.append([], .account(invention.account(number)), last: 17) }
        try await store.append([], .accountEnded(4), last: 17)
        return store
    }
}
