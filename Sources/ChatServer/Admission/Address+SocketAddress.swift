internal import ChatCore
internal import NIOCore

extension Address {
    /// - Returns: nil for what is no IP address.
    init?(_ socketAddress: SocketAddress) {
        guard let text = socketAddress.ipAddress else { return nil }
        self.init(text)
    }
}
