internal import NIOCore

/// Lets in no more connections than their handshakes have turns: while many stand in line, newcomers wait in the kernel,
/// where they cost next to nothing and none is dropped for another.
///
/// Only those who have spoken stand in line, and the line always moves, so nobody who says nothing can close the door.
final class AcceptPace: ChannelOutboundHandler {
    typealias OutboundIn = Never

    /// How many may stand in line on all event loops, and the door is still open.
    static let most = 32
    /// How many come in at a time: each costs about a fifth of a handshake, and is not to be a crowd either.
    static let burst: UInt = 4
    /// In that time one event loop gives less than ten turns. Four take the whole line, and then wait for nobody long.
    static let pause = TimeAmount.milliseconds(2)

    private let traffic: Traffic
    private var isWaiting = false

    init(traffic: Traffic) {
        self.traffic = traffic
    }

    func read(context: ChannelHandlerContext) {
        guard !isWaiting else { return }
        guard traffic.handshakes >= Self.most else { return context.read() }
        isWaiting = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.pause) {
            let (pace, context) = bound.value
            pace.isWaiting = false
            pace.read(context: context)
        }
    }
}
