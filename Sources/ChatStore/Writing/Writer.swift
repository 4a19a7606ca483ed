internal import ChatCore
internal import GRDB
internal import Synchronization

/// All that writes: batches, and upkeep between them, in the order of the calls and one at a time.
final class Writer: Sendable {
    private let pool: DatabasePool
    private let keep: KeepPolicy
    private let clock: @Sendable () -> Timestamp
    /// Only ever locked in the turn of the one writing connection, so nobody waits for it.
    private let ledger = Mutex(Ledger())

    /// Rooms that nobody has spoken in, other than the lobby, ended with the server that held them.
    init(_ pool: DatabasePool, _ options: StoreOptions) throws {
        (self.pool, keep, clock) = (pool, options.keep, options.clock)
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let gone = try Ledger.rooms("SELECT id FROM room WHERE kept != 1 AND id != 1", in: database)
                for room in gone { try FactWriter.end(room, on: database) }
                return .commit
            }
            try ledger.withLock { try $0.fill(from: database) }
        }
    }

    func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void) {
        pool.asyncWriteWithoutTransaction { [self] database in
            let result: Result<Void, any Error> = ledger.withLock { ledger in
                guard !ledger.isClosed else { return .failure(LogFailure("the history is closed")) }
                return Result { try Appending.run(batch, on: database, &ledger) }
            }
            completion(result.mapError { LogFailure($0) })
        }
    }

    /// One step of upkeep.
    /// - Parameter completion: called with what is left to do.
    func step(completion: @escaping @Sendable (Result<Chores.Rest, any Error>) -> Void) {
        pool.asyncWriteWithoutTransaction { [self] database in
            completion(Result { try step(on: database) })
        }
    }

    /// The same, waited for; for tests.
    func stepNow() throws -> Chores.Rest {
        try pool.writeWithoutTransaction { try step(on: $0) }
    }

    private func step(on database: Database) throws -> Chores.Rest {
        try ledger.withLock { ledger in
            guard !ledger.isClosed else { return .nothing }
            return try Chores(keep: keep, now: clock()).run(on: database, &ledger)
        }
    }

    /// Waits for what is being written; nothing more will be.
    func close() {
        ledger.withLock { $0.isClosed = true }
    }
}
