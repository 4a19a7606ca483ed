internal import ChatCore
internal import GRDB

/// Gets out of the files what is gone from the tables: the index keeps what was removed from it, with the removal beside
/// it, until both are merged, and the log beside the database keeps pages of before until it is emptied.
enum Purging {
    /// How far it is, as it is kept in ``Meta/purge``.
    private enum State: Int64 {
        case idle = 0
        /// Something was forgotten. The whole index has to be written anew, so this is not done for each single thing.
        case requested
        /// There is little space.
        case isUrgent
        case isMerging
        case isMerged
    }

    /// How many pages of the index are merged in one step, about.
    private static let pages: Int64 = 16
    /// Between two for what was forgotten, in seconds.
    private static let pause = 3600

    static func request(isUrgent: Bool = false, on database: Database) throws {
        // One that is on its way may be past what is asked for now, so it begins anew.
        let wasUrgent = try state(in: database) == .isUrgent
        try set(isUrgent || wasUrgent ? .isUrgent : .requested, on: database)
    }

    /// There is little space: what was only to be done some time is to be done now.
    /// - Returns: whether the index is still to be merged, or is being.
    static func hasten(on database: Database) throws -> Bool {
        switch try state(in: database) {
        case .idle, .isMerged: return false
        case .isUrgent, .isMerging: return true
        case .requested:
            try set(.isUrgent, on: database)
            return true
        }
    }

    /// One step of merging.
    /// - Returns: whether there was something to do.
    static func step(on database: Database, at now: Timestamp, _ ledger: inout Ledger) throws -> Bool {
        switch try state(in: database) {
        case .idle, .isMerged: return false
        case .requested:
            // The clock may have been set back.
            guard now >= ledger.nextPurge || now.adding(seconds: pause) < ledger.nextPurge else { return false }
            try begin(on: database)
        case .isUrgent: try begin(on: database)
        case .isMerging:
            let before = database.totalChangesCount
            try WordIndex.merge(pages, in: database)
            // Two changes or more mean that it had something to do; one is that of the command.
            guard database.totalChangesCount - before < 2 else { return true }
            try set(.isMerged, on: database)
            ledger.nextPurge = now.adding(seconds: pause)
        }
        return true
    }

    /// Empties the log beside the database, if it is time for that. Outside of a transaction.
    /// - Returns: whether there is nothing to be emptied, or it was done; it cannot be while somebody reads.
    static func emptyLog(of database: Database) throws -> Bool {
        guard try state(in: database) == .isMerged else { return true }
        // Before, so that this goes into the database too.
        try set(.idle, on: database)
        let isDone = try database.checkpointNow()
        if !isDone { try set(.isMerged, on: database) }
        return isDone
    }

    private static func begin(on database: Database) throws {
        try WordIndex.merge(-pages, in: database)
        try set(.isMerging, on: database)
    }

    private static func state(in database: Database) throws -> State {
        try Meta.get(.purge, on: database).flatMap { State(rawValue: $0) } ?? .idle
    }

    private static func set(_ state: State, on database: Database) throws {
        try Meta.set(.purge, state.rawValue, on: database)
    }
}
