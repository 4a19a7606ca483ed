internal import NIOCore

extension SocketAddress {
    /// `127.0.0.1:2022` or `[::1]:2022`.
    var hostAndPort: String {
        guard let ip = ipAddress, let port else { return description }
        return self.protocol == .inet6 ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }
}
