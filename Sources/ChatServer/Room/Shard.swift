internal import ChatCore
internal import ChatWire
internal import NIOCore
internal import TLS

/// One event loop's part of the server: its connections, and the feed that they read.
///
/// Within one turn of the loop all commands are gathered into one batch for the hub, and all events that come back are
/// encoded once and pumped once. So an idle server delivers at once, and a busy one joins what it sends by itself.
final class Shard {
    /// Ciphertext of all its sessions on its way to the socket.
    let output = TLSOutput()
    /// Shared with the other shards.
    let traffic: Traffic

    private let index: Int
    private let loop: any EventLoop
    private let hub: HubPort
    private let clock: ServerClock
    private var feed: Feed
    private var members: [UInt64: Member] = [:]
    private var lastSerial: UInt64 = 0
    private var commands: [Command] = []
    private var line: [UInt8] = []
    private var isPumpScheduled = false
    private var isSubmitScheduled = false
    private var isStopping = false
    private var patience: Patience
    private var whenEmpty: EventLoopPromise<Void>?

    init(index: Int, loop: any EventLoop, hub: HubPort, traffic: Traffic, clock: ServerClock, limits: ServerLimits) {
        self.traffic = traffic
        self.index = index
        self.loop = loop
        self.hub = hub
        self.clock = clock
        patience = Patience(budget: UInt64(limits.patience.nanoseconds), now: Self.now)
        feed = Feed(capacity: limits.feedBytes)
    }

    // MARK: From the sessions

    /// A connection has come; it reads nothing until it has entered.
    func connect(_ outlet: any Outlet) -> Member {
        lastSerial += 1
        let session = SessionID(shard: index, serial: lastSerial)
        let member = Member(session: session, outlet: outlet)
        members[session.serial] = member
        // Accepted while the listener was being closed. Not at once, for its pipeline is not complete.
        if isStopping { onThisLoop { $0.members[session.serial]?.outlet.abort() } }
        return member
    }

    /// The connection is gone: it is sent nothing more.
    func disconnect(_ member: Member) {
        members[member.session.serial] = nil
        submit(Command(member.session, .leave))
        endIfEmpty()
    }

    /// Passes a command on, with all others of this turn.
    func submit(_ command: Command) {
        guard !isStopping else { return }  // the hub hears no more, and its event loop may be gone
        commands.append(command)
        guard !isSubmitScheduled else { return }
        isSubmitScheduled = true
        onThisLoop { shard in
            shard.isSubmitScheduled = false
            let batch = shard.commands
            shard.commands = []
            shard.traffic.depart(batch.count)
            shard.hub.submit(batch)
        }
    }

    /// Whether so much is on its way already that nobody should say more for now.
    var isFull: Bool { commands.count + traffic.count > Traffic.most }

    /// Somebody has something to be sent: pumps once in this turn, after everything that it brings.
    func schedulePump() {
        guard !isPumpScheduled else { return }
        isPumpScheduled = true
        onThisLoop { $0.pump() }
    }

    // MARK: From the hub

    /// Encodes what has happened, moving the cursors of those who enter and leave at their place in the order.
    func deliver(_ publications: [Publication]) {
        traffic.arrive(publications.count)
        guard !isStopping else { return }
        for publication in publications {
            let session = publication.session
            let own = session.shard == index ? members[session.serial] : nil
            if case .left = publication.event.body { own?.leave(at: feed.head) }
            append(publication.event.body)
            if case .entered(let number) = publication.event.body, let own {
                let at = publication.event.at
                let welcome = TextCodec.welcome(number, from: own.address, at: at, utcOffset: clock.utcOffset(at))
                own.enter(at: feed.head, welcome: welcome)
            }
        }
        schedulePump()
    }

    private func append(_ body: Event.Body) {
        line.removeAll(keepingCapacity: true)
        TextCodec.encode(body, into: &line)
        feed.append(line)
    }

    // MARK: The end

    /// Tells all members that the server stops, as the last line they get, and closes their connections behind it.
    func farewell() {
        guard !isStopping else { return }
        isStopping = true
        feed.append(Array(TextCodec.shuttingDown.utf8))
        for member in members.values {
            if member.cursor != nil {
                member.leave(at: feed.head)
            } else if !member.hasLeft {
                member.outlet.abort()
            }
        }
        schedulePump()
        endIfEmpty()
    }

    /// Completes when the farewell has come and the last connection has ended: the hub sends nothing after that.
    func waitUntilEmpty() -> EventLoopFuture<Void> {
        let promise = whenEmpty ?? loop.makePromise()
        whenEmpty = promise
        endIfEmpty()
        return promise.futureResult
    }

    private func endIfEmpty() {
        if isStopping, members.isEmpty { whenEmpty?.succeed() }
    }

    /// Ends all connections that are left, without waiting for anybody.
    func abortAll() {
        isStopping = true
        endIfEmpty()
        for member in members.values { member.outlet.abort() }
    }

    // MARK: The pump

    private func pump() {
        isPumpScheduled = false
        var slowest = feed.head
        var slowestInReach = feed.head
        for member in members.values {
            let progress = member.pump(feed)
            if progress == .caughtUp { continue }
            if progress == .unfinished { schedulePump() }
            guard let cursor = member.cursor else { continue }
            // A reader that has fallen off will go on from the tail.
            slowest = min(slowest, max(cursor, feed.tail))
            if cursor >= feed.tail { slowestInReach = min(slowestInReach, cursor) }
        }
        feed.trim(before: slowest)
        let lag = feed.lag(of: slowestInReach)
        if patience.update(lag: lag, of: feed.capacity, now: Self.now) { traffic.change(isSlow: patience.isWaiting) }
    }

    private static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

    private func onThisLoop(_ body: @escaping @Sendable (Shard) -> Void) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { body(bound.value) }
    }
}

/// A shard as seen from other event loops.
struct ShardPort: Sendable {
    let loop: any EventLoop
    let shard: NIOLoopBound<Shard>

    func deliver(_ publications: [Publication]) {
        if loop.inEventLoop {
            shard.value.deliver(publications)
        } else {
            loop.execute { shard.value.deliver(publications) }
        }
    }

    func farewell() {
        loop.execute { shard.value.farewell() }
    }

    func waitUntilEmpty() async {
        try? await loop.flatSubmit { shard.value.waitUntilEmpty() }.get()  // the promise never fails
    }

    func abortAll() {
        loop.execute { shard.value.abortAll() }
    }
}
