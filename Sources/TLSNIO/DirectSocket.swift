internal import Glibc
internal import NIOCore

/// The shortest way to the kernel: `send(2)` on a channel's own socket, past the channel's queue of pending writes.
///
/// For one delivery to one reader the queue's bookkeeping and the buffer it wants cost a quarter of the whole. Only for
/// whoever knows that the queue is empty, or bytes would overtake one another.
struct DirectSocket {
    let descriptor: NIOBSDSocket.Handle

    /// - Returns: nil if the channel has no socket.
    ///
    /// That is what `withUnsafeTransportIfAvailable` is for, but its cast to a protocol with the transport named takes 13,000
    /// instructions for each connection. A channel that is not its own core is as one without a socket here.
    init?(of context: ChannelHandlerContext) {
        let core = context.channel as? any NIOTransportAccessibleChannelCore
        let found = try? core?.withUnsafeTransport { $0 as? NIOBSDSocket.Handle }
        guard let found else { return nil }
        descriptor = found
    }

    /// - Precondition: this is the channel's event loop, and the channel has neither said that it is inactive nor failed a
    ///   write: until then the descriptor is its own. When it closes it, it says the two in the same step.
    /// - Returns: how many bytes the kernel took: none if it is full, or if the connection is broken, which the channel
    ///   finds out when it writes the rest.
    func send(_ bytes: RawSpan) -> Int {
        bytes.withUnsafeBytes { max(0, Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))) }
    }
}
