internal import Glibc
internal import NIOCore

/// The shortest way to the kernel: `send(2)` on a channel's own socket, past the channel's queue of pending writes.
///
/// For one delivery to one reader the queue's bookkeeping and the buffer it wants cost a quarter of the whole. Only for
/// whoever knows that the queue is empty, or bytes would overtake one another.
struct DirectSocket {
    private let channel: any Channel
    private let descriptor: NIOBSDSocket.Handle

    /// Holds on to the channel.
    /// - Returns: nil if the channel has no socket.
    init?(of context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        let found = try? operations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
        guard let found else { return nil }
        descriptor = found
        channel = context.channel
    }

    /// Until the channel says that it is inactive the descriptor is its own: it closes the one and says the other in a
    /// single step.
    var isOpen: Bool { channel.isActive }

    /// - Precondition: `isOpen`, on the channel's event loop.
    /// - Returns: how many bytes the kernel took: none if it is full, or if the connection is broken, which the channel
    ///   finds out when it writes the rest.
    func send(_ bytes: RawSpan) -> Int {
        bytes.withUnsafeBytes { max(0, Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))) }
    }
}
