internal import ChatWire
internal import Glibc
internal import NIOCore

/// Where to listen, as `HOST:PORT`: a name, an IPv4 address or an IPv6 address in brackets; port 0 lets the system pick.
public struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    public let host: String
    public let port: Int

    /// The port of the chat room this one descends from.
    public static let defaultPort = 2022

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Returns: nil for what is not `HOST:PORT`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(decimal: text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil  // an IPv6 address without brackets: its last group would be taken for the port
        }
        guard !host.isEmpty, host.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    /// This machine alone, on both families as far as it has them.
    public static var loopback: [ListenAddress] {
        let ipv4 = ListenAddress(host: "127.0.0.1", port: defaultPort)
        return hasIPv6Loopback ? [ipv4, ListenAddress(host: "::1", port: defaultPort)] : [ipv4]
    }

    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static var hasIPv6Loopback: Bool {
        let socket = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { Glibc.close(socket) }
        // Of NIO and not filled in by hand: the fields of a sockaddr_in6 belong to NIO's C module or to Glibc, whichever the
        // compiler meets first.
        guard let address = try? SocketAddress(ipAddress: "::1", port: 0) else { return false }
        return address.withSockAddr { bind(socket, $0, socklen_t($1)) == 0 }
    }
}
