internal import ChatCore
internal import NIOCore

/// Everything that goes out on one event loop, and when.
///
/// Whatever one turn of the loop brings goes out once, at its end: so an idle server delivers at once, and a busy one
/// joins what it sends by itself. Who has something of its own to be sent is seen to alone, which costs nobody else.
final class FanOut {
    private let loop: any EventLoop
    private let traffic: Traffic
    private let feedBytes: Int
    /// By dialect.
    private let halls = [Hall(), Hall()]
    private var members: [UInt64: Member] = [:]
    private var pool: SegmentPool

    /// What is to be seen to at the end of this turn.
    private var dueRooms: [Audience] = []
    private var dueMembers: [Member] = []
    private var lookedAt: [Audience] = []
    private var isTurnScheduled = false
    /// Rooms whose news waits.
    private var newsRooms: [Audience] = []
    private var isNewsScheduled = false
    private var pace = NewsPace()
    private var patience: Patience
    private var isLookScheduled = false
    /// The room with the slowest reader, when last seen.
    private var slowest: Audience?

    /// How many lines of news may wait. So many take a small part of the feed, and cost little each when told together.
    private static let mostNews = 1000

    init(loop: any EventLoop, traffic: Traffic, limits: ServerLimits) {
        self.loop = loop
        self.traffic = traffic
        feedBytes = limits.feedBytes
        pool = SegmentPool(bytes: limits.allFeedBytes)
        patience = Patience(budget: UInt64(limits.patience.nanoseconds), now: loop.now.uptimeNanoseconds)
    }

    /// Everybody who is connected, in a room or not.
    var everybody: [Member] { Array(members.values) }

    /// How many are connected.
    var count: Int { members.count }

    func member(_ serial: UInt64) -> Member? { members[serial] }

    func add(_ member: Member) {
        members[member.session.serial] = member
    }

    /// It is sent nothing more.
    func remove(_ member: Member) {
        guard !member.isGone else { return }
        members[member.session.serial] = nil
        member.end()
    }

    // MARK: Rooms

    /// The lines of a room, if anybody on this loop reads them.
    func audience(_ room: RoomID, _ dialect: Dialect) -> Audience? {
        halls[dialect.rawValue].audience(room)
    }

    /// From here on a member reads a room.
    /// - Parameters:
    ///   - head: the number of the room's last event before.
    ///   - entry: see ``Audience/enter(_:entry:)``.
    func enter(_ room: RoomID, _ name: RoomName, _ member: Member, after head: UInt64, entry: UInt64?) {
        let dialect = member.outbound.dialect
        let audience =
            halls[dialect.rawValue].audience(room)
            ?? Audience(room: room, name: name, dialect: dialect, after: head, feedBytes: feedBytes, fanOut: self)
        halls[dialect.rawValue].add(audience)
        member.enter(audience, entry: entry)
    }

    func append(_ line: [UInt8], _ mark: LineMark, _ sequence: UInt64, to audience: Audience) {
        audience.append(line, mark, sequence, &pool)
    }

    // MARK: When

    /// At the end of this turn everybody in the room gets all lines that there are then.
    func spread(_ audience: Audience) {
        guard !audience.isDue else { return }
        audience.isDue = true
        dueRooms.append(audience)
        scheduleTurn()
    }

    /// The lines that there are may wait for others, if many come and go.
    func spreadNews(_ audience: Audience) {
        guard !audience.isDue, audience.untold > 0 else { return }
        let wait = audience.untold < Self.mostNews ? pace.wait(now: now) : 0
        guard wait > 0 else { return spread(audience) }
        guard !audience.isNewsWaiting else { return }
        audience.isNewsWaiting = true
        newsRooms.append(audience)
        scheduleNews(in: wait)
    }

    /// This member has something of its own to be sent, or can take more: it is seen to at the end of this turn.
    func attend(_ member: Member) {
        guard !member.isDue, !member.isGone else { return }
        member.isDue = true
        dueMembers.append(member)
        scheduleTurn()
    }

    private func scheduleNews(in wait: UInt64) {
        guard !isNewsScheduled else { return }
        isNewsScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .nanoseconds(Int64(clamping: wait))) {
            bound.value.isNewsScheduled = false
            bound.value.newsIsDue()
        }
    }

    private func newsIsDue() {
        let rooms = newsRooms
        newsRooms = []
        for room in rooms {
            room.isNewsWaiting = false
            spreadNews(room)
        }
    }

    /// Something has been read there, or somebody has gone: what is kept is looked at when this turn ends.
    func look(at audience: Audience) {
        guard !audience.isLookedAt else { return }
        audience.isLookedAt = true
        lookedAt.append(audience)
        scheduleTurn()
    }

    private func scheduleTurn() {
        guard !isTurnScheduled else { return }
        isTurnScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.turn() }
    }

    // MARK: The pump

    private func turn() {
        let (rooms, waiting) = (dueRooms, dueMembers)
        (dueRooms, dueMembers) = ([], [])
        for member in waiting { member.isDue = false }
        if !rooms.isEmpty {
            let start = now
            for room in rooms {
                room.isDue = false
                look(at: room)
                room.tell { attend($0.member) }
            }
            pace.told(from: start, to: now)
        }
        for member in waiting where member.pump() == .unfinished { attend(member) }
        settle()
        isTurnScheduled = false
        if !dueRooms.isEmpty || !dueMembers.isEmpty { scheduleTurn() }
    }

    /// Lets go of what all have read, and has floods wait for those that have not.
    private func settle() {
        let rooms = lookedAt
        lookedAt = []
        var lag = slowest?.lag ?? 0
        for room in rooms {
            room.isLookedAt = false
            room.settle(&pool)
            if room.isOver { halls[room.dialect.rawValue].remove(room) }
            let roomLag = room.lag
            if roomLag > lag { (lag, slowest) = (roomLag, room) }
        }
        if lag == 0 { slowest = nil }
        if patience.update(lag: lag, of: feedBytes, now: now) { traffic.change(isSlow: patience.isWaiting) }
        if patience.isWaiting { lookAgain() }
    }

    /// It has an end even if nothing more happens here.
    private func lookAgain() {
        guard !isLookScheduled else { return }
        isLookScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .milliseconds(50)) {
            bound.value.isLookScheduled = false
            bound.value.scheduleTurn()
        }
    }

    private var now: UInt64 { loop.now.uptimeNanoseconds }
}
