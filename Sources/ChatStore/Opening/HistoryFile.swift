internal import GRDB

/// A history that is only read, whether a server has it open or not.
struct HistoryFile {
    let path: String
    private let queue: DatabaseQueue

    init(_ directory: DataDirectory) throws(StoreError) {
        path = directory.file
        try FileHeader(path).check(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StoreError(error, file: path)
        }
    }

    /// - Parameter body: all that it reads is of one moment.
    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try queue.read { database in
                let version = try Schema.current(database)
                guard version <= Schema.newest else { throw StoreError.newer(file: path) }
                guard version > 0 else {
                    throw StoreError.unusable(path: path, reason: "there is no history in it yet")
                }
                return try body(database)
            }
        } catch {
            throw StoreError(error, file: path)
        }
    }

    /// - Parameter body: not in a transaction.
    func run(_ body: (Database) throws -> Void) throws(StoreError) {
        do {
            try queue.inDatabase(body)
        } catch {
            throw StoreError(error, file: path)
        }
    }
}
