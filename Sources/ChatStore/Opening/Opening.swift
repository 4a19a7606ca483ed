internal import ChatCore
internal import GRDB

/// Opens a database file, makes what is missing in it, and says in words what is wrong with it.
enum Opening {
    /// - Parameter durability: nil for one who only reads, while a server may be running.
    static func pool(_ file: String, _ durability: Durability, readers: Int) throws(StoreError) -> DatabasePool {
        try FileHeader(file).check(file)
        do {
            let pool = try DatabasePool(path: file, configuration: configuration(readers: readers))
            try pool.writeWithoutTransaction { database in
                guard try Schema.current(database) <= Schema.newest else { throw StoreError.newer(file: file) }
                try Schema.migrate(database)
                // After it has been opened, which sets NORMAL.
                try database.execute(sql: "PRAGMA synchronous = \(durability == .power ? "FULL" : "NORMAL")")
            }
            return pool
        } catch {
            throw StoreError(error, file: file)
        }
    }

    private static func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // Only heard in a file that is still empty: what is removed can be given back in small steps.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            // What is removed is overwritten as well.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}

extension DatabasePool {
    /// Closes it with nothing left in the log beside the database. SQLite does that by itself only when the last to close
    /// is one that may write, and here readers are.
    func finish() throws {
        _ = try? writeWithoutTransaction { try $0.checkpointNow() }
        try close()
    }
}

extension StoreError {
    init(_ error: any Error, file: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where error.isDamage:
            self = .corrupt(file: file, detail: error.message ?? "\(error.resultCode)")
        default: self = .unusable(path: file, reason: "\(LogFailure(error))")
        }
    }
}
