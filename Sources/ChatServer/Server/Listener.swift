internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import TLS
internal import TLSNIO

/// Opens listening sockets, and gives each connection that comes its handlers.
struct Listener {
    let group: MultiThreadedEventLoopGroup
    let shards: [ShardPort]
    let door: Door
    let traffic: Traffic
    let configuration: ServerConfiguration
    let logger: Logger

    /// How many bytes the kernel may hold for one connection in each direction. Left to itself it would hold megabytes
    /// for a reader that has stopped, and hand us megabytes at once from a sender that was held back.
    private static let socketBuffer: SocketOptionValue = 128 * 1024

    /// How much is read from a connection at a time. Its memory is kept with the connection, however long that is silent:
    /// at first enough for what a client sends in its handshake, and at most a full TLS record.
    private static let reading = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 16 * 1024)

    /// Linux's TCP_RTO_MAX_MS: how long the kernel waits at most, in milliseconds, before it tries again to reach a peer
    /// that has not acknowledged something, or asks again whether it takes more. Left to itself it waits two minutes.
    private static let longestRetry: CInt = 44

    /// Binds all addresses, or none.
    func bindAll() async throws -> [any Channel] {
        var channels: [any Channel] = []
        do {
            for address in configuration.listen { channels.append(try await bind(address)) }
        } catch {
            for channel in channels { try? await channel.close() }  // the first error is the one to tell
            throw error
        }
        return channels
    }

    private func bind(_ address: ListenAddress) async throws -> any Channel {
        let bootstrap = makeBootstrap()
        if address.host.contains(":") {
            // Without this [::] would take the IPv4 addresses as well, and clash with 0.0.0.0.
            _ = bootstrap.serverChannelOption(.socket(Int(IPPROTO_IPV6), IPV6_V6ONLY), value: 1)
        }
        do {
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        } catch let error as IOError {
            switch error.errnoCode {
            case EADDRINUSE: throw ServerError.portInUse(address)
            case EACCES, EPERM: throw ServerError.mayNotListen(address)
            case EADDRNOTAVAIL, EAFNOSUPPORT: throw ServerError.noSuchAddress(address)
            default: throw ServerError.cannotListen(address, String(cString: strerror(error.errnoCode)))
            }
        } catch is SocketAddressError.UnknownHost {
            throw ServerError.unknownHost(address)
        } catch {
            throw ServerError.cannotListen(address, "\(error)")
        }
    }

    private func makeBootstrap() -> ServerBootstrap {
        let certificates = configuration.certificates
        let limits = configuration.limits
        let (door, traffic, logger) = (door, traffic, logger)
        let shards = Dictionary(uniqueKeysWithValues: shards.map { (ObjectIdentifier($0.loop), $0.shard) })
        // On Linux an accepted socket inherits these options from the one that listens, which saves a call for each.
        return ServerBootstrap(group: group)
            // As many as the kernel allows: newcomers wait there for their turn.
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.maxMessagesPerRead, value: AcceptPace.burst)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.socketOption(.so_rcvbuf), value: Self.socketBuffer)
            .serverChannelOption(.socketOption(.so_sndbuf), value: Self.socketBuffer)
            .serverChannelOption(.socketOption(.so_keepalive), value: 1)
            // A peer that is idle and gone is found after a minute; for one that owes us an answer see PeerWatch.
            .serverChannelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: 30)
            .serverChannelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: 10)
            .serverChannelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: 3)
            .serverChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // For PeerWatch; a kernel before 6.15 does not know it, and can be lived with.
                    try? channel.syncOptions?.setOption(.tcpOption(.init(rawValue: Self.longestRetry)), value: 10_000)
                    let handlers: [any ChannelHandler] = [
                        AcceptBackoffHandler(), AcceptPace(traffic: traffic), AcceptLog(logger: logger),
                    ]
                    try channel.pipeline.syncOperations.addHandlers(handlers)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // What one reader has not taken waits once: nothing more is encrypted for it while anything is queued.
                    // Not as a childChannelOption, for those are set one after the other through futures.
                    try channel.syncOptions?.setOption(.writeBufferWaterMark, value: .init(low: 1, high: 1))
                    try channel.syncOptions?.setOption(.recvAllocator, value: Self.reading)
                    guard let shard = shards[ObjectIdentifier(channel.eventLoop)]?.value else {
                        preconditionFailure("an event loop without a shard")
                    }
                    guard let welcome = door.receive(channel) else { return }
                    let session = try TLSSession(server: certificates.context, output: shard.output)
                    switch welcome {
                    case .guest(let pass):
                        let tls = TLSHandler(session: session, deadlines: limits.deadlines, turns: shard.turns)
                        let handler = SessionHandler(shard: shard, tls: tls, pass: pass, logger: logger)
                        try channel.pipeline.syncOperations.addHandlers([tls, handler])
                    case .turnedAway:
                        let tls = TLSHandler(session: session, deadlines: TurnAway.deadlines, turns: shard.turns)
                        try channel.pipeline.syncOperations.addHandlers([tls, TurnAway(tls: tls)])
                    }
                }
            }
    }
}
