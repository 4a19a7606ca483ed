/// How often one address may give a wrong password.
///
/// Each attempt counts as a failure from when it begins, so that many at once are no way around the limit; one that
/// succeeds is taken back, it alone: whoever has one account may not guess at others without end.
struct AttemptLimit: Sendable {
    /// How many attempts may fail within ``window``.
    let failures: Int
    /// In nanoseconds.
    let window: UInt64
    /// How many addresses are remembered; beyond that, those are forgotten whose last attempt is longest ago.
    let addresses: Int

    /// When the attempts of each address were that count now, oldest first. None is empty.
    private var attempts: [String: [UInt64]] = [:]

    init(failures: Int = 5, window: UInt64 = 600_000_000_000, addresses: Int = 4096) {
        precondition(failures > 0 && addresses > 0, "a limit that lets nobody in")
        self.failures = failures
        self.window = window
        self.addresses = addresses
    }

    /// How many addresses are remembered now.
    var count: Int { attempts.count }

    /// Counts an attempt, unless there were too many.
    /// - Parameter now: nanoseconds on a clock that never goes back.
    /// - Returns: whether it may be made.
    mutating func begin(_ address: String, now: UInt64) -> Bool {
        let recent = (attempts[address] ?? []).filter { isRecent($0, now) }
        guard recent.count < failures else { return false }
        if attempts[address] == nil, attempts.count >= addresses { forget(now: now) }
        attempts[address] = recent + [now]
        return true
    }

    /// Takes back the attempt that ``begin(_:now:)`` counted at `began`.
    mutating func succeed(_ address: String, began: UInt64) {
        guard var those = attempts[address], let place = those.lastIndex(of: began) else { return }
        those.remove(at: place)
        attempts[address] = those.isEmpty ? nil : those
    }

    /// Makes room for one more. It looks at all of them, which is nothing beside the hash that follows.
    private mutating func forget(now: UInt64) {
        attempts = attempts.filter { $0.value.last.map { isRecent($0, now) } ?? false }
        guard attempts.count >= addresses else { return }
        let oldest = attempts.min { ($0.value.last ?? 0) < ($1.value.last ?? 0) }
        if let oldest { attempts[oldest.key] = nil }
    }

    private func isRecent(_ attempt: UInt64, _ now: UInt64) -> Bool {
        now < attempt || now - attempt < window
    }
}
