import ChatCore
import NIOCore
import NIOEmbedded

@testable import ChatServer

/// A log that commits when it is told to, like a disk that takes its time.
final class ManualLog: RoomLog {
    private let log = MemoryRoomLog()
    private var waiting: [() -> Void] = []
    private(set) var batches: [Int] = []

    func append(_ events: [Event], committed: @escaping @Sendable () -> Void) {
        batches.append(events.count)
        waiting.append { [log] in log.append(events, committed: committed) }
    }

    var retention: Retention { log.retention }

    func oldest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        log.oldest(in: room, range, limit: limit)
    }

    func newest(in room: RoomID, _ range: ClosedRange<UInt64>, limit: Int) -> [Event] {
        log.newest(in: room, range, limit: limit)
    }

    func messages(in room: RoomID, through sequence: UInt64, limit: Int) -> [Event] {
        log.messages(in: room, through: sequence, limit: limit)
    }

    func forget(_ room: RoomID) { log.forget(room) }

    func commit() {
        let due = waiting
        waiting = []
        for commit in due { commit() }
    }
}

/// A hub and a shard on one loop that moves only when the test says so.
final class House {
    let loop = EmbeddedEventLoop()
    let log = ManualLog()
    let traffic = Traffic()
    let hub: Hub
    let shard: Shard

    init(limits: ServerLimits = ServerLimits()) {
        let clock = ServerClock(now: { Timestamp(milliseconds: 0) }, utcOffset: { _ in 0 })
        hub = Hub(loop: loop, log: log, traffic: traffic, clock: clock, limits: limits.rooms)
        let port = HubPort(loop: loop, hub: NIOLoopBound(hub, eventLoop: loop))
        shard = Shard(
            index: 0,
            loop: loop,
            hub: port,
            traffic: traffic,
            moderation: Moderation(),
            clock: clock,
            limits: limits
        )
        hub.connect(to: [ShardPort(loop: loop, shard: NIOLoopBound(shard, eventLoop: loop))])
    }

    deinit {
        // They hold on to each other until the farewell, which not every test comes to.
        hub.connect(to: [])
    }

    func enter() -> (Member, FakeOutlet) {
        let outlet = FakeOutlet()
        let member = shard.connect(outlet)
        member.address = "here"
        shard.submit(Command(member.session, .arrive(from: nil)))
        return (member, outlet)
    }

    /// Comes with conclave/1, and enters the lobby.
    func enterStructured() -> (Member, FakeOutlet) {
        let outlet = FakeOutlet()
        let member = shard.connect(outlet)
        member.outbound = StructuredOutbound(limits: shard.limits)
        shard.submit(Command(member.session, .connect(from: nil)))
        shard.submit(Command(member.session, .enter(.lobby, Entry())))
        return (member, outlet)
    }

    func say(_ text: String, _ member: Member) {
        shard.submit(Command(member.session, .say(CleanText(text))))
    }

    func settle() {
        loop.run()
        log.commit()
        loop.run()
    }
}
