internal import ChatCore
internal import NIOCore

/// The one owner of order: takes batches of commands, has the log number what they make happen, and publishes that.
///
/// It runs on one event loop, never waits there and never touches a socket.
final class Hub {
    private let loop: any EventLoop
    private let log: any RoomLog
    private let clock: ServerClock
    private let traffic: Traffic
    private let state: ChatState
    private var shards: [ShardPort] = []

    /// What waits for the log.
    private var outcomes: [Outcome] = []
    /// What the log is working on now; nil if it is idle.
    private var committing: [Outcome]?
    private var isScheduled = false
    private var isStopping = false
    /// When the state wants to be asked again.
    private var deadline: Scheduled<Void>?

    init(loop: any EventLoop, log: any RoomLog, traffic: Traffic, clock: ServerClock, limits: RoomLimits) {
        self.traffic = traffic
        self.loop = loop
        self.log = log
        self.clock = clock
        state = ChatState(limits: limits)
    }

    func connect(to shards: [ShardPort]) {
        self.shards = shards
    }

    /// Takes the commands of one turn of one shard.
    func submit(_ commands: [Command]) {
        traffic.arrive(commands.count)
        guard !isStopping else { return }
        let made = state.apply(commands, at: clock.now())
        traffic.depart(made.count)
        outcomes += made
        scheduleCommit()
        watchDeadline()
    }

    /// Publishes what has been said so far, then the farewell. Nothing that comes after is heard.
    func stop() {
        isStopping = true
        deadline?.cancel()
        scheduleCommit()
    }

    /// Commits once in a turn of the loop, after everything that this turn brings.
    private func scheduleCommit() {
        guard !isScheduled else { return }
        isScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.commit() }
    }

    /// The hub has nothing more to say, and lets go of the shards, which hold on to it.
    private func sayFarewell() {
        for shard in shards { shard.farewell() }
        shards = []
    }

    private func commit() {
        isScheduled = false
        guard committing == nil else { return }
        guard !outcomes.isEmpty else {
            if isStopping { sayFarewell() }
            return
        }
        let events = outcomes.compactMap { outcome -> Event? in
            if case .event(let event) = outcome { event } else { nil }
        }
        committing = outcomes
        outcomes = []
        // What makes nothing happen in a room is not the log's business, and keeps its place in the order all the same.
        guard !events.isEmpty else { return committed() }
        let loop = loop
        let bound = NIOLoopBound(self, eventLoop: loop)
        log.append(events) {
            if loop.inEventLoop {
                bound.value.committed()
            } else {
                loop.execute { bound.value.committed() }
            }
        }
    }

    private func committed() {
        let outcomes = committing ?? []
        committing = nil
        let publisher = Publisher(log, state.limits)
        let publications = outcomes.compactMap(publisher.publish)
        // Each was one outcome on its way, and is now one publication on its way to every shard.
        traffic.depart(publications.count * shards.count - outcomes.count)
        for shard in shards { shard.deliver(publications) }
        if !self.outcomes.isEmpty || isStopping { scheduleCommit() }
    }

    /// Rooms end although nobody asks for anything.
    private func watchDeadline() {
        guard deadline == nil, let next = state.nextDeadline else { return }
        let wait = max(1000, next.milliseconds - clock.now().milliseconds)
        let bound = NIOLoopBound(self, eventLoop: loop)
        deadline = loop.scheduleTask(in: .milliseconds(wait)) {
            bound.value.deadline = nil
            bound.value.submit([])
        }
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

    func stop() {
        loop.execute { hub.value.stop() }
    }
}
