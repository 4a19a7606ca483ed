internal import ChatCore
internal import GRDB

/// What is done in between appends, one small step at a time.
struct Chores {
    let keep: KeepPolicy
    let now: Timestamp

    /// How long a step takes at most, about: so long may an append have to wait.
    static let step = Duration.milliseconds(2)
    /// Between two looks at what has become too old, in seconds.
    static let agingPause = 3600

    /// What a step leaves to do.
    enum Rest {
        case nothing
        /// Nothing but the index of words, which searches can do without.
        case indexing
        case more
    }

    /// One step, which is one transaction.
    func run(on database: Database, _ ledger: inout Ledger) throws -> Rest {
        do {
            if ledger.isStale { try ledger.fill(from: database) }
            try Prepared.run("BEGIN IMMEDIATE", on: database)
            let deadline = Deadline(in: Self.step)
            var rest = Rest.more
            repeat {
                rest = try perform(on: database, until: deadline, &ledger)
            } while rest != .nothing && !deadline.hasPassed
            try Prepared.run("COMMIT", on: database)
            if rest == .nothing { _ = try Purging.emptyLog(of: database) }
            return rest
        } catch {
            database.abandon()
            ledger.isStale = true
            throw error
        }
    }

    /// The most pressing thing there is.
    /// - Returns: of what kind it was, for nothing that is left presses more.
    private func perform(on database: Database, until deadline: Deadline, _ ledger: inout Ledger) throws -> Rest {
        if let room = ledger.ended.first {
            if try Removal.ofEnded(room, on: database, until: deadline) { ledger.ended.remove(room) }
            return .more
        }
        if ledger.hasErasures {
            ledger.hasErasures = try !Forgetting.step(on: database, until: deadline)
            return .more
        }
        if try retain(on: database, until: deadline, &ledger) { return .more }
        if ledger.mergesDue > 0 {
            ledger.mergesDue -= 1
            try Indexing.merge(on: database)
            return .indexing
        }
        if let room = ledger.unindexed.first {
            ledger.mergesDue = Indexing.mergesBehind
            if try Indexing.step(room, on: database, until: deadline) { ledger.unindexed.remove(room) }
            return .indexing
        }
        return try Purging.step(on: database, at: now, &ledger) || Pages.shrink(database, &ledger) ? .more : .nothing
    }

    private func retain(on database: Database, until deadline: Deadline, _ ledger: inout Ledger) throws -> Bool {
        let retaining = Retaining(keep: keep, database: database, deadline: deadline)
        if keep.days != nil, isTimeForAging(ledger) {
            ledger.nextAging = now.adding(seconds: Self.agingPause)
            ledger.aged = Set(try Ledger.rooms("SELECT id FROM room", in: database))
        }
        if let room = ledger.aged.first {
            if try retaining.trimAge(room, at: now) { ledger.aged.remove(room) }
            return true
        }
        if let room = ledger.grown.first {
            if try retaining.trimCount(room, ledger) { ledger.grown.remove(room) }
            return true
        }
        return try !retaining.trimBytes(&ledger, at: now)
    }

    /// The clock may have been set back.
    private func isTimeForAging(_ ledger: Ledger) -> Bool {
        now >= ledger.nextAging || now.adding(seconds: Self.agingPause) < ledger.nextAging
    }
}
