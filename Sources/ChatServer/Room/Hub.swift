internal import ChatCore
internal import Logging
internal import NIOCore

/// The one owner of order: takes batches of commands, has the log keep what they make happen, and publishes that.
///
/// It runs on one event loop, never waits there and never touches a socket. Whatever arrives while the log works is the
/// next that it is given. So is what arrives while an event loop still sends out what was published last, and what it then
/// finds at its sockets: all that is said would otherwise fall into parts that take turns, each in commits and records of
/// its own.
final class Hub {
    private let loop: any EventLoop
    private let log: any RoomLog
    private let clock: ServerClock
    private let traffic: Traffic
    private let state: ChatState
    private let publisher: Publisher
    private var shards: [ShardPort] = []
    private var trouble: LogTrouble

    /// What waits for the log.
    private var outcomes: [Outcome] = []
    /// What the log is working on now; nil if it is idle.
    private var committing: [Outcome]?
    private var isScheduled = false
    /// Whether what waits for the log is more than that some come and go.
    private var isUrgent = false
    private var isNewsScheduled = false
    private var isStopping = false
    private var pace = CommitPace()
    /// How many shards have still to send out what was published last, and to read what has come meanwhile.
    private var undelivered = 0
    /// The greatest number of a member that the log knows.
    private var keptMember: MemberID
    /// When the state wants to be asked again.
    private var deadline: Scheduled<Void>?

    /// - Parameter history: nil: nothing outlives the process.
    init(
        loop: any EventLoop,
        traffic: Traffic,
        history: (log: any RoomLog, saved: SavedChat?)?,
        clock: ServerClock,
        limits: ServerLimits,
        logger: Logger
    ) {
        self.traffic = traffic
        self.loop = loop
        self.clock = clock
        log = history?.log ?? MemoryRoomLog(limits.recent)
        state = ChatState(limits: limits.rooms, saved: history?.saved, at: clock.now())
        keptMember = state.newestMember
        publisher = Publisher(log, limits, traffic, clock)
        trouble = LogTrouble(logger: logger)
    }

    func connect(to shards: [ShardPort]) {
        self.shards = shards
        publisher.connect(to: shards)
    }

    /// Takes the commands of one turn of one shard.
    func submit(_ commands: [Command]) {
        traffic.arrive(commands.count)
        guard !isStopping else { return }
        let made = state.apply(commands, at: clock.now())
        traffic.depart(made.count)
        outcomes += made
        if !commands.allSatisfy(\.isNews) { isUrgent = true }
        if isUrgent { scheduleCommit() } else { scheduleNews() }
        watchDeadline()
    }

    /// Publishes what has been said so far, then the farewell. Nothing that comes after is heard.
    func stop() {
        isStopping = true
        deadline?.cancel()
        trouble.retry?.cancel()
        if state.isSuspended { resume() }
        scheduleCommit()
    }

    /// Commits once in a turn of the loop, after everything that this turn brings.
    private func scheduleCommit() {
        guard !isScheduled else { return }
        isScheduled = true
        onThisLoop { $0.commit() }
    }

    /// Where many come and go, several share a commit; whatever else happens takes them along.
    private func scheduleNews() {
        let wait = pace.newsWait(at: loop.now)
        guard wait > .zero else { return scheduleCommit() }
        guard !isScheduled, !isNewsScheduled else { return }
        isNewsScheduled = true
        _ = onThisLoop(in: wait) { hub in
            hub.isNewsScheduled = false
            if !hub.outcomes.isEmpty { hub.scheduleCommit() }
        }
    }

    /// The hub has nothing more to say, and lets go of the shards, which hold on to it.
    private func sayFarewell() {
        for shard in shards { shard.farewell() }
        shards = []
    }

    // MARK: The log

