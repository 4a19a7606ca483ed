import ChatCore
import Logging
import NIOCore
import NIOEmbedded

@testable import ChatServer

/// A hub and a shard on one loop that moves only when the test says so.
final class House {
    let loop = EmbeddedEventLoop()
    let log: ManualLog
    let traffic = Traffic()
    let hub: Hub
    let shard: Shard
    /// A second event loop, if there is one.
    let far: (loop: EmbeddedEventLoop, shard: Shard)?

    /// - Parameter saved: what outlives the process; nil: nothing does.
    init(
        limits: ServerLimits = ServerLimits(),
        log: ManualLog = ManualLog(),
        saved: SavedChat? = nil,
        hasFarLoop: Bool = false
    ) {
        let clock = ServerClock(now: { Timestamp(milliseconds: 0) }, utcOffset: { _ in 0 })
        self.log = log
        hub = Hub(
            loop: loop,
            traffic: traffic,
            history: (log, saved),
            clock: clock,
            limits: limits,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = HubPort(loop: loop, hub: NIOLoopBound(hub, eventLoop: loop))
        let traffic = traffic
        func makeShard(_ index: Int, on loop: EmbeddedEventLoop) -> Shard {
            Shard(
                index: index,
                loop: loop,
                hub: port,
                traffic: traffic,
                moderation: Moderation(),
                clock: clock,
                limits: limits
            )
        }
        shard = makeShard(0, on: loop)
        var ports = [ShardPort(loop: loop, shard: NIOLoopBound(shard, eventLoop: loop))]
        if hasFarLoop {
            let loop = EmbeddedEventLoop()
            let shard = makeShard(1, on: loop)
            far = (loop, shard)
            ports.append(ShardPort(loop: loop, shard: NIOLoopBound(shard, eventLoop: loop)))
        } else {
            far = nil
        }
        hub.connect(to: ports)
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

    /// Until nothing more happens, but for news that waits because there is much of it.
    func settle() {
        loop.advanceTime(by: CommitPace.news)
        log.commit()
        loop.run()
        far?.loop.run()
        loop.run()
    }
}
