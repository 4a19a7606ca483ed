internal import ChatCore
internal import ChatWire
internal import NIOCore
internal import TLS

/// One event loop's part of the server: its connections, and the lines that go out to them.
///
/// Within one turn of the loop all commands are gathered into one batch for the hub, and each event that comes back is
/// encoded once.
final class Shard {
    /// Ciphertext of all its sessions on its way to the socket.
    let output = TLSOutput()
    /// Shared with the other shards.
    let traffic: Traffic
    /// Finds those of its peers that are gone or stalled.
    let watch: PeerWatch

    private let index: Int
    private let loop: any EventLoop
    private let hub: HubPort
    private let clock: ServerClock
    private let fanOut: FanOut
    private var lastSerial: UInt64 = 0
    private var commands: [Command] = []
    private var line: [UInt8] = []
    private var isSubmitScheduled = false
    private var isStopping = false
    private var tide = Tide()
    private var whenEmpty: EventLoopPromise<Void>?

    init(index: Int, loop: any EventLoop, hub: HubPort, traffic: Traffic, clock: ServerClock, limits: ServerLimits) {
        self.traffic = traffic
        watch = PeerWatch(loop: loop, limits: limits)
        self.index = index
        self.loop = loop
        self.hub = hub
        self.clock = clock
        fanOut = FanOut(loop: loop, traffic: traffic, limits: limits)
    }

    // MARK: From the sessions

    /// A connection has come; it reads nothing until it has entered.
    func connect(_ outlet: any Outlet) -> Member {
        lastSerial += 1
        let session = SessionID(shard: index, serial: lastSerial)
        let member = Member(session: session, outlet: outlet)
        fanOut.add(member)
        _ = tide.hasEbbed(to: fanOut.count)
        // Accepted while the listener was being closed. Not at once, for its pipeline is not complete.
        if isStopping { onThisLoop { $0.fanOut.member(session.serial)?.outlet.abort() } }
        return member
    }

    /// The connection is gone: it is sent nothing more.
    func disconnect(_ member: Member) {
        fanOut.remove(member)
        if tide.hasEbbed(to: fanOut.count) { giveBackMemory() }
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

    /// This member has something of its own to be sent, or its connection takes more again.
    func attend(_ member: Member) {
        fanOut.attend(member)
    }

    // MARK: From the hub

    /// Encodes what has happened, moving the cursors of those who enter and leave at their place in the order.
    func deliver(_ publications: [Publication]) {
        traffic.arrive(publications.count)
        guard !isStopping else { return }
        var isNews = true
        for publication in publications {
            let session = publication.session
            let own = session.shard == index ? fanOut.member(session.serial) : nil
            switch publication.event.body {
            case .said:
                append(publication.event.body)
                isNews = false
            case .entered(let number):
                append(publication.event.body)
                guard let own else { continue }
                own.enter(at: fanOut.head, welcome: welcome(own, number, at: publication.event.at))
                fanOut.attend(own)
            case .left:
                if let own {
                    own.leave(at: fanOut.head)
                    fanOut.attend(own)
                }
                append(publication.event.body)
            }
        }
        if isNews { fanOut.spreadNews() } else { fanOut.spread() }
    }

    private func welcome(_ member: Member, _ number: MemberID, at time: Timestamp) -> String {
        TextCodec.welcome(number, from: member.address, at: time, utcOffset: clock.utcOffset(time))
    }

    private func append(_ body: Event.Body) {
        line.removeAll(keepingCapacity: true)
        TextCodec.encode(body, into: &line)
        fanOut.append(line)
    }

    // MARK: The end

    /// Tells all members that the server stops, as the last line they get, and closes their connections behind it.
    func farewell() {
        guard !isStopping else { return }
        isStopping = true
        fanOut.append(Array(TextCodec.shuttingDown.utf8))
        for member in fanOut.everybody {
            if member.cursor != nil {
                member.leave(at: fanOut.head)
            } else if !member.hasLeft {
                member.outlet.abort()
            }
        }
        fanOut.spread()
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
        if isStopping, fanOut.count == 0 { whenEmpty?.succeed() }
    }

    /// Ends all connections that are left, without waiting for anybody.
    func abortAll() {
        isStopping = true
        endIfEmpty()
        for member in fanOut.everybody { member.outlet.abort() }
    }

    /// In a while, when those who go at the same time have gone too.
    private func giveBackMemory() {
        loop.scheduleTask(in: .seconds(1)) { Allocator.giveBack() }
    }

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
