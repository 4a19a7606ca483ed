internal import ChatCore
public import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import TLS

/// A chat server that listens.
///
/// As a `Service` it runs until it is told to shut down gracefully, then says farewell to its members.
public final class Server: Service {
    /// Where it listens, with the ports that the system picked.
    public let addresses: [ListenAddress]

    private let group: MultiThreadedEventLoopGroup
    private let listeners: [any Channel]
    private let door: Door
    private let hub: HubPort
    private let shards: [ShardPort]
    private let moderation: Moderation
    private let limits: ServerLimits
    private let log: (any RoomLog)?
    private let logger: Logger
    private let onReady: @Sendable (Server) -> Void
    private let certificates: CertificateWatch
    private let watches = NIOLockedValueBox<[RepeatedTask]>([])
    private let draining = NIOLockedValueBox<Task<Void, Never>?>(nil)

    /// Binds every address; clients can connect from then on.
    /// - Parameter onReady: called once when ``run()`` has begun, and so a signal would be honoured.
    /// - Throws: ``ServerError`` if one of the addresses cannot be had; then none is kept.
    public static func start(
        _ configuration: ServerConfiguration,
        logger: Logger,
        onReady: @escaping @Sendable (Server) -> Void = { _ in }
    ) async throws -> Server {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.threads)
        do {
            let moderation = Moderation(operators: configuration.operators, filter: configuration.filter)
            let nextKey = configuration.nextKey.map { key in
                NextKeyNotice(key, hosts: configuration.hosts) { configuration.certificates.context }
            }
            let traffic = Traffic()
            let (hub, shards) = try await makeRoom(on: group, traffic, configuration, moderation, nextKey, logger)
            let door = Door(limits: configuration.limits, logger: logger)
            let listener = Listener(
                group: group,
                shards: shards,
                door: door,
                traffic: traffic,
                configuration: configuration,
                logger: logger
            )
            let listeners = try await listener.bindAll()
            let server = Server(group, listeners, door, hub, shards, moderation, configuration, logger, onReady)
            nextKey?.listen(on: server.addresses)
            server.watch(configuration.filter)
            return server
        } catch {
            try? await group.shutdownGracefully()  // the first error is the one to tell
            throw error
        }
    }

    private init(
        _ group: MultiThreadedEventLoopGroup,
        _ listeners: [any Channel],
        _ door: Door,
        _ hub: HubPort,
        _ shards: [ShardPort],
        _ moderation: Moderation,
        _ configuration: ServerConfiguration,
        _ logger: Logger,
        _ onReady: @escaping @Sendable (Server) -> Void
    ) {
        self.group = group
        self.listeners = listeners
        self.door = door
        self.hub = hub
        self.shards = shards
        self.moderation = moderation
        limits = configuration.limits
        log = configuration.history?.log
        certificates = CertificateWatch(configuration.certificates, clock: configuration.clock, logger: logger)
        self.logger = logger
        self.onReady = onReady
        addresses = listeners.compactMap { channel in
            guard let address = channel.localAddress, let host = address.ipAddress, let port = address.port else {
                return nil
            }
            return ListenAddress(host: host, port: port)
        }
    }

    /// Runs until graceful shutdown is triggered, then drains.
    public func run() async throws {
        onReady(self)
        try? await gracefulShutdown()  // cancelled: then it is time to stop as well
        await drain()
    }

    /// Reads the certificates again, changed or not, and says in the log what came of it. Who is here stays, and those who
    /// come from then on are shown the new ones, if they can be used.
    public func reloadCertificates() async {
        await certificates.reload()
    }

    /// Stops listening, tells the members, sends them what they have not had, closes their connections, and stops the
    /// threads: within ``ServerLimits/draining`` and a little, whatever the clients do.
    ///
    /// To call it again waits for the same end.
    public func drain() async {
        let draining = draining.withLockedValue { task in
            let running = task ?? Task { await self.end() }
            task = running
            return running
        }
        await draining.value
    }

    private func end() async {
        logger.info("shutting down")
        for listener in listeners { try? await listener.close() }  // an error here means that it is closed already
        door.shut()
        hub.stop()
        for watch in watches.withLockedValue({ $0 }) { watch.cancel() }
        let deadline = group.next().scheduleTask(in: limits.draining) { [shards] in
            for shard in shards { shard.abortAll() }
        }
        for shard in shards { await shard.waitUntilEmpty() }
        deadline.cancel()
        await moderation.gate.stop()
        await log?.close()
        do {
            try await group.shutdownGracefully()
        } catch {
            logger.error("the event loops did not stop", metadata: ["error": "\(error)"])
        }
        logger.info("stopped")
    }

    private func watch(_ filter: WordFilterFile?) {
        let loop = group.next()
        let tasks = [filter?.watch(on: loop, logger: logger), certificates.start(on: loop)].compactMap(\.self)
        watches.withLockedValue { $0 = tasks }
    }

    /// One shard for each event loop, and the hub on the first of them.
    private static func makeRoom(
        on group: MultiThreadedEventLoopGroup,
        _ traffic: Traffic,
        _ configuration: ServerConfiguration,
        _ moderation: Moderation,
        _ nextKey: NextKeyNotice?,
        _ logger: Logger
    ) async throws -> (HubPort, [ShardPort]) {
        let loops = Array(group.makeIterator())
        let (clock, limits, first) = (configuration.clock, configuration.limits, group.next())
        let hub = try await first.submit {
            let hub = Hub(
                loop: first,
                traffic: traffic,
                history: configuration.history,
                clock: clock,
                limits: limits,
                logger: logger
            )
            return HubPort(loop: first, hub: NIOLoopBound(hub, eventLoop: first))
        }.get()
        var shards: [ShardPort] = []
        for (index, loop) in loops.enumerated() {
            let shard = try await loop.submit {
                let shard = Shard(
                    index: index,
                    loop: loop,
                    hub: hub,
                    traffic: traffic,
                    moderation: moderation,
                    certificates: configuration.certificates,
                    nextKey: nextKey,
                    clock: clock,
                    limits: limits
                )
                return ShardPort(loop: loop, shard: NIOLoopBound(shard, eventLoop: loop))
            }.get()
            shards.append(shard)
        }
        try await first.submit { [shards] in hub.hub.value.connect(to: shards) }.get()
        return (hub, shards)
    }
}
