internal import ChatCore
internal import DequeModule

/// Decides over each connection that comes, before anything is spent on it.
///
/// Pure: it has no clock and no socket. A `Handle` is whatever its owner needs to end a connection. Every call takes about
/// the same time, however many connections there are. Memory: a few words for each neighbourhood that has connections or
/// has lately had too many, and a little more for each unfinished handshake.
struct Admission<Handle: Sendable>: Sendable {
    struct Limits: Sendable {
        /// How many connections there may be. 0, here and below, means that there is no limit.
        var connections = 0
        /// How many of them one neighbourhood may have; see `AddressRange.neighbourhood(of:)`.
        var connectionsPerAddress = 0
        /// How many may be in their TLS handshake.
        var handshakes = 0
        /// How many of those may be from one neighbourhood.
        var handshakesPerAddress = 0
        /// How many a second one neighbourhood may open, in the long run.
        var rate = 0
        /// Whether the limits of a neighbourhood are also those of this machine.
        var includesLoopback = false
        /// How many, beyond all others, may be told that the server is full.
        var reserve = 16
    }

    enum Answer {
        /// It may come in, and the one handshake that this is too many for is to be ended.
        case comeIn(Ticket, instead: Handle?)
        /// It is to be told that the server is full.
        case full(Ticket)
        case refuse(Reason)
    }

    enum Reason { case rate, address, full }

    /// Shown by a connection whenever something becomes of it.
    struct Ticket: Sendable {
        let neighbour: AddressRange?
        let serial: UInt64
        let isGuest: Bool
    }

    private struct Neighbour: Sendable {
        var open = 0
        var allowance = Allowance()
        /// Whether it stands in `idle`.
        var isQueued = false
    }

    private let limits: Limits
    private let pace: Allowance.Pace?
    private var lastSerial: UInt64 = 0
    private var guests = 0
    private var unfinished = Unfinished<Handle>()
    private var turnedAway: [UInt64: Handle] = [:]
    private var neighbours: [AddressRange: Neighbour] = [:]
    /// Those that had nothing open and were remembered for their allowance alone, and when that is full again at the latest.
    /// All wait for the same time, so they stand in the order of that.
    private var idle = Deque<(AddressRange, until: UInt64)>()

    init(limits: Limits) {
        self.limits = limits
        pace = limits.rate > 0 ? Allowance.Pace(perSecond: limits.rate) : nil
    }

    /// How many have come in and not gone.
    var count: Int { guests }

    /// How many neighbourhoods are remembered.
    var remembered: Int { neighbours.count }

    /// Those that are being told that the server is full.
    var beingTurnedAway: [Handle] { Array(turnedAway.values) }

    mutating func arrive(from address: Address, _ handle: Handle, now: UInt64) -> Answer {
        forget(now: now)
        let neighbour = isCounted(address) ? AddressRange.neighbourhood(of: address) : nil
        if let neighbour, let known = neighbours[neighbour] {
            if isReached(limits.connectionsPerAddress, by: known.open) { return .refuse(.address) }
            if let pace, !known.allowance.suffices(pace, now: now) { return .refuse(.rate) }
        }
        let isGuest = !isReached(limits.connections, by: guests)
        guard isGuest || turnedAway.count < limits.reserve else { return .refuse(.full) }
        lastSerial += 1
        let ticket = Ticket(neighbour: neighbour, serial: lastSerial, isGuest: isGuest)
        if let neighbour {
            neighbours[neighbour, default: Neighbour()].open += 1
            if let pace { neighbours[neighbour]?.allowance.spend(pace, now: now) }
        }
        guard isGuest else {
            turnedAway[lastSerial] = handle
            return .full(ticket)
        }
        guests += 1
        let oldest = makeRoom(for: neighbour)
        unfinished.append(lastSerial, handle, of: neighbour)
        return .comeIn(ticket, instead: oldest)
    }

    /// Its handshake is complete.
    /// - Returns: false if it had to make room before, and is about to be ended.
    mutating func establish(_ ticket: Ticket) -> Bool {
        unfinished.remove(ticket.serial) != nil
    }

    /// The connection has ended, whatever became of it. To be called once.
    mutating func leave(_ ticket: Ticket, now: UInt64) {
        if ticket.isGuest {
            guests -= 1
            _ = unfinished.remove(ticket.serial)
        } else {
            turnedAway[ticket.serial] = nil
        }
        if let neighbour = ticket.neighbour { letGo(of: neighbour, now: now) }
        forget(now: now)
    }

    private func isCounted(_ address: Address) -> Bool {
        guard limits.includesLoopback || !address.isLoopback else { return false }
        return pace != nil || limits.connectionsPerAddress > 0 || limits.handshakesPerAddress > 0
    }

    private func isReached(_ limit: Int, by count: Int) -> Bool { limit > 0 && count >= limit }

    /// The newcomer may be the one that means it, and the oldest is the one least likely to.
    private mutating func makeRoom(for neighbour: AddressRange?) -> Handle? {
        if let neighbour, isReached(limits.handshakesPerAddress, by: unfinished.count(of: neighbour)) {
            return unfinished.removeOldest(of: neighbour)
        }
        return isReached(limits.handshakes, by: unfinished.count) ? unfinished.removeOldest() : nil
    }
}

// MARK: Whom to remember

extension Admission {
    /// How many neighbourhoods with nothing open are remembered. It takes thirteen thousand new ones a second to get there.
    private static var mostIdle: Int { 65_536 }

    private mutating func letGo(of neighbour: AddressRange, now: UInt64) {
        guard var known = neighbours[neighbour] else { return }
        known.open -= 1
        if known.open == 0, !known.isQueued {
            guard !known.allowance.isFull(now: now) else {
                neighbours[neighbour] = nil
                return
            }
            known.isQueued = true
            idle.append((neighbour, until: now + Allowance.Pace.depth))
        }
        neighbours[neighbour] = known
    }

    /// Each call may add one, so a few at a time keep up, and nobody waits for many.
    private mutating func forget(now: UInt64) {
        for _ in 0..<4 {
            guard let (neighbour, until) = idle.first, until <= now || idle.count > Self.mostIdle else { return }
            idle.removeFirst()
            guard var known = neighbours[neighbour] else { continue }
            if known.open == 0, known.allowance.isFull(now: now) || idle.count >= Self.mostIdle {
                neighbours[neighbour] = nil
                continue
            }
            known.isQueued = known.open == 0
            neighbours[neighbour] = known
            if known.isQueued { idle.append((neighbour, until: now + Allowance.Pace.depth)) }
        }
    }
}
