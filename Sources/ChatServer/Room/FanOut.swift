internal import ChatCore
internal import NIOCore

/// The lines of the room on one event loop, and the members that they go out to.
///
/// Whatever one turn of the loop brings goes out once, at its end: so an idle server delivers at once, and a busy one
/// joins what it sends by itself. Who has something of its own to be sent is seen to alone, which costs nobody else.
///
/// A send may find a connection broken, and all that follows from its end comes back to us from inside. So this is a class
/// and, while it sends, holds no access to what its methods change.
final class FanOut {
    private let loop: any EventLoop
    private let traffic: Traffic
    private var feed: Feed
    private var members: [UInt64: Member] = [:]
    /// The same in a row, about in the order in which they came, which is that of their memory: it makes a lone line to a
    /// thousand members cheaper than the order of the dictionary.
    private var row: [Member] = []

    /// How far everybody may read. Beyond it is news that waits.
    private var told: UInt64 = 0
    /// Who is to be seen to at the end of this turn.
    private var due: [Member] = []
    private var isEverybodyDue = false
    private var isTurnScheduled = false
    /// Who has not had all that it might: nearly always nobody.
    private var behind: [UInt64: Member] = [:]
    private var pace = NewsPace()
    private var isNewsScheduled = false
    private var patience: Patience

    init(loop: any EventLoop, traffic: Traffic, limits: ServerLimits) {
        self.loop = loop
        self.traffic = traffic
        feed = Feed(capacity: limits.feedBytes)
        patience = Patience(budget: UInt64(limits.patience.nanoseconds), now: loop.now.uptimeNanoseconds)
    }

    /// Everybody who is connected, entered or not.
    var everybody: [Member] { row }

    /// How many are connected, entered or not.
    var count: Int { members.count }

    /// The number of the next line.
    var head: UInt64 { feed.head }

    func add(_ member: Member) {
        members[member.session.serial] = member
        member.place = row.count
        row.append(member)
    }

    /// It is sent nothing more.
    func remove(_ member: Member) {
        guard !member.isGone else { return }
        member.isGone = true
        members[member.session.serial] = nil
        // The last one takes its place.
        let last = row.removeLast()
        if last !== member {
            row[member.place] = last
            last.place = member.place
        }
        guard member.isBehind else { return }
        // What was kept for it can go, and nobody waits for it any more.
        behind[member.session.serial] = nil
        scheduleTurn()
    }

    func member(_ serial: UInt64) -> Member? { members[serial] }

    /// Appends a line; it goes out with the next ``spread()``.
    func append(_ line: [UInt8]) {
        feed.append(line)
    }

    // MARK: When

    /// At the end of this turn everybody gets all lines that there are then.
    func spread() {
        isEverybodyDue = true
        scheduleTurn()
    }

    /// The lines that there are may wait for others, if many come and go.
    func spreadNews() {
        guard !isEverybodyDue, told < feed.head else { return }
        let wait = feed.head - told < Self.mostNews ? pace.wait(now: now) : 0
        guard wait > 0 else { return spread() }
        guard !isNewsScheduled else { return }
        isNewsScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .nanoseconds(Int64(clamping: wait))) {
            bound.value.isNewsScheduled = false
            bound.value.spreadNews()
        }
    }

    /// This member has something of its own to be sent, or can take more: it is seen to at the end of this turn.
    func attend(_ member: Member) {
        guard !member.isDue, !member.isGone else { return }
        member.isDue = true
        due.append(member)
        scheduleTurn()
    }

    /// How many lines of news may wait. So many take a small part of the feed, and cost little each when told together.
    private static let mostNews = 1000

    private func scheduleTurn() {
        guard !isTurnScheduled else { return }
        isTurnScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.turn() }
    }

    // MARK: The pump

    private func turn() {
        isTurnScheduled = false
        let waiting = due
        due = []
        for member in waiting { member.isDue = false }
        if isEverybodyDue {
            isEverybodyDue = false
            told = feed.head
            let start = now
            for member in row { pump(member) }
            pace.told(from: start, to: now)
        } else {
            for member in waiting { pump(member) }
        }
        settle()
    }

    private func pump(_ member: Member) {
        guard !member.isGone else { return }
        let progress = member.pump(feed, to: told)
        guard !member.isGone else { return }
        if progress == .unfinished { attend(member) }
        let isBehind = progress != .caughtUp
        if isBehind != member.isBehind {
            member.isBehind = isBehind
            behind[member.session.serial] = isBehind ? member : nil
        }
    }

    /// Lets go of what all have read, and looks after those that have not.
    private func settle() {
        var slowest = max(told, feed.tail)
        var slowestInReach = slowest
        for member in behind.values {
            guard let cursor = member.cursor else { continue }
            // A reader that has fallen off will go on from the tail.
            slowest = min(slowest, max(cursor, feed.tail))
            if cursor >= feed.tail { slowestInReach = min(slowestInReach, cursor) }
        }
        feed.trim(before: slowest)
        let lag = feed.lag(of: slowestInReach)
        if patience.update(lag: lag, of: feed.capacity, now: now) { traffic.change(isSlow: patience.isWaiting) }
    }

    private var now: UInt64 { loop.now.uptimeNanoseconds }
}
