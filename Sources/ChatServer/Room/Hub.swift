internal import ChatCore
internal import NIOCore

/// An event on its way to the shards, with the session it came from.
struct Publication: Sendable {
    let event: Event
    let session: SessionID
}

/// The one owner of order: takes batches of commands, has the log number what they make happen, and publishes that.
///
/// It runs on one event loop, never waits there and never touches a socket.
final class Hub {
    private let loop: any EventLoop
    private let log: any RoomLog
    private let clock: ServerClock
    private let traffic: Traffic
    private var state = ChatState()
    private var shards: [ShardPort] = []

    /// What waits for the log, and who said it.
    private var drafts: [Event.Draft] = []
    private var authors: [SessionID] = []
    /// Who said what the log is working on now; nil if it is idle.
    private var committing: [SessionID]?
    private var isScheduled = false
    private var isStopping = false

    init(loop: any EventLoop, log: any RoomLog, traffic: Traffic, clock: ServerClock) {
        self.traffic = traffic
        self.loop = loop
        self.log = log
        self.clock = clock
    }

    func connect(to shards: [ShardPort]) {
        self.shards = shards
    }

    /// Takes the commands of one turn of one shard.
    func submit(_ commands: [Command]) {
        guard !isStopping else { return traffic.arrive(commands.count) }
        let now = clock.now()
        for command in commands {
            guard let body = state.apply(command) else {
                traffic.arrive(1)
                continue
            }
            drafts.append(Event.Draft(at: now, body: body))
            authors.append(command.session)
        }
        scheduleCommit()
    }

    /// Publishes what has been said so far, then the farewell. Nothing that comes after is heard.
    func stop() {
        isStopping = true
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
        guard !drafts.isEmpty else {
            if isStopping { sayFarewell() }
            return
        }
        let batch = drafts
        committing = authors
        drafts = []
        authors = []
        let loop = loop
        let bound = NIOLoopBound(self, eventLoop: loop)
        log.append(batch) { events in
            if loop.inEventLoop {
                bound.value.committed(events)
            } else {
                loop.execute { bound.value.committed(events) }
            }
        }
    }

    private func committed(_ events: [Event]) {
        let authors = committing ?? []
        committing = nil
        let publications = zip(events, authors).map(Publication.init(event:session:))
        // Each was one command on its way, and is now on its way to every shard.
        traffic.depart(publications.count * (shards.count - 1))
        for shard in shards { shard.deliver(publications) }
        if !drafts.isEmpty || isStopping { scheduleCommit() }
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