    private func commit() {
        isScheduled = false
        guard committing == nil, undelivered == 0 else { return }
        guard !outcomes.isEmpty else {
            if isStopping { sayFarewell() }
            return
        }
        let (next, member) = (outcomes, state.newestMember)
        (outcomes, isUrgent) = ([], false)
        let batch = LogBatch(next, lastMember: member)
        // What makes nothing happen in a room is not the log's business, and keeps its place in the order all the same.
        let isNothing = batch.events.isEmpty && batch.facts.isEmpty && member == keptMember
        if state.isSuspended, member > keptMember { log.note(member) }
        guard !isNothing, !state.isSuspended else { return publish(next, []) }
        append(batch, of: next)
    }

    private func append(_ batch: LogBatch, of outcomes: [Outcome]) {
        committing = outcomes
        let loop = loop
        let bound = NIOLoopBound(self, eventLoop: loop)
        log.append(batch) { result in
            if loop.inEventLoop {
                bound.value.committed(batch, result)
            } else {
                loop.execute { bound.value.committed(batch, result) }
            }
        }
    }

    private func committed(_ batch: LogBatch, _ result: Result<Void, LogFailure>) {
        let outcomes = committing ?? []
        committing = nil
        switch result {
        case .success:
            trouble.isOver()
            if !batch.events.isEmpty { pace.committed(at: loop.now) }
            keptMember = batch.lastMember
            publish(outcomes, batch.events)
        case .failure(let failure): suspend(outcomes, failure)
        }
    }

    private func publish(_ outcomes: [Outcome], _ events: [Event]) {
        let publications = publisher.publish(outcomes, events)
        // Each was one outcome on its way, and is now one publication on its way to every shard.
        traffic.depart(publications.count * shards.count - outcomes.count)
        undelivered += shards.count
        let port = HubPort(loop: loop, hub: NIOLoopBound(self, eventLoop: loop))
        for shard in shards { shard.deliver(publications, then: port) }
        publisher.ask()
        if undelivered == 0 { goOn() }
    }

    /// One more shard has sent out what was published, and read what had come by then.
    fileprivate func delivered() {
        undelivered -= 1
        guard undelivered == 0 else { return }
        goOn()
    }

    private func goOn() {
        if isStopping { return scheduleCommit() }
        if !outcomes.isEmpty { isUrgent ? scheduleCommit() : scheduleNews() }
    }

    /// Nothing of these has happened; those whose doing they are hear that. Everything else goes on without the log.
    private func suspend(_ refused: [Outcome], _ failure: LogFailure) {
        let waiting = refused + outcomes
        outcomes = state.suspend(waiting)
        traffic.depart(outcomes.count - waiting.count)
        trouble.tell(failure)
        if !isStopping { trouble.retry = onThisLoop(in: LogTrouble.pause) { $0.resume() } }
        scheduleCommit()
    }

    /// Tries whether the log takes again what it has not had.
    private func resume() {
        let made = state.resume(at: clock.now())
        traffic.depart(made.count)
        append(LogBatch(made, lastMember: state.newestMember), of: made)
    }

    // MARK: Time

    /// Rooms end although nobody asks for anything.
    private func watchDeadline() {
        guard deadline == nil, let next = state.nextDeadline else { return }
        let wait = max(1000, next.milliseconds - clock.now().milliseconds)
        deadline = onThisLoop(in: .milliseconds(wait)) { hub in
            hub.deadline = nil
            hub.submit([])
        }
    }

    private func onThisLoop(_ body: @escaping @Sendable (Hub) -> Void) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { body(bound.value) }
    }

    private func onThisLoop(in time: TimeAmount, _ body: @escaping @Sendable (Hub) -> Void) -> Scheduled<Void> {
        let bound = NIOLoopBound(self, eventLoop: loop)
        return loop.scheduleTask(in: time) { body(bound.value) }
    }
}

/// The hub as seen from other event loops.
struct HubPort: Sendable {
    let loop: any EventLoop
    let hub: NIOLoopBound<Hub>

    func submit(_ commands: [Command]) {
        if loop.inEventLoop {
            hub.value.submit(commands)
        } else {
            loop.execute { hub.value.submit(commands) }
        }
    }

    /// A shard has sent out what it was given last, and read what had come by then.
    func delivered() {
        loop.execute { hub.value.delivered() }
    }

    func stop() {
        loop.execute { hub.value.stop() }
    }
}
