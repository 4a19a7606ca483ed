internal import Logging
internal import NIOCore

/// Tells the operator why nobody can come in.
///
/// When the process is out of file descriptors, accepting fails, and it is tried again only after a second: see
/// `AcceptBackoffHandler`, which stands before this handler.
final class AcceptLog: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let logger: Logger
    private var toldAt: NIODeadline?

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let now = NIODeadline.now()
        // Once a minute is enough to be seen, and does not fill a disk.
        if let toldAt, now - toldAt < .seconds(60) { return }
        toldAt = now
        logger.error(
            "cannot accept connections; if files have run out, raise the limit (ulimit -n)",
            metadata: ["error": "\(error)"]
        )
    }
}
