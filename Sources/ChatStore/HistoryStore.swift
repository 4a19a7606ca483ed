public import ChatCore
internal import GRDB
internal import Synchronization

/// The log of all rooms in one SQLite database: what was said outlives the process.
///
/// It is written by one connection, in the order of the calls; two more read, and wait for nobody.
public final class HistoryStore: RoomLog {
    public let retention: Retention

    let pool: DatabasePool
    let options: StoreOptions
    /// Only ever locked by the writer, so nobody waits for it.
    let ledger = Mutex(Ledger())
    private let lock: DirectoryLock

    /// Opens the history in a directory, which nobody else may do until this is gone; makes one if there is none.
    public static func open(_ options: StoreOptions) throws(StoreError) -> HistoryStore {
        try HistoryStore(options)
    }

    private init(_ options: StoreOptions) throws(StoreError) {
        let directory = DataDirectory(options.directory)
        try directory.create()
        lock = try DirectoryLock(directory.path)
        try directory.createFile()
        pool = try Opening.pool(directory.file, options.durability, readers: 2)
        self.options = options
        retention = .stored(events: options.keep.events, days: options.keep.days, bytes: options.keep.bytes)
    }

    /// What a server has to know when it starts; asked for once, before anything is appended. Rooms that have not been
    /// kept ended with the server before.
    public func saved(at now: Timestamp) throws(StoreError) -> SavedChat {
        do {
            return try pool.writeWithoutTransaction { database in
                try ledger.withLock { ledger in
                    try database.inTransaction(.immediate) {
                        try Beginning.endRooms(on: database)
                        try Beginning.fill(&ledger, from: database)
                        return .commit
                    }
                    return try SavedReader(database: database, now: now).saved()
                }
            }
        } catch {
            throw StoreError(error, file: DataDirectory(options.directory).file)
        }
    }

    public func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void) {
        pool.asyncWriteWithoutTransaction { [self] database in
            completion(
                ledger.withLock { ledger in
                    Result { try Appending.run(batch, on: database, &ledger) }.mapError { LogFailure($0) }
                }
            )
        }
    }

    /// Events that were given to it are found once their ``append(_:completion:)`` has completed.
    public func fetch(_ question: LogQuestion, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void) {
        pool.asyncRead { database in
            completion(
                Result { try RoomReader.answer(question, in: database.get()) }.mapError { LogFailure($0) }
            )
        }
    }

    public func close() async {
        ledger.withLock { $0.isClosed = true }
        // There is nothing to be done about a failure: all that was taken has been committed.
        try? pool.close()
        lock.release()
    }
}
