internal import ChatWire
internal import Glibc

/// The room's door: `HOST`, `HOST:PORT`, `[IPV6]:PORT` or a bare IPv6 address.
public struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    public let host: String
    public let port: Int

    public static let defaultPort = 2022

    public init(host: String, port: Int = Endpoint.defaultPort) {
        self.host = host
        self.port = port
    }

    /// - Returns: nil for what is none of these.
    public init?(_ text: String) {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<bracket]
            rest = text[text.index(after: bracket)...]
            guard Self.isIPv6(host) else { return nil }
        } else if text.split(separator: ":", omittingEmptySubsequences: false).count > 2 {
            (host, rest) = (text[...], "")
            guard Self.isIPv6(host) else { return nil }
        } else {
            let colon = text.firstIndex(of: ":") ?? text.endIndex
            (host, rest) = (text[..<colon], text[colon...])
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty {
            self.init(host: String(host))
        } else {
            guard rest.first == ":", let port = UInt16(decimal: rest.dropFirst()), port > 0 else { return nil }
            self.init(host: String(host), port: Int(port))
        }
    }

    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func isIPv6(_ text: Substring) -> Bool {
        var address = in6_addr()
        // C sees a string only up to its first NUL.
        return !text.utf8.contains(0) && inet_pton(AF_INET6, String(text), &address) == 1
    }
}
