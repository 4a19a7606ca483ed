public import ChatCore
internal import GRDB

/// The log of all rooms in one SQLite database: what was said outlives the process.
///
/// It is written by one connection, in the order of the calls; two more read, and wait for nobody. What else there is to be
/// done, such as to remove what is too old, is done in between, in small steps.
public final class HistoryStore: RoomLog {
    public let retention: Retention

    let pool: DatabasePool
    private let file: String
    private let lock: DirectoryLock
    private let mark: MemberMark
    private let writer: Writer
    private let upkeep: Upkeep
    private let searches = SearchTurns()

    /// Opens the history in a directory, which nobody else may do until this is closed; makes one if there is none.
    public static func open(_ options: StoreOptions) throws(StoreError) -> HistoryStore {
        let directory = DataDirectory(options.directory)
        try directory.create()
        let lock = try DirectoryLock(directory.path)
        let mark = try MemberMark(directory.path)
        try directory.createFile()
        let pool = try Opening.pool(directory.file, options.durability, readers: 2)
        do {
            return HistoryStore(pool, directory.file, lock, mark, try Writer(pool, options), options.keep)
        } catch {
            throw StoreError(error, file: directory.file)
        }
    }

    private init(
        _ pool: DatabasePool,
        _ file: String,
        _ lock: DirectoryLock,
        _ mark: MemberMark,
        _ writer: Writer,
        _ keep: KeepPolicy
    ) {
        (self.pool, self.file, self.lock, self.mark, self.writer) = (pool, file, lock, mark, writer)
        retention = .stored(events: keep.events, days: keep.days, bytes: keep.bytes)
        upkeep = Upkeep { writer.step(completion: $0) }
    }

    /// What a server has to know when it starts; asked for once, before anything is appended. Rooms that have not been
    /// kept ended with the server before.
    public func saved(at now: Timestamp) throws(StoreError) -> SavedChat {
        // Whatever was left undone, or has become too old meanwhile.
        upkeep.wake()
        do {
            var saved = try pool.read { try SavedReader(database: $0, now: now).saved() }
            saved.lastMember = max(saved.lastMember, mark.member)
            return saved
        } catch {
            throw StoreError(error, file: file)
        }
    }

    public func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void) {
        upkeep.appendBegins()
        writer.append(batch) { [upkeep] result in
            completion(result)
            upkeep.appendEnds()
        }
    }

    public func note(_ member: MemberID) {
        mark.write(member)
    }

    /// Events that were given to it are found once their ``append(_:completion:)`` has completed.
    public func fetch(_ question: LogQuestion, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void) {
        switch question {
        case .search(let room, let words, let sequence, let limit):
            Search(room, words, through: sequence, limit: limit).run(on: pool, in: searches, completion: completion)
        default:
            pool.asyncRead { database in
                completion(Result { try RoomReader.answer(question, in: database.get()) }.mapError { LogFailure($0) })
            }
        }
    }

    public func close() async {
        upkeep.close()
        writer.close()
        // There is nothing to be done about a failure: all that was taken has been committed.
        try? pool.finish()
        lock.release()
    }

    /// Does all upkeep there is to do; for tests.
    func settle() throws {
        while try settleOnce() != .nothing {}
    }

    /// Does one step of it.
    func settleOnce() throws -> Chores.Rest {
        try writer.stepNow()
    }
}
