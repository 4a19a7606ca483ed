internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Does things when an event loop has looked at its sockets once more, and all that came of it is done.
///
/// A task does not wait for that: the loop runs all that are due before it looks. A timer that is due a little later does,
/// but to set one and have it fire takes 30 us of the processor where a hypervisor has to be asked for it. So this is a
/// pipe(2) with both ends in the loop: a byte that is written to it is found with whatever else has come.
///
/// For the event loop alone, and to be shared by all on it.
final class NextLook {
    typealias Body = () -> Void

    private let loop: any EventLoop
    /// For the look that is asked for.
    private var waiting: [Body] = []
    /// Has come since then, when the loop may have looked already: for the one after it.
    private var late: [Body] = []
    private var isAskedFor = false
    private var pipe: (any Channel)?
    private let byte = ByteBuffer(bytes: [0])

    /// Where there is no pipe, on a loop that has sockets.
    private static let pause = TimeAmount.microseconds(20)
    /// An embedded loop has none to look at, and one that ends has no more.
    private var hasSockets: Bool

    init(loop: any EventLoop) {
        self.loop = loop
        let bootstrap = NIOPipeBootstrap(validatingGroup: loop)
        hasSockets = bootstrap != nil
        if let bootstrap { open(bootstrap) }
    }

    func then(_ body: @escaping Body) {
        guard !isAskedFor else { return late.append(body) }
        waiting.append(body)
        ask()
    }

    private func ask() {
        isAskedFor = true
        if let pipe {
            pipe.pipeline.syncOperations.writeAndFlush(NIOAny(byte), promise: nil)
        } else if hasSockets {
            let bound = NIOLoopBound(self, eventLoop: loop)
            loop.scheduleTask(in: Self.pause) { bound.value.isOver() }
        } else {
            looked()
        }
    }

    /// It is looking. What else it has found may not have been seen to yet.
    fileprivate func looked() {
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.isOver() }
    }

    private func isOver() {
        guard isAskedFor else { return }
        let bodies = waiting
        (waiting, late, isAskedFor) = (late, [], false)
        if !waiting.isEmpty { ask() }
        for body in bodies { body() }
    }

    // MARK: The pipe

    private func open(_ bootstrap: NIOPipeBootstrap) {
        var ends: [CInt] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let bound = NIOLoopBound(self, eventLoop: loop)
        bootstrap
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Found(look: bound.value))
                }
            }
            .takingOwnershipOfDescriptors(input: ends[0], output: ends[1])
            .whenSuccess { bound.value.pipe = $0 }
    }

    /// The pipe is closed with its loop, which looks no more. Nobody may be left waiting.
    fileprivate func closed() {
        (pipe, hasSockets) = (nil, false)
        if isAskedFor { looked() }
    }

    private final class Found: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let look: NextLook

        init(look: NextLook) {
            self.look = look
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { look.looked() }

        func channelInactive(context: ChannelHandlerContext) { look.closed() }
    }
}

@available(*, unavailable)
extension NextLook: Sendable {}
