internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

/// A network that fails: it carries bytes between clients and a server, and at random points, which a seed decides, it cuts
/// connections, resets them, lets nothing through any more, leaves the server with a ghost, or is slow.
public final class CuttingProxy: Sendable {
    /// What becomes of a connection.
    public enum Fate: CaseIterable, Sendable {
        case cut, reset
        /// Nothing goes through any more, in either direction.
        case stall
        /// The client's end is cut, and the server does not hear of it.
        case ghost
    }

    struct State {
        var random: SeededGenerator
        var target: Int
        var fates: [Fate: Int] = [:]
        var isCalm = false
    }

    private let state: NIOLockedValueBox<State>
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    /// How many bytes a connection carries before its fate, at most.
    private let longest: Int

    /// Where clients connect to.
    public var port: Int { listener.localAddress?.port ?? 0 }

    /// How many connections have met each fate.
    public var fates: [Fate: Int] { state.withLockedValue { $0.fates } }

    public static func start(to target: Int, seed: UInt64, longest: Int) async throws -> CuttingProxy {
        try await CuttingProxy(target, seed, longest)
    }

    private init(_ target: Int, _ seed: UInt64, _ longest: Int) async throws {
        let state = NIOLockedValueBox(State(random: SeededGenerator(seed: seed), target: target))
        self.state = state
        self.longest = longest
        listener = try await ServerBootstrap(group: group)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                let plan = state.withLockedValue { Plan(&$0, longest: longest) }
                return ClientBootstrap(group: client.eventLoop)
                    .channelOption(.autoRead, value: false)
                    .connect(host: "127.0.0.1", port: plan.target)
                    .flatMapThrowing { server in
                        let link = Link(client, server, plan) { fate in
                            state.withLockedValue { $0.fates[fate, default: 0] += 1 }
                        }
                        try client.pipeline.syncOperations.addHandler(Carrier(link, to: server))
                        try server.pipeline.syncOperations.addHandler(Carrier(link, to: client))
                        server.read()
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// From now on connections go to another server.
    public func retarget(to port: Int) {
        state.withLockedValue { $0.target = port }
    }

    /// From now on new connections live as long as they like.
    public func calm() {
        state.withLockedValue { $0.isCalm = true }
    }

    public func stop() async {
        try? await listener.close()
        try? await group.shutdownGracefully()
    }
}

/// What will become of one connection.
struct Plan: Sendable {
    let target: Int
    let fate: CuttingProxy.Fate?
    /// How many bytes, both ways together, go through before that.
    let bytes: Int
    /// How long each piece takes on the way.
    let delay: TimeAmount

    init(_ state: inout CuttingProxy.State, longest: Int) {
        target = state.target
        // What is noticed late is rarer, so that it does not take most of the time.
        let fates: [CuttingProxy.Fate] = [.cut, .cut, .cut, .cut, .reset, .reset, .reset, .reset, .stall, .ghost]
        fate = state.isCalm ? nil : fates.randomElement(using: &state.random)
        bytes = Int.random(in: 1...longest, using: &state.random)
        delay = state.random.once(in: 4) ? .microseconds(Int64.random(in: 100...3000, using: &state.random)) : .zero
    }
}

/// Both ends of one connection, on one event loop.
private final class Link {
    let client: any Channel
    let server: any Channel
    let plan: Plan
    private let tell: (CuttingProxy.Fate) -> Void
    private var carried = 0
    /// Nothing goes through any more.
    private(set) var isOver = false

    init(_ client: any Channel, _ server: any Channel, _ plan: Plan, _ tell: @escaping (CuttingProxy.Fate) -> Void) {
        (self.client, self.server, self.plan, self.tell) = (client, server, plan, tell)
    }

    /// - Returns: how many of these bytes still go through.
    func carry(_ count: Int) -> Int {
        guard !isOver else { return 0 }
        guard plan.fate != nil, carried + count >= plan.bytes else {
            carried += count
            return count
        }
        let rest = plan.bytes - carried
        carried = plan.bytes
        return rest
    }

    func meetFate() {
        guard !isOver, let fate = plan.fate, carried >= plan.bytes else { return }
        isOver = true
        tell(fate)
        switch fate {
        case .cut:
            client.close(promise: nil)
            server.close(promise: nil)
        case .reset:
            for end in [client, server] {
                (end as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
                end.close(promise: nil)
            }
        case .stall: break
        case .ghost: client.close(promise: nil)
        }
    }

    /// One end has closed.
    func ended(_ end: any Channel) {
        guard !isOver else {
            // Of a ghost the server's end lives on; what stalls ends when the client gives up.
            if plan.fate == .stall { server.close(promise: nil) }
            return
        }
        isOver = true
        (end === client ? server : client).close(promise: nil)
    }
}

/// Carries what comes on one end to the other.
private final class Carrier: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let link: Link
    private let other: any Channel

    init(_ link: Link, to other: any Channel) {
        self.link = link
        self.other = other
    }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let count = link.carry(bytes.readableBytes)
        guard count > 0, let piece = bytes.readSlice(length: count) else { return }
        let (link, other) = (link, other)
        let bound = NIOLoopBound(link, eventLoop: context.eventLoop)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: link.plan.delay) {
            other.writeAndFlush(piece).whenComplete { _ in
                bound.value.meetFate()
                channel.read()
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        link.ended(context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
