internal import ChatCore
internal import GRDB

/// Puts what ``HistoryExport`` has written into a history, which no server may have open: all of it or nothing.
public struct HistoryImport: Sendable {
    /// What has been put in.
    public struct Report: Sendable, Equatable {
        public var rooms = 0
        public var events = 0
        public var sanctions = 0
        public var accounts = 0
    }

    private let directory: DataDirectory

    /// - Parameter directory: is made if it is missing.
    public init(into directory: DataDirectory) {
        self.directory = directory
    }

    /// - Parameter next: gives the next line, without its end; nil: there are no more.
    public func run(_ next: () throws -> [UInt8]?) throws(StoreError) -> Report {
        try directory.create()
        let lock = try DirectoryLock(directory.path)
        defer { lock.release() }
        try directory.createFile()
        let pool = try Opening.pool(directory.file, .power, readers: 1)
        do {
            let report = try pool.writeWithoutTransaction { database in
                var report = Report()
                try database.inTransaction(.immediate) {
                    var intake = try Intake(database)
                    var number = 0
                    while let line = try next() {
                        number += 1
                        if line.isEmpty { continue }
                        do {
                            try intake.take(line)
                        } catch let problem as LineProblem {
                            throw StoreError.unusable(path: "line \(number)", reason: problem.reason)
                        } catch let failure as LogFailure {
                            throw StoreError.unusable(path: "line \(number)", reason: failure.description)
                        }
                    }
                    report = try intake.finish()
                    return .commit
                }
                return report
            }
            try pool.finish()
            return report
        } catch {
            throw StoreError(error, file: directory.file)
        }
    }
}
