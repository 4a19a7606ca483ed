internal import NIOCore

extension SessionHandler {
    /// Does something in a while, unless the connection has ended by now.
    func onThisLoop(
        in time: TimeAmount,
        _ body: @escaping @Sendable (SessionHandler) -> Void
    ) -> Scheduled<Void>? {
        guard let loop = context?.eventLoop else { return nil }
        let bound = NIOLoopBound(self, eventLoop: loop)
        return loop.scheduleTask(in: time) { body(bound.value) }
    }
}
