import ChatCore
import GRDB
import Glibc
import Testing

@testable import ChatStore

@Suite struct OpeningTests {
    @Test func whatIsClosedIsInOneFile() async throws {
        let scratch = Scratch()
        var invention = Invention(seed: 8)
        let store = try scratch.open()
        try await store.append(invention.events(.lobby, 1...100))
        await store.close()
        #expect(scratch.bytes(scratch.file + "-wal").isEmpty)
    }

    @Test func directoriesAndFilesAreForTheOwnerOnly() async throws {
        let scratch = Scratch()
        var options = scratch.options()
        options.directory = scratch.path + "/a/b"
        let store = try HistoryStore.open(options)
        try await store.append([])
        #expect(scratch.mode(scratch.path + "/a") == 0o700)
        #expect(scratch.mode(options.directory) == 0o700)
        for name in ["lock", "history.sqlite", "history.sqlite-wal", "history.sqlite-shm"] {
            #expect(scratch.mode(options.directory + "/" + name) == 0o600, "\(name)")
        }
        await store.close()
    }

    @Test func aSecondServerIsToldThatItIsOne() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        #expect(throws: StoreError.inUse(directory: scratch.data)) { try scratch.open() }
        await store.close()
        #expect(throws: Never.self) { try scratch.open() }
    }

    @Test func aFileOfANewerVersionIsLeftAsItIs() async throws {
        let scratch = Scratch()
        try await scratch.open().close()
        try await scratch.change { try $0.execute(sql: "PRAGMA user_version = 1000") }
        let before = scratch.bytes(scratch.file)
        #expect(throws: StoreError.newer(file: scratch.file)) { try scratch.open() }
        #expect(scratch.bytes(scratch.file) == before)
    }

    @Test func theDatabaseOfAnotherProgramIsLeftAsItIs() async throws {
        let scratch = Scratch()
        try await scratch.open().close()
        try await scratch.change { try $0.execute(sql: "PRAGMA application_id = 77") }
        let before = scratch.bytes(scratch.file)
        #expect(throws: StoreError.self) { try scratch.open() }
        #expect(scratch.bytes(scratch.file) == before)
    }

    @Test func whatIsNoDatabaseIsCalledDamaged() async throws {
        let scratch = Scratch()
        try await scratch.open().close()
        for bytes in [Array("no database at all".utf8), [UInt8](repeating: 7, count: 9000)] {
            scratch.write(bytes, to: scratch.file)
            let error = #expect(throws: StoreError.self) { try scratch.open() }
            guard case .corrupt = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect("\(error!)".contains("conclaved check"))
        }
    }

    @Test func whatIsInTheWayOfTheDirectoryIsNamed() throws {
        let scratch = Scratch()
        scratch.write([1], to: scratch.data)
        let error = #expect(throws: StoreError.self) { try scratch.open() }
        guard case .unusable(scratch.data, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: 1...30) func aDamagedFileNeverTraps(seed: UInt64) async throws {
        let scratch = Scratch()
        var invention = Invention(seed: seed)
        let store = try scratch.open()
        try await store.append(invention.events(.lobby, 1...400), .room(invention.record(.lobby, "lobby")))
        await store.close()
        #expect(scratch.bytes(scratch.file + "-wal").isEmpty)
        var bytes = scratch.bytes(scratch.file)
        for _ in 0..<invention.number(1...40) {
            bytes[invention.number(0...bytes.count - 1)] = UInt8(truncatingIfNeeded: invention.next())
        }
        scratch.write(bytes, to: scratch.file)
        do {
            let store = try scratch.open()
            for _ in 0..<20 { _ = try? await store.fetch(invention.question(.lobby, head: 400)) }
            try? await store.append([invention.event(.lobby, 401, at: 0)])
            await store.close()
        } catch is StoreError {}
    }

    @Test func theFileCanShrinkAndForgets() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let settings = try await store.pool.writeWithoutTransaction { database in
            try ["auto_vacuum", "secure_delete", "synchronous", "journal_mode"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(settings == ["2", "1", "1", "wal"])
        await store.close()
        let durable = try HistoryStore.open(scratch.options(durability: .power))
        #expect(try await durable.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
        await durable.close()
    }

    @Test func theUsualPlaceIsUnderTheHomeOfState() {
        // Only what it is made from: the environment belongs to all tests.
        #expect(DataDirectory.standard?.path.hasSuffix("/conclaved") ?? true)
    }
}

extension Scratch {
    /// Changes the file behind the store's back.
    func change(_ change: @escaping @Sendable (Database) throws -> Void) async throws {
        let queue = try DatabaseQueue(path: file)
        try await queue.writeWithoutTransaction(change)
        _ = try await queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try queue.close()
    }
}
