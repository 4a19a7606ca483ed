internal import ChatCore
internal import NIOCore
internal import TLS
internal import TLSNIO

/// One event loop's part of the server: its connections, and the lines that go out to them.
///
/// Within one turn of the loop all commands are gathered into one batch for the hub, and each event that comes back is
/// encoded once.
final class Shard {
    /// Ciphertext of all its sessions on its way to the socket.
    let output = TLSOutput()
    /// For the handshakes of its connections; nil if they need not wait.
    let turns: HandshakeTurns?
    /// Shared with the other shards.
    let traffic: Traffic
    let moderation: Moderation
    /// Those that the server shows; nil where a test has none.
    let certificates: ServerCertificates?
    /// What is said of the server's next key, if it has one.
    let nextKey: NextKeyNotice?
    /// Shared by all on this loop that wait for it.
    fileprivate let look: NextLook
    /// Finds those of its peers that are gone or stalled.
    let watch: PeerWatch

    let limits: ServerLimits
    /// For Shard+Answers.swift.
    let fanOut: FanOut
    /// How those are spoken to who have not chosen another protocol.
    private let text: TextOutbound
    /// What connections have agreed on, shared by all that have agreed on the same.
    let terms = TermsCache()
    /// How often an event was encoded: once for each protocol that is spoken in its room here.
    var encodings: Int { scribe.count }

    private let index: Int
    private let loop: any EventLoop
    private let hub: HubPort
    private var scribe: Scribe
    private var lastSerial: UInt64 = 0
    private var commands: [Command] = []
    private var isSubmitScheduled = false
    private var isStopping = false
    private var tide = Tide()
    private var whenEmpty: EventLoopPromise<Void>?

    init(
        index: Int,
        loop: any EventLoop,
        hub: HubPort,
        traffic: Traffic,
        moderation: Moderation,
        certificates: ServerCertificates? = nil,
        nextKey: NextKeyNotice? = nil,
        clock: ServerClock,
        limits: ServerLimits
    ) {
        self.traffic = traffic
        self.nextKey = nextKey
        self.moderation = moderation
        self.certificates = certificates
        watch = PeerWatch(loop: loop, limits: limits)
        let handshakes = limits.handshakesPerTurn
        let look = NextLook(loop: loop)
        self.look = look
        turns =
            handshakes > 0
            ? HandshakeTurns(loop: loop, most: handshakes, afterLook: look.then, onChange: traffic.change) : nil
        self.index = index
        self.loop = loop
        self.hub = hub
        self.limits = limits
        text = TextOutbound(clock: clock, limits: limits, certificates: certificates)
        scribe = Scribe(clock)
        fanOut = FanOut(loop: loop, traffic: traffic, limits: limits)
    }

    // MARK: From the sessions

    /// A connection has come; it reads nothing until it has entered.
    func connect(_ outlet: any Outlet) -> Member {
        lastSerial += 1
        let session = SessionID(shard: index, serial: lastSerial)
        let member = Member(session: session, outlet: outlet, outbound: text)
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
        submit(Command(member.session, .depart))
        endIfEmpty()
    }

    /// Passes a command on, with all others of this turn.
    func submit(_ command: consuming Command) {
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

    /// Passes on what has happened, moving the cursors of those who enter and leave at their place in the order.
    func deliver(_ publications: [Publication]) {
        traffic.arrive(publications.count)
        for publication in publications where !isStopping || publication.isFound {
            if case .event(let event) = publication {
                append(event, in: .text)
                append(event, in: .structured)
            } else if let session = publication.session, session.shard == index, let own = fanOut.member(session.serial)
            {
                deliver(publication, to: own)
                fanOut.attend(own)
            }
        }
    }

    private func append(_ event: Event, in dialect: Dialect) {
        guard let audience = fanOut.audience(event.room, dialect) else { return }
        scribe.write(event, in: audience.name, dialect) { line, mark in
            fanOut.append(line, mark, event.sequence, to: audience)
            if mark.kind == .news { fanOut.spreadNews(audience) } else { fanOut.spread(audience) }
        }
    }

    /// The words of those of these connections that are here and have any, as bits.
    func words(of sessions: [SessionID]) -> [UInt64] {
        sessions.compactMap { fanOut.member($0.serial)?.outlet.words }
    }

    // MARK: The end

    /// Tells all members that the server stops, as the last line they get, and closes their connections behind it.
    func farewell() {
        guard !isStopping else { return }
        isStopping = true
        for member in fanOut.everybody {
            if member.number != nil {
                member.reply(member.outbound.shuttingDown())
                member.close()
                fanOut.attend(member)
            } else if !member.hasLeft {
                member.outlet.abort()
            }
        }
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

    /// The same, and tells the hub when that has been sent out and what came meanwhile has been read.
    func deliver(_ publications: [Publication], then hub: HubPort) {
        deliver(publications)
        // What is executed runs in its order, and so after the delivery; what the delivery has executed comes before the
        // inner one, and what the look has read before the last.
        loop.execute { loop.execute { shard.value.look.then { loop.execute { hub.delivered() } } } }
    }

    /// See ``Shard/words(of:)``.
    func words(of sessions: [SessionID]) -> EventLoopFuture<[UInt64]> {
        loop.submit { shard.value.words(of: sessions) }
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
