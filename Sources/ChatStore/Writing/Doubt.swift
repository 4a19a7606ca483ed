internal import GRDB
internal import Glibc

/// A commit that has failed may lie in the log beside the database as a whole all the same: what failed may be what comes
/// after it was written, such as to wait for the disk. This process knows nothing of it any more, but one that is started
/// after a crash would find it there, and what was refused would have happened.
///
/// So something else is written in its place before anybody hears of the failure.
enum Doubt {
    private static let mostTries = 20
    /// Between two tries, in microseconds.
    private static let pause: UInt32 = 100_000

    /// To be called when a commit has failed with this error, outside of a transaction.
    static func settle(_ error: any Error, on database: Database) {
        guard isAfterWriting(error) else { return }
        // Nobody waits for the disk here: what has been written over is not read any more, wherever it is.
        let level = try? Prepared.number("PRAGMA synchronous", on: database)
        try? database.execute(sql: "PRAGMA synchronous = OFF")
        defer { try? database.execute(sql: "PRAGMA synchronous = \(level ?? 2)") }
        for _ in 0..<mostTries {
            do {
                return try overwrite(on: database)
            } catch {
                if isAfterWriting(error) { return }
                usleep(pause)
            }
        }
    }

    private static func overwrite(on database: Database) throws {
        do {
            try Prepared.run("BEGIN IMMEDIATE", on: database)
            try Meta.add(1, to: .probes, on: database)
            try Prepared.run("COMMIT", on: database)
        } catch {
            database.abandon()
            throw error
        }
    }

    /// Whether all of a commit may have been written before this.
    private static func isAfterWriting(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return switch error.extendedResultCode {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP, .SQLITE_IOERR_SHMOPEN: true
        default: false
        }
    }
}
